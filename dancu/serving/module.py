"""What this module brings to the house: serving pages and endpoints."""

from dancu.modules import Module, OperatorCommand

MODULE = Module(
    commands={
        "serve": OperatorCommand("dancu.serving.commands:serve", "Serve the pages and endpoints.", place=20)
    },
)

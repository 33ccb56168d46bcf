"""What this module brings to the house: rules of passage."""

from dancu.modules import Module, OperatorCommand

MODULE = Module(
    commands={
        "rules": OperatorCommand(
            "dancu.rules.commands:rules", "Rules of passage.", needs_database=False, place=95
        )
    },
)

"""What this module brings to the house: who is meant."""

from dancu.modules import Module, OperatorCommand

MODULE = Module(
    commands={
        "match": OperatorCommand(
            "dancu.matching.commands:match", "Compare files with the register and find duplicates.", place=80
        )
    },
)

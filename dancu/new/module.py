"""What this module brings to the house: the beginnings of others."""

from dancu.modules import Module, OperatorCommand

MODULE = Module(
    commands={
        "new": OperatorCommand(
            "dancu.new.commands:new", "Begin a module of one's own.", needs_database=False, place=110
        )
    }
)

"""What this module brings to the house: SMS and e-mail."""

from dancu.modules import Module, OperatorCommand

MODULE = Module(
    commands={
        "messages": OperatorCommand(
            "dancu.messaging.commands:messages", "SMS and e-mail waiting to be sent.", place=100
        )
    },
)

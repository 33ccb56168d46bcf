"""What this module brings to the house: SMS and e-mail."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dancu.modules import BackgroundJob, Metric, Module, OperatorCommand

MODULE = Module(
    commands={
        "messages": OperatorCommand(
            "dancu.messaging.commands:messages", "SMS and e-mail waiting to be sent.", place=100
        )
    },
    metrics={
        "dancu_messages_waiting": Metric(
            "Messages still to be sent, counted to 100000.", "dancu.messaging.metrics:waiting"
        ),
        "dancu_messages_overdue_seconds": Metric(
            "For how long the message that is due first has been due.", "dancu.messaging.metrics:overdue"
        ),
    },
    jobs={
        "messages": BackgroundJob(
            "dancu.messaging.actions:deliver_some",
            _("Send the messages that wait"),
            every=timedelta(seconds=1),
            waiting="dancu.messaging.lookups:waiting",
            place=10,
        )
    },
)

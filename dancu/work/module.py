"""What this module brings to the house: a worker for what nobody waits for."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, Metric, Module, OperatorCommand

MODULE = Module(
    duties={"work": _("watch over background work")},
    duties_of_roles={"administrator": ["work"]},
    audit_actions={"work.due_now": AuditAction(_("Had background work done at once"))},
    metrics={
        "dancu_work_trouble": Metric(
            "Whether a kind of background work is late, failing, dying (its worker ended) or long.",
            "dancu.work.metrics:trouble",
            ("kind", "trouble"),
        ),
        "dancu_work_attempts": Metric(
            "How often a kind of work was begun since it last went well.",
            "dancu.work.metrics:attempts",
            ("kind",),
        ),
        "dancu_work_overdue_seconds": Metric(
            "For how long a kind of work has been due without a worker.",
            "dancu.work.metrics:overdue",
            ("kind",),
        ),
        "dancu_work_ended_timestamp_seconds": Metric(
            "When a kind of work last went well.", "dancu.work.metrics:ended", ("kind",)
        ),
    },
    commands={
        "work": OperatorCommand(
            "dancu.work.commands:work",
            "Do what nobody waits for: messages, statistics, nightly work.",
            place=25,
        )
    },
)

"""What this module brings to the house: a worker for what nobody waits for."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, Module, OperatorCommand

MODULE = Module(
    duties={"work": _("watch over background work")},
    duties_of_roles={"administrator": ["work"]},
    audit_actions={"work.due_now": AuditAction(_("Had background work done at once"))},
    commands={
        "work": OperatorCommand(
            "dancu.work.commands:work",
            "Do what nobody waits for: messages, statistics, nightly work.",
            place=25,
        )
    },
)

"""What this module brings to the house: cases that people decide."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, Metric, Module

MODULE = Module(
    duties={"review": _("review cases")},
    duties_of_roles={"data_steward": ["review"]},
    metrics={
        "dancu_review_cases_open": Metric(
            "Doubtful cases that nobody has decided yet, by kind, counted to 100000 of each.",
            "dancu.review.metrics:open_cases",
            ("kind",),
        )
    },
    audit_actions={
        "review.case": AuditAction(
            _("Saw the record beside a case for review, to decide whether it is the same person")
        ),
        "review.decided": AuditAction(_("Decided whether a case for review is this person")),
        "review.undone": AuditAction(_("Undid a decision on a case for review")),
    },
)

"""What this module brings to the house: levels of risk by commune, set by decisions that two sign."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, BundlePart, ColumnGrants, Module

MODULE = Module(
    duties={"risk": _("draft and sign decisions on levels of risk")},
    duties_of_roles={"rule_maker": ["risk"]},
    audit_actions={
        "risk.drafted": AuditAction(_("Drafted a decision on levels of risk")),
        "risk.signed": AuditAction(_("Signed a decision on levels of risk, drafted by somebody else")),
        "risk.discarded": AuditAction(_("Threw away the draft of a decision on levels of risk")),
    },
    urls={"api/risk-levels": "dancu.risk.api_urls"},
    kept_tables={
        "risk_decision": ColumnGrants(("drafted_at",)),
        "risk_signature": ColumnGrants(("signed_at",)),
        "risk_discard": ColumnGrants(("discarded_at",)),
    },
    bundle={"levels": BundlePart("dancu.risk.carried:levels", ("station",), kept=timedelta(seconds=60))},
)

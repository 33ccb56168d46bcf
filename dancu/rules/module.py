"""What this module brings to the house: rules as documents, signed by two."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, ColumnGrants, DemoOfficial, Module, OperatorCommand, Role

MODULE = Module(
    duties={"rules": _("draft and sign rules")},
    purposes={"rules": _("Rules of the epidemic")},
    roles={
        "rule_maker": Role(
            _("Rule maker"),
            frozenset({"rules"}),
            ("area", "nation"),
            "rules",
            start="/office/rules/",
            place=45,
        )
    },
    audit_actions={
        "rules.drafted": AuditAction(_("Drafted a version of a rule")),
        "rules.refused": AuditAction(_("Refused to sign a version of a rule, drafted by somebody else")),
        "rules.withdrawn": AuditAction(_("Withdrew a version of a rule that was drafted and not signed")),
        "rules.replayed": AuditAction(_("Tried a version of a rule on what was decided before")),
        "rules.signed": AuditAction(_("Signed a version of a rule, drafted by somebody else")),
    },
    commands={
        "rules": OperatorCommand(
            "dancu.rules.commands:rules", "Evaluate rules in CertLogic.", needs_database=False, place=95
        )
    },
    kept_tables={
        "rule_version": ColumnGrants(("drafted_at",)),
        "rule_draft_end": ColumnGrants(("ended_at",)),
        "rule_signature": ColumnGrants(("signed_at",)),
    },
    demo_officials={
        "son": DemoOfficial("Đinh Văn Sơn", "rule_maker", "nation", lambda places: places.nation(), place=80),
        "tam": DemoOfficial("Lý Thanh Tâm", "rule_maker", "nation", lambda places: places.nation(), place=90),
    },
)

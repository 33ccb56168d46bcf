"""What this module brings to the house: who did what, and whom it shows."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, ColumnGrants, DemoOfficial, Module, MonthlyTable, Role

MODULE = Module(
    duties={"audit": _("read the audit log")},
    purposes={"oversight": _("Oversight of how this system is used")},
    roles={
        "auditor": Role(
            _("Auditor"),
            frozenset({"audit"}),
            ("nation",),
            "oversight",
            alone=True,
            start="/office/audit/",
            place=60,
        )
    },
    audit_actions={
        "audit.read": AuditAction(_("Read the audit log")),
    },
    kept_tables={
        "audit_entry": ColumnGrants(("at",)),
    },
    monthly_tables={
        "audit_entry": MonthlyTable(
            _("Everybody may ask at any time who looked at their data."),
            least=120,  # months for which an official may be called to account (docs/domain.md)
        )
    },
    demo_officials={
        "yen": DemoOfficial("Bùi Hải Yến", "auditor", "nation", lambda places: places.nation(), place=80),
    },
)

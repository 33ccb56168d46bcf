"""What this module brings to the house: what a site holds otherwise than the register."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, DemoOfficial, Jurisdiction, Module, Role

MODULE = Module(
    duties={"site_list": _("report discrepancies")},
    purposes={"vaccination": _("Vaccination")},
    jurisdictions={
        "facility": Jurisdiction(
            _("Health facility"), "dancu.discrepancies.lookups:facility_in_words", place=40
        )
    },
    roles={
        "vaccinator": Role(
            _("Vaccinator"),
            frozenset({"identify", "site_list"}),
            ("facility", "area", "nation"),
            "vaccination",
            place=30,
        )
    },
    duties_of_roles={"commune_officer": ["site_list"]},
    audit_actions={
        "corrections.listed": AuditAction(_("Reported a discrepancy")),
        "corrections.list": AuditAction(_("Saw the record in a list of discrepancies")),
        "corrections.signed": AuditAction(_("Verified a discrepancy")),
        "corrections.updated": AuditAction(_("Marked a verified discrepancy as corrected")),
        "corrections.reopened": AuditAction(_("Sent a discrepancy back to be verified again")),
        "corrections.export": AuditAction(_("Saved a list of discrepancies as a file"), rare=True),
    },
    demo_officials={
        "dung": DemoOfficial(
            "Phạm Thùy Dung", "vaccinator", "area", lambda places: places.province(), place=40
        ),
    },
)

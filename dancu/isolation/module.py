"""What this module brings to the house: arrivals, and the movements of who may be ill."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dancu.modules import (
    AnnouncedRules,
    AuditAction,
    DemoOfficial,
    Module,
    PersonTable,
    Role,
    Rollup,
    WiderSums,
)

MODULE = Module(
    duties={"arrivals": _("receive arrivals in a commune")},
    purposes={"residence": _("Arrivals, residence and isolation")},
    roles={
        "commune_officer": Role(
            _("Commune officer"),
            frozenset({"arrivals", "search", "person", "statistics"}),
            ("area", "nation"),
            "residence",
            start="/commune/",
            place=20,
        )
    },
    audit_actions={
        "arrivals.list": AuditAction(_("Saw the travel declaration in a list of arrivals")),
        "arrivals.view": AuditAction(_("Opened an arrival’s travel declaration")),
        "arrivals.number_shown": AuditAction(_("Saw the full number on the travel declaration"), rare=True),
        "arrivals.export": AuditAction(_("Saved a list of arrivals as a file"), rare=True),
        "arrivals.statistics": AuditAction(_("Read how many arrivals there are each day")),
        "arrival.met": AuditAction(_("Marked the person as met on arrival")),
        "arrival.met_undone": AuditAction(_("Undid marking the person as met on arrival")),
        "arrival.noted": AuditAction(_("Wrote a note about the arrival")),
        "movements.view": AuditAction(_("Saw the person’s movements"), rare=True),
        "movements.all": AuditAction(
            _("Asked to see all the person’s journeys, including those outside the area"),
            rare=True,
            for_a_reason=True,
        ),
        "movements.refused": AuditAction(_("Was denied access to the person’s movements")),
    },
    person_tables={
        "arrival": PersonTable(
            ngettext_lazy("%(count)s arrival", "%(count)s arrivals", "count"),
            _("Your arrivals, as communes expected or met them"),
        ),
    },
    rules={
        "illness": AnnouncedRules("dancu.isolation.rule_kinds:ILLNESS", place=30),
        "illness-days": AnnouncedRules("dancu.isolation.rule_kinds:ILLNESS_DAYS", place=40),
        "attention": AnnouncedRules("dancu.isolation.rule_kinds:ATTENTION", place=50),
    },
    rollups={
        "arrivals": Rollup(
            _("Journeys by where they lead or begin, the day of arrival, and how far they are"),
            {"area_id": "integer", "leaving": "smallint", "arrives_on": "date", "state": "smallint"},
            ["journeys"],
            "dancu.isolation.sums:counted",
            WiderSums("province_id", "dancu.areas.lookups:provinces_of_communes"),
            place=20,
        )
    },
    demo_officials={
        "chi": DemoOfficial(
            "Lê Thị Chi", "commune_officer", "area", lambda places: places.destination(), place=20
        ),
        "phuong": DemoOfficial(
            "Nguyễn Mai Phương", "commune_officer", "area", lambda places: places.province(), place=30
        ),
    },
)

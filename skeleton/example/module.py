"""What this module brings to the house: notes that an office keeps of people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dancu.modules import (
    AnnouncedRules,
    AuditAction,
    BackgroundJob,
    ColumnGrants,
    DemoScene,
    DemoStep,
    Metric,
    Module,
    OperatorCommand,
    PersonTable,
    Rollup,
    WorkPage,
)

_HERE = __package__

MODULE = Module(
    duties={"example": _("keep notes about people")},
    duties_of_roles={"commune_officer": ["example"]},
    audit_actions={
        "example.noted": AuditAction(_("Wrote a note about the person")),
        "example.listed": AuditAction(_("Saw the note about the person in a list")),
        "example.counted": AuditAction(_("Asked how many notes there are")),
        "example.forgotten": AuditAction(_("Removed notes about the person that are kept no more")),
        "example.refused": AuditAction(_("Was refused a note about the person")),
    },
    pages=[
        WorkPage(
            "example",
            "example:notes",
            _("Notes"),
            _("What was noted about the people of your area."),
            place=200,
        )
    ],
    urls={"example/": f"{_HERE}.urls", "api/example/": f"{_HERE}.api_urls"},
    commands={
        "example": OperatorCommand(
            f"{_HERE}.commands:example",
            "Notes about people.",
            place=200,
        )
    },
    person_tables={
        "example_note": PersonTable(
            ngettext_lazy("%(count)s note", "%(count)s notes", "count"), _("What officials noted about you")
        )
    },
    rules={"example-days": AnnouncedRules(f"{_HERE}.rule_kinds:DAYS", place=200)},
    jobs={
        "example": BackgroundJob(
            f"{_HERE}.keeping:forget",
            _("Remove notes that are kept no more"),
            when="50 3 * * *",
            waiting=f"{_HERE}.keeping:left",
            place=200,
        )
    },
    metrics={
        "dancu_example_notes_left": Metric(
            "Notes that are kept no more and not removed yet, counted to 10000.", f"{_HERE}.keeping:left"
        )
    },
    rollups={
        "example_notes": Rollup(
            _("Notes by area"), {"area_id": "integer"}, ["notes"], f"{_HERE}.sums:counted", place=200
        )
    },
    kept_tables={"example_note": ColumnGrants(("noted_at",))},
    demo_scenes=[DemoScene("Notes", f"{_HERE}.demo:note", place=200)],
    demo_steps=[DemoStep("example", f"{_HERE}.demo:see", place=200)],
)

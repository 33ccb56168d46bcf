"""What this module brings to the house: notes that an office keeps of people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dancu.modules import (
    AuditAction,
    ColumnGrants,
    DemoScene,
    DemoStep,
    Module,
    OperatorCommand,
    PersonTable,
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
    kept_tables={"example_note": ColumnGrants(("noted_at",))},
    demo_scenes=[DemoScene("Notes", f"{_HERE}.demo:note", place=200)],
    demo_steps=[DemoStep("example", f"{_HERE}.demo:see", place=200)],
)

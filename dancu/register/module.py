"""What this module brings to the house: the national population register."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dancu.modules import (
    AuditAction,
    BackgroundJob,
    ColumnGrants,
    DemoOfficial,
    Module,
    OperatorCommand,
    PersonTable,
    Role,
    Rollup,
    WiderSums,
)

_ENDED_AGAIN = (
    "ended_on",
    "replaced_by",
    "reason",
)  # a number that came back to its person and was replaced once more

MODULE = Module(
    duties={
        "search": _("search the register"),
        "person": _("see a person’s record"),
        "statistics": _("read the population statistics"),
        "correct": _("correct the register"),
    },
    purposes={"register_quality": _("Accuracy of the register")},
    roles={
        "data_steward": Role(
            _("Data steward"),
            frozenset({"search", "person", "correct", "statistics"}),
            ("nation", "area"),
            "register_quality",
            start="/office/search/",
            place=40,
        )
    },
    audit_actions={
        "register.identify": AuditAction(_("Asked who has the number")),
        "register.alike": AuditAction(
            _("Saw the record in a list of people who a traveller without a number could be")
        ),
        "register.match_file": AuditAction(_("Compared a file with the register")),
        "register.dedupe": AuditAction(_("Looked for people with two records in the register")),
        "register.statistics": AuditAction(_("Read the population statistics")),
        "register.search": AuditAction(_("Found the record in a search")),
        "register.view": AuditAction(_("Opened the record")),
        "register.view_refused": AuditAction(_("Was denied access to the record")),
        "register.view_relative": AuditAction(_("Saw the name in a relative’s record")),
        "register.reading_stopped": AuditAction(
            _("Was stopped for opening more records in an hour than their work needs")
        ),
        "register.number_asked": AuditAction(
            _("Entered the number for another record and was told whether it is in use"), rare=True
        ),
        "register.known_of": AuditAction(
            _("Was told that a record like the one they entered exists, without seeing it")
        ),
        "register.number_shown": AuditAction(_("Saw the full number"), rare=True),
        "register.entry": AuditAction(_("Added the record to the register")),
        "register.correction": AuditAction(_("Corrected the record"), rare=True),
        "register.birth": AuditAction(_("Recorded a birth and gave the child a personal number")),
        "register.child_birth": AuditAction(_("Recorded the birth of a child")),
        "register.move": AuditAction(_("Recorded a change of residence")),
        "register.split": AuditAction(_("Recorded the division of a household")),
        "register.head": AuditAction(_("Recorded a new head of household")),
        "register.marriage": AuditAction(_("Recorded a marriage")),
        "register.divorce": AuditAction(_("Recorded a divorce")),
        "register.death": AuditAction(_("Recorded a death"), rare=True),
        "register.spouse_death": AuditAction(_("Recorded the death of the husband or wife")),
        "register.spouse_return": AuditAction(_("Recorded the return of the husband or wife")),
        "register.undone": AuditAction(_("Undid a recorded event")),
        "register.missing": AuditAction(_("Recorded that the person was declared missing")),
        "register.return": AuditAction(_("Recorded the return of a person recorded as missing or dead")),
        "register.new_number": AuditAction(_("Replaced the personal number"), rare=True),
        "register.number_again": AuditAction(_("Made a former number valid again")),
        "register.merge": AuditAction(
            _("Merged the record with another record of the same person"), rare=True
        ),
        "register.carried": AuditAction(_("Moved data along with the record")),
        "register.merge_undone": AuditAction(_("Undid a merge"), rare=True),
    },
    commands={
        "population": OperatorCommand(
            "dancu.register.commands:population", "Create and load populations.", place=50
        )
    },
    jobs={
        "settle": BackgroundJob(
            "dancu.register.merging:settle",
            _("Move what was written under a merged record’s old number"),
            when="30 2 * * *",
            place=50,
        ),
    },
    rollups={
        "population": Rollup(
            _("Who is registered where, by year of birth, sex and status"),
            {"home_area": "integer", "birth_year": "smallint", "sex": "smallint", "status": "smallint"},
            ["people"],
            "dancu.register.counting.cells:counted",
            WiderSums("province_id", "dancu.areas.lookups:provinces_of_communes"),
            place=10,
        )
    },
    person_tables={
        "former_number": PersonTable(
            ngettext_lazy("%(count)s former number", "%(count)s former numbers", "count"),
            _("Your former numbers"),
        ),
        "life_event": PersonTable(
            ngettext_lazy("%(count)s event", "%(count)s events", "count"),
            _("What was recorded about you: births, moves, marriages"),
        ),
        "named_relative": PersonTable(
            ngettext_lazy(
                "%(count)s relative known by name only", "%(count)s relatives known by name only", "count"
            )
        ),
        "person_merge": PersonTable(
            ngettext_lazy("%(count)s earlier merge", "%(count)s earlier merges", "count")
        ),
        "residence": PersonTable(ngettext_lazy("%(count)s residence", "%(count)s residences", "count")),
    },
    kept_tables={
        "person_history": ColumnGrants(
            ("written_at",), changed=("superseded_at",), said_at_once=("superseded_at",)
        ),
        "person_merge": ColumnGrants(
            ("written_at",), changed=("settled_at",), by_the_owner=("undone_at", "undone_by", "undone_basis")
        ),
        "row_aside": ColumnGrants(("person_id", "aside_id", "of_table", "kept_row")),
        "former_number": ColumnGrants(("written_at",), changed=_ENDED_AGAIN, said_at_once=_ENDED_AGAIN),
        "life_event": ColumnGrants(("recorded_at",), changed=("undone_by",)),
    },
    demo_officials={
        "ha": DemoOfficial("Đỗ Thu Hà", "data_steward", "nation", lambda places: places.nation(), place=50),
    },
)

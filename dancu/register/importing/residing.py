"""What files say of the homes of people whom the register holds, beside the permanent one: those begin that
are new, in the place of what was.

An empty field says nothing. What ended is kept, with the day. What began or ended after the day of the files
stands. docs/how-it-works/population-import.md
"""

from datetime import date
from typing import Any

from dancu.db.queries import Queries

_sql = Queries(__file__, "residing.sql")
_PARTS = {
    "moved": _sql.part("moved"),
    "homes": "person_id, is_new, was_merged, status, status_on, old_since, lived_since, former_since, "
    "former_until, former_area, former_address, "
    "temporary_since, temporary_until, temporary_area, temporary_address, current_area, current_address",
}


def make() -> None:
    """Where the plan is kept until the caller's transaction ends."""
    _sql.run("make", _PARTS)


def plan(on: date) -> int:
    """What is to begin and to end, by the rows of import_record as they are now. `on`: the day from which
    what they say holds. Whose homes change, of those who were in the register, stands in import_lived; return
    how many they are.
    """
    _sql.run("forget")
    _sql.run("say", _PARTS)
    _sql.run("know")
    _sql.run("hash", nested="off")
    _sql.run("same_places")
    _sql.run("state_former", on=on)
    _sql.run("state_temporary", _PARTS, on=on)
    _sql.run("state_current", on=on)
    _sql.run("end", on=on)
    _sql.run("leave_same")
    lived = _sql.run("note_whose")
    _sql.run("hash", nested="on")
    return lived


def later(on: date) -> list[dict[str, Any]]:
    """file_no, row, field and day of homes of which the register knows something of after that day, or by
    an event after they began.
    """
    return _sql.all("later", _PARTS, on=on)


def write() -> int:
    """Let it be so; return how many people change in nothing but their homes."""
    for name in ("end_homes", "end_others", "begin_others", "part_homes"):
        _sql.run(name)
    return _sql.run("note_lived")

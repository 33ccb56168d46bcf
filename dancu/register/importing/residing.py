"""What files say of the homes of people whom the register holds: those begin that are new, and those end that are no more.

A file that has the column of a kind of home tells of it in every row: an empty one says that there is none, so the home that the register has of that
kind ends. A file without the column says nothing of it. What ended is kept, with the day. docs/population-file.md
"""

from collections.abc import Collection
from datetime import date

from dancu.db.queries import Queries
from dancu.register.codes import CURRENT, TEMPORARY

_sql = Queries(__file__, "residing.sql")
_TOLD = {TEMPORARY: "temporary_code", CURRENT: "current_code"}


def make() -> None:
    """Where the plan is kept until the caller's transaction ends."""
    _sql.run("make")


def plan(present: Collection[str], on: date) -> int:
    """What is to begin and to end, by the rows of import_record as they are now. `present`: the columns that the files bring; `on`: the day from
    which what they say holds. Whose homes change, of those who were in the register, stands in import_lived; return how many they are.
    """
    parts = {
        "until": "r.temporary_until" if "temporary_until" in present else "coalesce(r.temporary_until, o.until)",
        "temporary_address": "coalesce(r.temporary_address, '')"
        if "temporary_address" in present
        else "coalesce(r.temporary_address, CASE WHEN o.area_id = r.temporary_area THEN o.address END, '')",
        "same_address": "o.address = coalesce(r.current_address, '')"
        if "current_address" in present
        else "o.address = coalesce(r.current_address, o.address)",
    }
    _sql.run("forget")
    _sql.run("know")
    _sql.run("hash", nested="off")
    _sql.run("state_former")
    _sql.run("state_temporary", parts, on=on)
    _sql.run("state_current", parts, on=on)
    _sql.run("end", on=on, told=[kind for kind, column in _TOLD.items() if column in present])
    _sql.run("leave_same")
    lived = _sql.run("note_whose")
    _sql.run("hash", nested="on")
    return lived


def write() -> int:
    """Let it be so; return how many people change in nothing but their homes."""
    for name in ("end_homes", "end_others", "begin_others"):
        _sql.run(name)
    return _sql.run("note_lived")

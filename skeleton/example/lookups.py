"""What is read here: only within the official's jurisdiction, and on record."""

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import lookups as register

from .rows import ExampleNote

MOST = 100

_sql = Queries(__file__)


def notes(acting: Acting) -> list[ExampleNote]:
    """The latest notes, at most MOST, of people who live in the official's jurisdiction now, as they did
    when the note was written. Raises TooMuchRead.
    """
    reading.count(acting)
    found = _sql.of(ExampleNote).all("notes", person_ids=_visible(acting), most=MOST)
    audit.record(acting, "example.listed", {each["person_id"] for each in found})
    return found


def count(acting: Acting) -> int:
    """How many notes there are of them."""
    audit.record(acting, "example.counted")
    return (_sql.one("count", person_ids=_visible(acting)) or {"notes": 0})["notes"]


def _visible(acting: Acting) -> list[int]:
    """Before anything is counted or cut off: whom of those noted in the jurisdiction the official may see."""
    noted = _sql.all("people", areas=register.visible_areas(acting))
    return list(register.may_see_of(acting, (row["person_id"] for row in noted)))

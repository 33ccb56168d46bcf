"""What is read here: only within the official's jurisdiction, and on record."""

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import lookups as register

from .rows import ExampleNote

MOST = 100

_sql = Queries(__file__)


def notes(acting: Acting) -> list[ExampleNote]:
    """The latest notes of the official's office, at most MOST, of people who still live in its
    jurisdiction.
    """
    found = _sql.of(ExampleNote).all("notes", **_office(acting), most=MOST)
    seen = register.may_see_of(acting, {each["person_id"] for each in found})
    audit.record(acting, "example.listed", seen)
    return [each for each in found if each["person_id"] in seen]


def count(acting: Acting) -> int:
    """How many notes the office keeps."""
    audit.record(acting, "example.counted")
    return (_sql.one("count", **_office(acting)) or {"notes": 0})["notes"]


def _office(acting: Acting) -> dict[str, object]:
    return {"office_kind": acting.jurisdiction_kind, "office_id": acting.jurisdiction_id}

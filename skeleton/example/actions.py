"""What is done here, all of it on record."""

from uuid import UUID

from uuid_utils.compat import uuid7

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import lookups as register
from dancu.values.digits import clean_number

from . import keeping, sums
from .errors import NobodyHere

_sql = Queries(__file__)


def note(acting: Acting, number: str, text: str) -> UUID:
    """Note something about whoever holds this number and lives in the official's jurisdiction. Raises
    NobodyHere, which is on record too; TooMuchRead.
    """
    reading.count(acting)
    return _note_of(acting, [person.person_id for person in register.by_number(clean_number(number))], text)


def note_about(acting: Acting, person_id: int, text: str) -> UUID:
    """The same about a person who was chosen on the page. Raises NobodyHere."""
    return _note_of(acting, [person_id], text)


def _note_of(acting: Acting, person_ids: list[int], text: str) -> UUID:
    here = register.may_see_of(acting, person_ids)
    if len(here) != 1:
        audit.record(acting, "example.refused", person_ids)
        raise NobodyHere
    return _note(acting, here.pop(), text)


@whole
def _note(acting: Acting, person_id: int, text: str) -> UUID:
    note_id = uuid7()
    person = register.get(person_id)
    home, ends_on = person["home_area"], keeping.ends_on(person["birth_date"])
    _sql.run("add_note", note_id=note_id, person_id=person_id, area_id=home, text=text, ends_on=ends_on)
    sums.note(home)
    audit.record(acting, "example.noted", [person_id], detail=f"note {note_id}")
    return note_id

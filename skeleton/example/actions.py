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

from .errors import NobodyHere

_sql = Queries(__file__)


def note(acting: Acting, number: str, text: str) -> UUID:
    """Note something about whoever holds this number and lives in the official's jurisdiction. Raises
    NobodyHere, which is on record too; TooMuchRead.
    """
    reading.count(acting)
    held = [person.person_id for person in register.by_number(clean_number(number))]
    here = register.may_see_of(acting, held)
    if len(here) != 1:
        audit.record(acting, "example.refused", held)
        raise NobodyHere
    return _note(acting, here.pop(), text)


@whole
def _note(acting: Acting, person_id: int, text: str) -> UUID:
    note_id = uuid7()
    home = register.get(person_id)["home_area"]
    _sql.run("add_note", note_id=note_id, person_id=person_id, area_id=home, text=text)
    audit.record(acting, "example.noted", [person_id], detail=f"note {note_id}")
    return note_id

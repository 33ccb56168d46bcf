"""What is done here, all of it on record."""

from uuid import UUID

from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import lookups as register
from dancu.values.digits import clean_number

from .errors import NobodyHere

_sql = Queries(__file__)


@whole
def note(acting: Acting, number: str, text: str) -> UUID:
    """Note something about whoever holds this number and lives in the official's jurisdiction. Raises
    NobodyHere.
    """
    held = [person.person_id for person in register.by_number(clean_number(number))]
    here = register.may_see_of(acting, held)
    if len(here) != 1:
        raise NobodyHere
    (person_id,) = here
    note_id = uuid7()
    _sql.run(
        "add_note",
        note_id=note_id,
        person_id=person_id,
        office_kind=acting.jurisdiction_kind,
        office_id=acting.jurisdiction_id,
        text=text,
    )
    audit.record(acting, "example.noted", [person_id], detail=f"note {note_id}")
    return note_id

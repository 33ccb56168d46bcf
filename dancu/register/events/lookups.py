"""What pages of events ask of the register, within the official's jurisdiction and written to the audit."""

from collections.abc import Iterable

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import lookups
from dancu.register.lookups import FoundPerson

_sql = Queries(__file__)


def shown(acting: Acting, person_ids: Iterable[int]) -> list[FoundPerson]:
    """Those of these people whom the official may see, to be compared with what is about to be recorded. That
    there are others is told too: it is counted, and on their record. Raises TooMuchRead.
    """
    asked = set(person_ids)
    ids = lookups.may_see_of(acting, asked)
    if hidden := asked - ids:
        reading.count(acting)
        audit.record(acting, "register.known_of", hidden, detail="before an event")
    if ids:
        audit.record(acting, "register.search", ids, detail="before an event")
    rows = lookups.people(ids)
    return [
        FoundPerson(**{name: rows[one][name] for name in FoundPerson.__slots__})
        for one in sorted(ids)
        if one in rows
    ]


def household_numbers(household_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of households, by id; of one that does not exist (yet) none."""
    rows = _sql.all("household_numbers", household_ids=list(household_ids))
    return {row["household_id"]: row["household_no"] for row in rows}

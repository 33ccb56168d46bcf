"""Someone at a checkpoint who has declared nothing: found in the register by their number, or, without
one, by all that is known of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from dancu.accounts import throttle
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints.errors import TooManyLookups
from dancu.checkpoints.memory import Memory, of_person
from dancu.checkpoints.rows import ListedPass, PassInFull
from dancu.db.queries import Queries
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import ClaimedIdentity, candidates_anywhere
from dancu.matching.sameness import Sameness, number_forms, of_declaration, sameness
from dancu.register import lookups as register
from dancu.register.lookups import FoundPerson
from dancu.text.folding import fold
from dancu.values.digits import clean_number

_sql = Queries(__file__)

MOST_AN_HOUR = 600  # a busy lane sees a car every ten seconds
MOST_ALIKE = 5  # more than these nobody reads at a road


@dataclass(frozen=True)
class Traveller:
    """A person of the register, their permanent home, what is remembered of them, and their passes that
    still count, latest first.
    """

    person: FoundPerson
    memory: Memory
    home: areas.Area | None = None
    address: str = ""
    passes: list[ListedPass] = field(default_factory=list)


def identify(acting: Acting, number: str) -> list[Traveller]:
    """Whoever holds this PIN or CMND (of which several people may hold one); [] where the register knows
    nobody.

    Each is written to the audit. Raises TooManyLookups after 600 in an hour by one official. Not within a
    transaction.
    """
    _count(acting, "register.identify")
    found = register.by_number(clean_number(number))
    return _shown(acting, "register.identify", found)


def alike(acting: Acting, declared: ClaimedIdentity) -> list[Traveller]:
    """The people of the register whom somebody without a number may be, the likeliest first; [] where nobody
    is found this way.

    Each is written to the audit. Raises TooManyLookups, together with `identify`.
    """
    _count(acting, "register.identify")
    return _shown(acting, "register.alike", candidates_anywhere(declared, MOST_ALIKE))


def count_keyed_in(acting: Acting) -> None:
    """A declaration that an officer keys in tells whether number, name and birth date agree. Raises
    TooManyLookups. Not within a transaction.
    """
    _count(acting, "declaration.keyed_in")


def are_one(one: PassInFull, other: PassInFull, *, to_the_letter: bool = False) -> bool:
    """Whether two passes (in full) are surely one traveller's. `to_the_letter`: not where the names
    differ by more than marks.
    """
    if one["person_id"] == other["person_id"]:
        return True
    if min(one["person_id"], other["person_id"]) > 0:
        return False  # whom the register knows as two people are two
    is_named_so = not to_the_letter or fold(one["full_name"]) == fold(other["full_name"])
    return is_named_so and sameness(of_declaration(one), of_declaration(other)) is Sameness.SURELY


def gave(number: str, full_name: str, shown: PassInFull, *, to_the_letter: bool = False) -> bool:
    """Whether whoever gave this number and name is surely the holder of a pass (in full)."""
    is_named_so = not to_the_letter or fold(full_name) == fold(shown["full_name"])
    told = of_declaration(shown)
    claimed = replace(told, full_name=full_name, numbers=number_forms(number), phones=frozenset())
    return is_named_so and bool(claimed.numbers & told.numbers) and sameness(claimed, told) is Sameness.SURELY


def _count(acting: Acting, what: str) -> None:
    """The hour's first refusal stands in the audit. Raises TooManyLookups."""
    bucket = f"{what} {acting.official_id}"
    if throttle.allow(bucket, MOST_AN_HOUR, 3600):
        return
    if throttle.allow(f"alarm {bucket}", 1, 3600):
        audit.record(acting, "register.reading_stopped", detail=f"{what}, {MOST_AN_HOUR} in an hour")
    raise TooManyLookups


def _shown(acting: Acting, action: str, people: Sequence[FoundPerson]) -> list[Traveller]:
    """Whoever is shown is written to the audit, and of whom something is told that may be theirs."""
    homes = register.homes([person.person_id for person in people])
    travellers = [_traveller(person, homes.get(person.person_id, [])) for person in people]
    audit.record(
        acting, action, {one for each in travellers for one in (each.person.person_id, *each.memory.people)}
    )
    return travellers


def _traveller(person: FoundPerson, homes: list[register.PresentHome]) -> Traveller:
    home = next(
        iter(homes), {"area_id": person.home_area or 0, "address": ""}
    )  # the permanent one comes first
    area = areas.get_many([home["area_id"]]).get(home["area_id"])
    known = of_person(register.get_now(person.person_id))
    return Traveller(person, known, area, home["address"], _counting(person.person_id))


def _counting(person_id: int) -> list[ListedPass]:
    now = timezone.now()
    passes = [
        row
        for row in _sql.of(ListedPass).all("passes_of_person", person_id=person_id)
        if not row["revoked_at"] and not row["superseded_at"] and row["expires_at"] > now
    ]
    over = (
        {row["declaration_id"] for row in arrivals_of(person_id) if row["state"] == "met"}
        if passes
        else set()
    )
    return [row for row in passes if row["declaration_id"] not in over]

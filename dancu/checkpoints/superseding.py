"""A newer declaration takes the place of an older pass of the same traveller for the same journey.

The same journey: to the same commune, departing at most three days apart. Of surely the same traveller
(matching/sameness.py), since a family sends from one telephone and gives a child its father's number; and so
that nobody can spoil a stranger's pass or learn of it, only what this session sent itself, a signed-in
citizen's own, and what an officer keys in for the same person of the register. To know number, name, birth
date and telephone is not to be that person: what another session declared so stands beside it. Nobody but who
sent both, or has signed in as that citizen, is told that one replaced the other: a pass declared beforehand
in somebody's name would else ring when they travel.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints.journeys import Journey
from dancu.checkpoints.rows import JourneyKey, PassInFull, ReplaceablePass
from dancu.db.queries import Queries
from dancu.isolation.health_policy import still_counts
from dancu.matching import sameness
from dancu.matching.likeness import Birth, born_as_declared, is_near, name_key
from dancu.matching.sameness import DeclaredFacts, Sameness
from dancu.register import lookups as register
from dancu.text.folding import fold

DAYS_APART = dt.timedelta(days=3)

_sql = Queries(__file__)
_LIVE = {"same_journey": _sql.part("same_journey")}


@dataclass(frozen=True)
class Sender:
    """Who sends a declaration, as far as that is known. `person_id`: the citizen who has signed in;
    `sent`: what this session sent before.
    """

    person_id: int = 0
    sent: tuple[UUID, ...] = ()


NOBODY = Sender()


def would_replace(journey: Journey, sender: Sender) -> list[ReplaceablePass]:
    """The passes that sending this journey replaces, of those that its sender may know of; the last one
    issued first. Also such as count no more, since what else replaced them (`newer`) may be nothing that this
    sender may know.
    """
    person_id, same = _replaceable(journey, sender)
    asked = {"person_id": person_id, "declaration_ids": same} | _journey(journey)
    return _sql.of(ReplaceablePass).all("would_replace", _LIVE, **asked)


def declared_ill(journey: Journey, sender: Sender) -> bool:
    """Whether this sender has declared signs of an illness of the same traveller that are still remembered:
    declaring to be well a minute later makes nobody well, nor does another birth date. Only what the sender
    sent, or of the citizen who has signed in, so that no stranger learns of it.
    """
    signed_in, same = _own(journey, sender, Sameness.PERHAPS), _of_sender(journey, sender, Sameness.PERHAPS)
    told = _sql.all("declared_ill", person_id=signed_in, declaration_ids=same)
    return any(still_counts(row, timezone.now()) for row in told)


def replaced_by(declaration_id: UUID) -> list[JourneyKey]:
    """Whose declarations' passes this declaration has replaced: rows of person_id and declaration_id."""
    return _sql.of(JourneyKey).all("replaced_by", declaration_id=declaration_id)


def hold_traveller(journey: Journey, person_id: int) -> None:
    """Two declarations of one traveller wait for each other here until the first is committed, however
    they are recognised as one's.
    """
    _wait_for(
        person_id,
        journey.number,
        journey.full_name,
        (journey.birth.year, journey.birth.month, journey.birth.day),
    )


def supersede(journey: Journey, declaration_id: UUID, sender: Sender, *, person_id: int) -> list[UUID]:
    """Older passes of this traveller for this journey no longer count; returns their declarations.
    `person_id`: whose passes it replaces by that alone, 0 for nobody's but those of a citizen who has signed
    in.

    The same statements whatever there is to replace. Asked twice: a pass that a steward's decision moved to
    another person meanwhile is found there.
    """
    own, same = _replaceable(journey, sender)
    of = {"person_id": person_id or own, "declaration_ids": same, "declaration_id": declaration_id}
    asked = of | _journey(journey)
    replaced = [row for _before_and_after in range(2) for row in _sql.all("supersede", _LIVE, **asked)]
    return [row["of_declaration"] for row in replaced]


def lift(mistaken: PassInFull) -> list[JourneyKey]:
    """What this declaration (a row of its pass in full), made by mistake, replaced counts again, unless a
    declaration that replaced this one is of the same journey: rows of person_id and declaration_id.

    The caller holds its person. Whoever declares for the same traveller at this moment is waited for.
    """
    _wait_for(mistaken["person_id"], mistaken["number"], mistaken["full_name"], born_as_declared(mistaken))
    newer = _sql.one("newer", person_id=mistaken["person_id"], pass_id=mistaken["pass_id"])
    asked = newer and newer | _near(newer["destination_area"], newer["departs_on"]) | {
        "mistaken": mistaken["declaration_id"]
    }
    if asked:
        _sql.run("replaced_instead", **asked)
    return _sql.of(JourneyKey).all("lift", declaration_id=mistaken["declaration_id"])


def _of_sender(journey: Journey, sender: Sender, least: Sameness = Sameness.SURELY) -> list[UUID]:
    """What this session declared of the same traveller."""
    told = _told(journey)
    return [
        row["declaration_id"]
        for row in _sql.all("named", declaration_ids=list(sender.sent))
        if _is_same(told, sameness.of_declaration(row), least)
    ]


def _replaceable(journey: Journey, sender: Sender) -> tuple[int, list[UUID]]:
    """Whose passes this journey may replace for its sender: the person of the register who has signed in,
    and which declarations.
    """
    own = _own(journey, sender)
    return own, sorted({*_of_sender(journey, sender), *(_of_number(journey) if own else ())})


def _of_number(journey: Journey) -> list[UUID]:
    """What was declared of the same traveller with the same number and telephone but not recognised, for
    the citizen who has signed in.
    """
    told, birth = _told(journey), journey.birth
    rows = _sql.all(
        "numbered",
        number=journey.number,
        phone=journey.phone,
        given_key=name_key(journey.full_name),
        year=birth.year,
        month=birth.month,
        day=birth.day,
    )
    return [
        row["declaration_id"]
        for row in rows
        if sameness.sameness(told, sameness.of_declaration(row)) is Sameness.SURELY
    ]


def gives_own_number(journey: Journey, sender: Sender) -> bool:
    """Whether the citizen who has signed in declares with a number of their own, whatever else."""
    if not sender.person_id:
        return False
    return bool(sameness.of_person(register.get_now(sender.person_id)).numbers & _told(journey).numbers)


def _own(journey: Journey, sender: Sender, least: Sameness = Sameness.SURELY) -> int:
    """The citizen who has signed in, where the journey is theirs; 0 where it is not."""
    if not sender.person_id:
        return 0
    held, told = sameness.of_person(register.get_now(sender.person_id)), _told(journey)
    return sender.person_id if held.numbers & told.numbers and _is_same(told, held, least) else 0


def _is_same(told: DeclaredFacts, other: DeclaredFacts, least: Sameness) -> bool:
    """Whether two whom one sender declares for are the same, at least so likely, and not merely of one
    family.
    """
    is_named_so = is_near(told.full_name, other.full_name) or sameness.may_be_called_so(told, other)
    return sameness.sameness(told, other, are_linked=True) >= least and is_named_so


def _told(journey: Journey) -> DeclaredFacts:
    birth = journey.birth
    return sameness.of_declaration(
        vars(journey) | {"birth_year": birth.year, "birth_month": birth.month, "birth_day": birth.day}
    )


def _wait_for(person_id: int, number: str, full_name: str, birth: Birth) -> None:
    year, month, day = birth
    shared = (f"person {person_id}", f"number {number}", f"name {fold(full_name)} {year}-{month}-{day}")
    _sql.run("hold_traveller", keys=sorted(map(_key, shared)))


def _journey(journey: Journey) -> dict[str, Any]:
    return _near(journey.destination_area, journey.departs_on) | {"now": timezone.now()}


def _near(area_id: int, departs_on: dt.date) -> dict[str, Any]:
    return {
        "destinations": _eras_of(area_id),
        "first": departs_on - DAYS_APART,
        "last": departs_on + DAYS_APART,
    }


@areas.remembered
def _eras_of(area_id: int) -> list[int]:
    """The commune in every era: what it came from and what became of it, each for the most part."""
    now = _today(area_id)
    found, waiting = {area_id, now}, [now]
    while waiting:
        for before in areas.predecessors(waiting.pop()):
            if before.area_id not in found and _today(before.area_id) == now:
                found.add(before.area_id)
                waiting.append(before.area_id)
    return sorted(found)


def _today(area_id: int) -> int:
    """The last unit that this one became, for the most part."""
    seen = {area_id}
    while (after := areas.successors(area_id)) and after[0].area_id not in seen:
        area_id = after[0].area_id
        seen.add(area_id)
    return area_id


def _key(of: str) -> int:
    return int.from_bytes(hashlib.blake2b(of.encode(), digest_size=8).digest(), signed=True)

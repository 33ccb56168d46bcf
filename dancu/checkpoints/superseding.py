"""A newer declaration takes the place of an older pass of the same traveller for the same journey.

The same journey: to the same commune, departing at most three days apart. The same traveller, so that nobody can spoil a stranger's
pass or learn of it: what this session sent itself, a signed-in citizen's own, what an officer keys in for the same person of the
register, or the same number with the same name, birth date and telephone. Nobody but who sent both is told that one replaced the other:
a pass declared beforehand in somebody's name would else ring when they travel.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints.journeys import Journey
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.isolation import actions as isolation
from dancu.isolation.health_policy import still_counts
from dancu.matching.likeness import Birth, born_as_declared, is_near, name_key
from dancu.register import lookups as register
from dancu.register.phones import phone_forms

DAYS_APART = dt.timedelta(days=3)

_sql = Queries(__file__)
_LIVE = {"same_journey": _sql.text("same_journey").split("\n", 1)[1]}


@dataclass(frozen=True)
class Sender:
    """Who sends a declaration, as far as that is known. `person_id`: the citizen who has signed in; `sent`: what this session sent before."""

    person_id: int = 0
    sent: tuple[UUID, ...] = ()


NOBODY = Sender()


def would_replace(journey: Journey, sender: Sender) -> list[dict[str, Any]]:
    """The passes that sending this journey replaces, of those that its sender may know of; the last one issued first."""
    return _sql.all(
        "would_replace", _LIVE, person_id=_own(journey, sender), declaration_ids=_same_traveller(journey, sender), **_journey(journey)
    )  # fmt: skip


def declared_ill(journey: Journey, sender: Sender) -> bool:
    """Whether this sender has declared signs of an illness of the same traveller that are still remembered: declaring to be well a minute
    later makes nobody well. Only what the sender sent, or of the citizen who has signed in, so that no stranger learns of it.
    """
    told = _sql.all("declared_ill", person_id=_own(journey, sender), declaration_ids=_same_traveller(journey, sender))
    return any(still_counts(row, timezone.now()) for row in told)


def replaced_by(declaration_id: UUID) -> list[dict[str, Any]]:
    """Whose declarations' passes this declaration has replaced: rows of person_id and declaration_id."""
    return _sql.all("replaced_by", declaration_id=declaration_id)


def hold_traveller(journey: Journey, person_id: int) -> None:
    """Two declarations of one traveller wait for each other here until the first is committed, however they are recognised as one's."""
    _wait_for(
        person_id, journey.number, journey.full_name, (journey.birth.year, journey.birth.month, journey.birth.day)
    )


def supersede(journey: Journey, declaration_id: UUID, sender: Sender, *, person_id: int) -> list[UUID]:
    """Older passes of this traveller for this journey no longer count; returns their declarations. `person_id`: whose passes it replaces by that
    alone, 0 for nobody's.

    The same statements whatever there is to replace. Asked twice: a pass that a steward's decision moved to another person meanwhile is
    found there.
    """
    of = {
        "person_id": person_id, "declaration_ids": _same_traveller(journey, sender), "number": journey.number, "phones": phone_forms(journey.phone),
        "given_key": name_key(journey.full_name), "year": journey.birth.year, "month": journey.birth.month, "day": journey.birth.day,
    }  # fmt: skip
    asked = of | _journey(journey) | {"declaration_id": declaration_id}
    replaced = [row for _before_and_after in range(2) for row in _sql.all("supersede", _LIVE, **asked)]
    isolation.withdraw_replaced([row["person_id"] for row in replaced], [row["of_declaration"] for row in replaced])
    return [row["of_declaration"] for row in replaced]


def lift(mistaken: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What this declaration (a row of its pass in full), made by mistake, replaced counts again, unless a declaration that replaced this one is of
    the same journey: rows of person_id and declaration_id.

    The caller holds its person. Whoever declares for the same traveller at this moment is waited for.
    """
    _wait_for(mistaken["person_id"], mistaken["number"], mistaken["full_name"], born_as_declared(mistaken))
    newer = _sql.one("newer", person_id=mistaken["person_id"], pass_id=mistaken["pass_id"])
    asked = newer and newer | _near(newer["destination_area"], newer["departs_on"]) | {
        "mistaken": mistaken["declaration_id"]
    }
    replaced_instead = _sql.all("replaced_instead", **asked) if asked else []
    return replaced_instead + _sql.all("lift", declaration_id=mistaken["declaration_id"])


def _same_traveller(journey: Journey, sender: Sender) -> list[UUID]:
    """What this session declared of the same traveller: a family sends from one telephone, and gives a child its father's number."""
    return [
        row["declaration_id"]
        for row in _sql.all("named", declaration_ids=list(sender.sent))
        if (journey.number and row["number"] == journey.number and is_near(row["full_name"], journey.full_name))
        or (
            fold(row["full_name"]) == fold(journey.full_name)
            and (row["birth_year"], row["birth_month"], row["birth_day"])
            == (journey.birth.year, journey.birth.month, journey.birth.day)
        )
    ]


def _own(journey: Journey, sender: Sender) -> int:
    """The citizen who has signed in, where the journey is theirs; 0 where it is not."""
    return sender.person_id if sender.person_id and journey.number in _numbers(sender.person_id) else 0


def _wait_for(person_id: int, number: str, full_name: str, birth: Birth) -> None:
    year, month, day = birth
    shared = (f"person {person_id}", f"number {number}", f"name {fold(full_name)} {year}-{month}-{day}")
    _sql.run("hold_traveller", keys=sorted(map(_key, shared)))


def _journey(journey: Journey) -> dict[str, Any]:
    return _near(journey.destination_area, journey.departs_on) | {"now": timezone.now()}


def _near(area_id: int, departs_on: dt.date) -> dict[str, Any]:
    return {
        "destinations": _eras_of(area_id), "first": departs_on - DAYS_APART, "last": departs_on + DAYS_APART
    }  # fmt: skip


def _numbers(person_id: int) -> Sequence[str]:
    person = register.get_now(person_id)
    return [number for number in (person["pin"], person["cmnd"]) if number]


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

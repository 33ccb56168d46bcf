"""Whose journey it is where the register did not recognise who declared it: which arrivals are surely of one
traveller.

`kin` is what stands for one traveller: the person of the register, or of somebody unknown the first id under
which they declared. What stewards decide comes on top of it, and goes again where they take it back.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from dancu.db.queries import Queries
from dancu.isolation.asking import PARTS
from dancu.isolation.health_policy import recognised_for
from dancu.isolation.rows import DeclaredJourney, KnownTraveller
from dancu.matching import partings, sameness
from dancu.matching.sameness import SAME_NUMBER_FOR, Sameness
from dancu.register import actions as register

_sql = Queries(__file__)


def kin_of(
    said: DeclaredJourney, person: Mapping[str, Any] | None, replaces: Sequence[UUID]
) -> tuple[int, list[int]]:
    """The kin of whoever declares this, and those who turn out to be the same.
    The people of the register among them, and whom stewards found these unknown ones to be, are held: a merge
    waits until they are written.

    `person`, `replaces`: as in `expect_arrival`. The kin of whom the register recognised is that person, and
    no other one's; somebody unknown who may be two people of the register is neither, nor one whom a steward
    found them not to be.
    """
    own, declared, holder = said["person_id"], sameness.of_declaration(said), 0
    told = declared
    if person and (person["person_id"] == own or sameness.is_holder(declared, person)):
        told, holder = declared.with_record(person), person["person_id"]
    known = {f"person {one}" for one in {own, holder} - {0}}
    _sql.all("claim", shared=sorted(known | told.numbers | told.phones))
    at = said["declared_at"]
    known_rows = _sql.of(KnownTraveller).all(
        "known",
        PARTS,
        person_id=own,
        numbers=sorted(told.numbers),
        phones=sorted(told.phones),
        birth_year=said["birth_year"],
        replaces=list(replaces),
        numbered_since=at - SAME_NUMBER_FOR,
        named_since=at - recognised_for(),
    )
    rows = [row for row in known_rows if row["declaration_id"] != said["declaration_id"]]
    apart = partings.people_ruled_out([row for row in (said, *rows) if row["person_id"] < 0])
    not_mine = apart.get(said["declaration_id"], set())
    if holder in not_mine:
        told, holder = declared, 0
    alike = [row for row in rows if row["kin"] not in not_mine and _is_surely(told, row)]
    same, holder = _held(alike, holder, own)
    kins = list(dict.fromkeys(row["kin"] for row in same))
    unknown = [kin for kin in kins if kin < 0]
    people = {kin for kin in kins if kin > 0}
    kin = own if own > 0 else holder or (people.pop() if len(people) == 1 else next(iter(unknown), own))
    decided = {row["kin"]: row["decided_as"] or max(row["person_id"], 0) for row in same if row["kin"] < 0}
    meant = kin if kin > 0 else decided.get(kin, 0)
    not_meant = {row["kin"] for row in same if meant in apart.get(row["declaration_id"], ())}
    return kin, [
        one for one in unknown if one not in {kin, *not_meant} and (not meant or decided[one] in (0, meant))
    ]


def join(kin: int, others: Collection[int]) -> None:
    """These unknown people turned out to be that one."""
    if others:
        _sql.run("join_strangers", stranger=kin, others=list(others))


def follow_decisions(kins: Collection[int]) -> list[int]:
    """What was decided of one declaration of somebody unknown goes for all of theirs; returns under whom
    these kins stand now.

    The same statements whether or not anybody is unknown, so that nobody reads from the steps whose number
    they declared.
    """
    unknown = [kin for kin in kins if kin < 0]
    _sql.run("follow_decisions", strangers=unknown)
    return [*(kin for kin in kins if kin > 0), *under(unknown)]


def under(kins: Collection[int]) -> list[int]:
    """Under whom the arrivals of these unknown people stand."""
    return [row["who"] for row in _sql.all("under", PARTS, strangers=list(kins))]


def _held(rows: list[KnownTraveller], holder: int, own: int) -> tuple[list[KnownTraveller], int]:
    """These arrivals and the holder of the number, by the ids that the people have now: all that may be
    written down is held, but for `own`, who is already.
    """
    named = {one for row in rows for one in (row["kin"], row["decided_as"], row["person_id"])} | {holder}
    now = register.hold_people({one for one in named if one > 0 and one != own})
    held: list[KnownTraveller] = [
        {
            **row,
            "kin": now.get(row["kin"], row["kin"]),
            "decided_as": now.get(row["decided_as"], row["decided_as"]),
            "person_id": now.get(row["person_id"], row["person_id"]),
        }
        for row in rows
    ]
    return held, now.get(holder, holder)


def _is_surely(told: sameness.DeclaredFacts, row: KnownTraveller) -> bool:
    answer = sameness.sameness(told, sameness.of_declaration(row), are_linked=row["is_replaced"])
    return answer is Sameness.SURELY

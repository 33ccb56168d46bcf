"""Under whom else a traveller may stand at the stations: by the one rule (matching/sameness.py), and by what
stewards decided, which goes before it.

docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from dancu.checkpoints.rows import PassInFull, Surety, ToldTraveller
from dancu.db.queries import Queries
from dancu.isolation.health_policy import LONGEST, recognised_for
from dancu.matching import partings, sameness
from dancu.matching.likeness import is_near, name_keys
from dancu.matching.sameness import SAME_NUMBER_FOR, DeclaredFacts, Sameness
from dancu.text.folding import fold

_sql = Queries(__file__, "memory.sql")

_MOST_ALIKE = 300  # of so many by one name or telephone, those are asked for first who matter


@dataclass(frozen=True)
class Ids:
    """Under whom the traveller stands for `sure`, or may stand because of the `number` or the `name`.
    `decided`: what they told as somebody unknown, which a steward found to be theirs.
    """

    sure: set[int]
    number: set[int]
    name: set[int]
    decided: tuple[DeclaredFacts, ...] = ()

    def why(self, person_id: int) -> Surety:
        sure = person_id in self.sure
        return {"sure": sure, "of": "" if sure else "number" if person_id in self.number else "name"}


def who_else(start: Ids, told: DeclaredFacts, own: PassInFull | None, now: dt.datetime) -> Ids:
    """Who else may be meant by what is `told`; whom a steward found them not to be is not. What is surely of
    the same unknown one as a declaration that a steward found to be theirs is theirs too. `own`: the
    traveller's declaration.
    """
    holder = max(start.sure, default=0)
    rows = _found(told, own, holder, now)
    decided = tuple(sameness.of_declaration(row) for row in rows if row["why"] == "decided")
    every = replace(
        told,
        numbers=told.numbers.union(*(one.numbers for one in decided)),
        phones=told.phones.union(*(one.phones for one in decided)),
    )
    if every != told:  # they declared by another telephone or number, as somebody unknown
        rows = _found(every, own, holder, now)
    rows = [row for row in rows if row["why"] != "decided"]
    apart = _apart([*([own] if own else []), *rows], start)
    not_theirs = apart.get(own["declaration_id"], set()) if own else set()
    sure, number, name = start.sure - not_theirs, start.number - not_theirs, start.name - not_theirs
    certain = set(sure)
    for row in rows:
        if row["person_id"] in not_theirs or apart.get(row["declaration_id"], set()) & certain:
            continue
        other = sameness.of_declaration(row)
        is_replaced = row["why"] == "replaced"
        answer = max(sameness.sameness(one, other, are_linked=is_replaced) for one in (told, *decided))
        if row["person_id"] > 0 and holder > 0 and row["person_id"] not in start.sure:
            # Whom the register knows as two people are two, unless it may hold one twice.
            is_twice = sameness.may_be_recorded_twice(told, other) and not partings.are_two_people(
                holder, row["person_id"]
            )
            answer = Sameness.PERHAPS if is_twice else Sameness.NO
        if is_replaced:  # by one who may know of it
            answer = max(answer, Sameness.PERHAPS)
        if answer is Sameness.SURELY:
            sure.add(row["person_id"])
        elif answer is Sameness.PERHAPS:
            by_number = every.numbers & other.numbers and not is_near(other.full_name, told.full_name)
            (number if by_number else name).add(row["person_id"])
    parted = {
        one for row in rows if row["person_id"] in sure for one in apart.get(row["declaration_id"], ())
    } - certain
    return Ids(sure - parted, (number | sure & parted) - (sure - parted), name - sure - number, decided)


def is_apart(declaration: ToldTraveller, person_id: int) -> bool:
    """Whether a steward found that this declaration is not this person's."""
    return person_id in partings.people_ruled_out([declaration]).get(declaration["declaration_id"], ())


def _found(
    told: DeclaredFacts, own: PassInFull | None, holder: int, now: dt.datetime
) -> list[dict[str, Any]]:
    """What was declared by those who may be meant (rows), and what stewards decided to be of the
    `holder`, if the register knows the traveller.
    """
    newer = own["declaration_id"] if own and own["replaces"] else None
    year, month, day = sameness.compared_birth(told.birth)
    values: dict[str, Any] = {
        "numbers": sorted(told.numbers),
        "numbered_since": now - SAME_NUMBER_FOR,
        "year": year,
        "given_keys": sorted(name_keys(told.full_name)),
        "named_since": now - recognised_for(),
    }
    # What cannot lead to anybody is not asked.
    asked = {
        "replaced": {"own": newer} if newer else {},
        "decided": {"holder": holder} if holder > 0 else {},
        "phoned": {"phones": sorted(told.phones)} if told.phones else {},
        "born_then": {"months": sorted({month, day})} if month and day else {},
    }
    parts = {part: _part(part) if given else "" for part, given in asked.items()}
    parts |= {
        "of_whom": _part("strangers_only") if holder > 0 else "",
        "told": _part("told"),
        **{
            f"{how}_lately": _part("lately").replace("{since}", f"%({how}_since)s")
            for how in ("named", "numbered")
        },
    }
    values |= {name: one for given in asked.values() for name, one in given.items()}
    rows = _sql.prepared("others", parts | {"likeliest": ""}, **values, most=_MOST_ALIKE)
    if max(Counter(row["why"] for row in rows).values(), default=0) >= _MOST_ALIKE:
        values |= {
            "words": fold(told.full_name).split(),
            "ill_since": now - LONGEST,
            "most": 10 * _MOST_ALIKE,
        }
        rows = _sql.all("others", parts | {"likeliest": _part("likeliest")}, **values)
    return rows


def _apart(declared: list[Mapping[str, Any]], start: Ids) -> dict[UUID, set[int]]:
    """Whose the declarations of strangers are not; nothing is asked where nobody of the register may be
    meant.
    """
    people = {*start.sure, *start.number, *start.name, *(row["person_id"] for row in declared)}
    strangers = [row for row in declared if row["person_id"] < 0]
    return partings.people_ruled_out(strangers) if strangers and max(people) > 0 else {}


def _part(name: str) -> str:
    return _sql.part(name)

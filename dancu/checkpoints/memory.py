"""What is remembered of a traveller, whatever pass they show and wherever they stand: stops that nobody
cleared, and what they declared of an illness. One person may stand under several ids here: as whom the
register recognised, and as nobody, once for each declaration that it did not recognise. A number holds these
together under nearly one name and birth date, and so do name and birth date with the same telephone; less
than that does perhaps, and the officer asks. docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, cast

from django.utils import timezone

from dancu.checkpoints import stops
from dancu.checkpoints.meant import Ids, is_apart, who_else
from dancu.checkpoints.reasons import FOUND_WELL, OTHER_PERSON, in_words, signs_of
from dancu.checkpoints.rows import (
    CrossingSince,
    DecidedCrossing,
    DeclaredSigns,
    KnownCrossing,
    PassInFull,
    RememberedCrossing,
    RememberedSign,
    Sign,
    ToldTraveller,
)
from dancu.checkpoints.rule_kinds import REMEMBERED
from dancu.db.queries import Queries, Row, Rows
from dancu.isolation.health_policy import LONGEST, longest, refuses, still_counting
from dancu.isolation.signs import SIGNS, warnings_in, without
from dancu.matching import sameness
from dancu.matching.compare import Outcome
from dancu.matching.likeness import Birth, is_near, is_nearly_birth
from dancu.matching.sameness import DeclaredFacts
from dancu.rules import lookups as rules

_sql = Queries(__file__, "memory.sql")
PARTS = {part: _sql.part(part) for part in ("counts", "of_this")}

SEEN_FOR = dt.timedelta(days=90)
WAITING = dt.timedelta(days=2)  # nobody is held longer at a road, and who was stopped is no more about

Declared = TypeVar("Declared", bound=Mapping[str, Any])  # a row with what was declared of an illness


@dataclass(frozen=True)
class Memory:
    """`crossings`: where the traveller was seen, latest first. `stops`: those of them where they were held or
    turned back and not cleared since. `signs`: what they declared of an illness that is still remembered
    (health_policy). In each `sure`: whether it is surely this person's; else `of` says whose it may be:
    "number" (somebody who gave the same number and another name) or "name" (somebody of that name and birth
    date). A sign may be this person's by name and number (`of` no other), and not sure all the same: who
    declared it knew no more than that. `passes`: those of the declaration that was shown, and of all that
    replaced one another before and after it: one journey.
    """

    crossings: list[RememberedCrossing]
    signs: list[RememberedSign]
    passes: frozenset[int] = frozenset()

    @cached_property
    def found_well(self) -> dict[str, dt.datetime]:
        """When an officer last found them well, by the sign of illness that this disproves: it weighs
        more than what was declared before.
        """
        found: dict[str, dt.datetime] = {}
        for row in self.crossings:
            for sign in (
                FOUND_WELL.get(row["reason_code"], ()) if row["sure"] and row["decision"] == "through" else ()
            ):
                found[sign] = max(row["crossed_at"], found.get(sign, row["crossed_at"]))
        return found

    def left_of(self, declared: Declared) -> Declared:
        """What was declared (a row) without the signs of an illness that an officer has disproved since."""
        disproved = {sign for sign, at in self.found_well.items() if declared["declared_at"] < at}
        return cast(Declared, without(declared, disproved))  # of the same columns

    def is_refused(self, declared: DeclaredSigns | None = None) -> bool:
        """Whether whoever declares this (a row), or declared an illness before, was to stay where they were,
        and was not found well since. A positive test asks for a reason even where it is only perhaps theirs,
        as a stop does; so does all that was declared as theirs (`of` no other one), whoever it was that
        declared it.
        """
        told: list[DeclaredSigns] = [sign for sign in self.signs if not sign["of"]]
        told += [declared] if declared else []
        return any(refuses(self.left_of(one)) for one in told) or any(
            sign["test_result"] == "positive" for sign in self.signs
        )

    @property
    def people(self) -> set[int]:
        """Under whom what is remembered stands."""
        return {row["person_id"] for row in (*self.crossings, *self.signs)}

    @cached_property
    def stops(self) -> list[RememberedCrossing]:
        return [crossing for crossing in self.crossings if crossing["uncleared"]]

    @cached_property
    def colour(self) -> str:
        """What this alone comes to, by the rule "remembered": green, amber (look again) or red (stop)."""
        sure = [stop for stop in self.stops if stop["sure"]]
        facts = {
            "stop.turned_back": any(stop["decision"] == "back" for stop in sure),
            "stop.positive": any("positive" in signs_of(stop) for stop in sure),
            "stop.any": bool(self.stops),
            "declared.positive": any(
                sign["sure"] and sign["test_result"] == "positive" for sign in self.signs
            ),
            "declared.any": bool(self.signs),
        }
        return str(rules.answer(REMEMBERED.code, facts))

    @cached_property
    def with_this_pass(self) -> list[RememberedCrossing]:
        """The crossings with any code of this journey: that of the declaration that was shown, of those
        before it, and of those after.
        """
        return [
            crossing for crossing in self.crossings if crossing["pass_id"] in self.passes and crossing["sure"]
        ]


def of_declaration(
    declaration: PassInFull,
    person: Mapping[str, Any] | None,
    at: dt.datetime | None = None,
    station_id: int | None = None,
) -> Memory:
    """What is remembered of the one who declared this (a pass in full).

    `person`: the register's row of whom it recognised, or of whose the declared number is; None where it
    knows nobody. `at`: looking as far back as one did then, in place of now. `station_id`: where they stand;
    whoever was stopped there lately may be they, as in `of_claim`, and in one vehicle also where the register
    recognised one of the two.
    """
    told, sure, number, name = sameness.of_declaration(declaration), {declaration["person_id"]}, set(), set()
    if person and (person["person_id"] in sure or not is_apart(declaration, person["person_id"])):
        is_one = person["person_id"] in sure or sameness.is_holder(told, person)
        is_named_so = is_near(told.full_name, person["full_name"])
        (sure if is_one else name if is_named_so else number).add(person["person_id"])
        told = told.with_record(person) if is_one else told
    if station_id is not None:
        stopped = _stopped_here(station_id, told, declaration["person_id"])
        name |= {row["person_id"] for row in stopped if not _are_parted(row, sure)} - sure - number
    known = _memory(Ids(sure, number, name), told, declaration, at)
    return replace(known, passes=_chain(declaration))


def _chain(declaration: PassInFull) -> frozenset[int]:
    """The passes of the declaration, and of all that took one another's place."""
    if not (declaration["replaces"] or declaration["superseded_by"]):  # as most are
        return frozenset({declaration["pass_id"]})
    return frozenset(
        row["pass_id"] for row in _sql.all("chain", declaration_id=declaration["declaration_id"])
    )


def of_person(person: Mapping[str, Any]) -> Memory:
    """What is remembered of a person of the register (a row of it)."""
    return _memory(Ids({person["person_id"]}, set(), set()), sameness.of_person(person))


def of_claim(number: str, full_name: str, birth: Birth | None, station_id: int) -> Memory:
    """What is remembered of one without a declaration whom the register does not know, by what they or their
    card say; also whoever was stopped at this station lately and may be meant, a letter or a digit apart, or
    by a shorter name.
    """
    if not birth:
        return Memory([], [])
    claimed = DeclaredFacts(full_name, birth, sameness.number_forms(number))
    here = {row["person_id"] for row in _stopped_here(station_id, claimed)}
    return _memory(Ids(set(), set(), here), claimed)


def _stopped_here(station_id: int, told: DeclaredFacts, own: int = 0) -> list[ToldTraveller]:
    """Who was stopped at this station lately and may be the one of whom this is told (rows); `own`: as
    whom this one declared, if they did.
    """
    plate = (
        told.plate if own > 0 else None
    )  # what else leads from whom the register recognised is found anyway
    if plate == "":
        return []
    since = timezone.now() - WAITING
    rows = _sql.of(ToldTraveller).prepared("stopped_here", station_id=station_id, since=since, plate=plate)
    return [row for row in rows if _may_be_meant(told, row, own)]


def _are_parted(stopped: ToldTraveller, people: set[int]) -> bool:
    """Whether a steward found that who was stopped (a row) is none of these people of the register."""
    return stopped["person_id"] < 0 < max(people) and any(is_apart(stopped, one) for one in people if one > 0)


def _may_be_meant(told: DeclaredFacts, row: ToldTraveller, own: int) -> bool:
    """Whether who was stopped here (a row) may be the one who says so: by two letters, a digit or a year; who
    has not declared also by a shorter name with a whole date, who has by whatever is enough anywhere
    (sameness.py). Whom the register knows as two are two, and whom it recognised it knows better than by a
    slip.
    """
    if max(own, 0) and max(row["person_id"], 0):
        return False
    stopped = sameness.of_declaration(row)
    is_slip = is_nearly_birth(
        sameness.compared_birth(stopped.birth), sameness.compared_birth(told.birth)
    ) and is_near(stopped.full_name, told.full_name, 2)
    if own:
        return (own < 0 and is_slip) or sameness.sameness(told, stopped) is not sameness.Sameness.NO
    is_whole = None not in (*told.birth, *stopped.birth)
    return is_slip or (is_whole and sameness.may_be_called_so(told, stopped))


def _memory(
    start: Ids, told: DeclaredFacts, own: PassInFull | None = None, at: dt.datetime | None = None
) -> Memory:
    now = at or timezone.now()
    ids = who_else(start, told, own, now)
    start = replace(start, sure=start.sure & ids.sure)
    everybody, nearest = sorted(ids.sure | ids.number | ids.name), sorted(ids.sure | ids.name)
    crossings = _crossings(everybody, ids, now, start.sure)
    known, apart = Memory(crossings, []), _told_apart(crossings, start.sure)
    found = _of_people(
        _sql.of(Sign),
        "signs",
        everybody,
        nearest=nearest,
        surely=sorted(ids.sure),
        since=now - LONGEST,
        **{f"{sign}_since": now - longest(sign) for sign in SIGNS},
        phones=sorted({phone for one in (told, *ids.decided) for phone in one.phones}),
    )
    signs: list[RememberedSign] = [
        {
            **sign,
            **ids.why(sign["person_id"]),
            "sure": sign["person_id"] in ids.sure and _is_own(sign, told, ids.decided),
        }
        for sign in (_as_of(known.left_of(one), now) for one in found)
        if warnings_in(sign) and not (own and sign["declaration_id"] == own["declaration_id"])
    ]
    # Who was told apart by the card is asked no more about what others declared, nor about what anybody may
    # have declared in their name.
    left = [
        sign
        for sign in signs
        if not (apart and sign["declared_at"] < apart) or (sign["sure"] and sign["person_id"] in start.sure)
    ]
    return Memory(crossings, left)


def _as_of(sign: Sign, now: dt.datetime) -> Sign:
    return cast(Sign, still_counting(sign, now))  # of the same columns


def _told_apart(crossings: Sequence[DecidedCrossing], own: set[int]) -> dt.datetime | None:
    """When an officer last saw by the card that this traveller is not whoever else they might be."""
    seen = (
        row["crossed_at"]
        for row in crossings
        if row["person_id"] in own and row["decision"] == "through" and row["reason_code"] == OTHER_PERSON
    )
    return max(seen, default=None)


def _of_people(rows: Rows[Row], statement: str, people: list[int], **values: Any) -> list[Row]:
    """Most travellers stand under one id, and for one id the server keeps its plan."""
    whose: dict[str, Any] = {"person": people[0]} if len(people) == 1 else {"people": people}
    return rows.prepared(
        statement, {"whose": _part("of_one" if len(people) == 1 else "of_several")}, **whose, **values
    )


def _crossings(people: list[int], ids: Ids, now: dt.datetime, own: set[int]) -> list[RememberedCrossing]:
    """Where these people were seen, latest first, but for what was taken back; `uncleared`: a stop that
    nobody cleared; `stopped_again`: its waiting ended with another stop. `own`: under whom the traveller
    stands in any case.
    """
    seen = _sql.of(DecidedCrossing)
    rows = _of_people(seen, "crossings", people, since=now - SEEN_FOR, surely=sorted(ids.sure))
    rows.sort(key=lambda row: row["crossed_at"], reverse=True)
    if not rows:
        return []
    which = {
        "people": [row["person_id"] for row in rows],
        "crossings": [row["crossing_id"] for row in rows],
        "stations": [row["station_id"] for row in rows],
    }
    found = _sql.of(CrossingSince).prepared("since_then", PARTS, **which)
    since_then = {row["crossing_id"]: row for row in found}
    apart = _told_apart([row for row in rows if row["crossing_id"] in since_then], own)
    known: list[KnownCrossing] = [
        {
            **row,
            **then,
            **ids.why(row["person_id"]),
            "why": in_words(row["reason_code"], row["reason"], row["about"]),
        }
        for row in rows
        if (then := since_then.get(row["crossing_id"]))
    ]
    return stops.as_they_count(known, own, apart, now)


def _is_own(sign: Sign, told: DeclaredFacts, decided: Collection[DeclaredFacts]) -> bool:
    """Whether an illness was surely declared by this person or for them: an official keyed it in, a steward
    decided that it is theirs, or name, whole birth date and telephone are. Who knows no more than a number, a
    name and a birth date makes nobody red.

    What the register recognised in full when it was declared stays theirs, whatever the record has become
    since. `decided`: as which unknown ones they declared before, as stewards found: what tells the same, with
    that telephone, is decided with it.
    """
    if sign["official_id"] or sign["is_decided"]:
        return True
    declared = sameness.of_declaration(sign)
    if sign["outcome"] == Outcome.CONFIRMED and None not in declared.birth:
        return sign["phone_agrees"] or bool(told.phones & declared.phones)
    return any(
        bool(one.phones & declared.phones)
        and declared.birth == one.birth
        and is_near(declared.full_name, one.full_name)
        and (None not in one.birth or (one is not told and sameness.tells_the_same(one, declared)))
        for one in (told, *decided)
    )


def _part(name: str) -> str:
    return _sql.part(name)

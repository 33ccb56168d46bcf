"""Reading the register.

What an official sees passes through `search` and `view`, which keep to the jurisdiction and write the audit;
the others serve modules that answer for both themselves.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from uuid_utils.compat import uuid7

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import lasting
from dancu.register.codes import ABSENT, ALIVE, CURRENT, DEAD, MISSING, PERMANENT, STAY, TEMPORARY
from dancu.register.counting.asked_area import asked_area, homes_of, stands
from dancu.register.counting.living import living_in
from dancu.register.counting.statistics import AgeBand, Statistics, StatisticsPart, statistics
from dancu.register.errors import NoSuchPerson
from dancu.register.formerly import formerly_anywhere
from dancu.register.found import FoundPerson
from dancu.register.lasting import LASTS
from dancu.register.living_there import Position
from dancu.register.merging import (
    MERGE_FIELDS,
    TOGETHER,
    Merge,
    current_ids,
    hanging_on,
    hanging_on_many,
    ids_of,
    merge_of,
    merged_into,
    merges_of,
    refuse_relatives,
    undone_merges,
)
from dancu.register.name_patterns import bears
from dancu.register.on_a_day import DayKnowledge, OnADay, on_a_day
from dancu.register.rows import (
    FormerNumber,
    HouseholdMember,
    KnownRelative,
    MarriageKept,
    PersonFacts,
    PersonRecord,
    PresentHome,
    RecordedEvent,
    RecordedResidence,
    RegisteredPerson,
    RemovedRecord,
)
from dancu.register.searching import MOST_FOUND, MOST_READ, MOST_SIFTED, SearchPage, search
from dancu.register.versions import person_as_of
from dancu.register.visibility import may_see, may_see_of, visible_areas
from dancu.values.masking import mask

__all__ = [
    "ABSENT",
    "ALIVE",
    "CURRENT",
    "DEAD",
    "MERGE_FIELDS",
    "MISSING",
    "MOST_FOUND",
    "MOST_READ",
    "MOST_SIFTED",
    "PERMANENT",
    "STAY",
    "TEMPORARY",
    "TOGETHER",
    "AgeBand",
    "DayKnowledge",
    "FormerNumber",
    "FoundPerson",
    "HouseholdMember",
    "KnownRelative",
    "MarriageKept",
    "Merge",
    "OnADay",
    "PersonFacts",
    "PersonRecord",
    "Position",
    "PresentHome",
    "RecordedEvent",
    "RecordedResidence",
    "RegisteredPerson",
    "RemovedRecord",
    "SearchPage",
    "Statistics",
    "StatisticsPart",
    "View",
    "asked_area",
    "bears",
    "by_number",
    "by_numbers",
    "formerly_anywhere",
    "get",
    "get_now",
    "hanging_on",
    "hanging_on_many",
    "homes",
    "homes_of",
    "ids_of",
    "living_in",
    "may_see",
    "may_see_of",
    "merge_of",
    "merged_into",
    "merges_of",
    "number_of_people",
    "on_a_day",
    "people",
    "person_as_of",
    "refuse_relatives",
    "search",
    "stands",
    "statistics",
    "taken_away",
    "undone_merges",
    "view",
    "visible_areas",
]

_sql = Queries(__file__)


class _WrittenEvent(RecordedEvent):
    """An event as its statement gives it."""

    changes: Any  # JSON


@dataclass(frozen=True)
class View:
    """All that the register holds of one person, for the person's page."""

    person: RegisteredPerson
    residences: list[RecordedResidence]
    household: list[HouseholdMember]
    relatives: list[KnownRelative]
    former_numbers: list[FormerNumber]
    events: list[RecordedEvent]
    areas: dict[int, areas.Area]


def by_number(number: str) -> list[FoundPerson]:
    """Whoever holds, or held before, this number: a PIN, a cancelled PIN or a CMND, of which several
    people may hold one.
    """
    return _sql.prepared_into(FoundPerson, "by_number", number=number)


def by_numbers(numbers: Collection[str]) -> dict[str, list[FoundPerson]]:
    """The same for several numbers, by number, in one statement."""
    found: dict[str, list[FoundPerson]] = {}
    for number, person in _sql.prepared_into(_under, "by_numbers", numbers=list(numbers)):
        found.setdefault(number, []).append(person)
    return found


def _under(number: str, *person: Any) -> tuple[str, FoundPerson]:
    return number, FoundPerson(*person)


def identify(acting: Acting, number: str) -> list[FoundPerson]:
    """As `by_number`, shown to an official's system: read and written to the audit in one statement."""
    parts = {"by_number": _sql.text("by_number")}
    return _sql.prepared_into(
        FoundPerson, "identify", parts, number=number, entry_id=uuid7(), **_actor(acting)
    )


def identify_many(acting: Acting, numbers: Collection[str]) -> dict[str, list[FoundPerson]]:
    """As `by_numbers`, in two statements; how many were asked, and how many nobody holds, is on the
    record too.
    """
    found = by_numbers(numbers)
    about = [person.person_id for held in found.values() for person in held]
    audit.record(
        acting,
        "register.identify",
        about,
        detail=f"{len(numbers)} asked, {len(numbers) - len(found)} of nobody's",
    )
    return found


def get(person_id: int) -> RegisteredPerson:
    """The current row of one person. Raises NoSuchPerson."""
    rows = _people([person_id])
    if not rows:
        raise NoSuchPerson(person_id)
    return rows[0]


def get_now(person_id: int) -> RegisteredPerson:
    """The same for an id that was written down earlier: since then its record may have been merged into
    another. Raises NoSuchPerson.
    """
    rows = _people([person_id])
    return rows[0] if rows else get(merged_into(person_id))


def people(person_ids: Iterable[int]) -> dict[int, RegisteredPerson]:
    """The current rows of these people, by person_id, in one statement; whom the register does not hold
    is left out.
    """
    return {row["person_id"]: row for row in _people(list(person_ids))}


def not_alive(person_ids: Collection[int]) -> list[int]:
    """Those of these people who are dead or missing now."""
    return [row["person_id"] for row in _sql.all("not_alive", person_ids=list(person_ids), alive=ALIVE)]


def with_telephones(phones: Collection[str]) -> list[int]:
    """Who has one of these telephones, as the register has it now."""
    return [row["person_id"] for row in _sql.all("with_telephones", phones=list(phones))]


def homes(person_ids: Iterable[int]) -> dict[int, list[PresentHome]]:
    """Where each of these people lives now."""
    found: dict[int, list[PresentHome]] = {}
    for row in _sql.of(PresentHome).all("open_residences", {"lasts": LASTS}, person_ids=list(person_ids)):
        found.setdefault(row["person_id"], []).append(row)
    return found


def view(acting: Acting, person_id: int) -> View:
    """A person's page. Raises NoSuchPerson also where the person lives outside the official's
    jurisdiction: the two look alike; TooMuchRead.
    """
    reading.count(acting)
    if not may_see(acting, person_id):
        audit.record(acting, "register.view_refused", [person_id])
        raise NoSuchPerson(person_id)
    audit.record(acting, "register.view", [person_id])
    record = record_of(person_id)
    named = (row["person_id"] for row in (*record.household, *record.relatives))
    if others := {one for one in named if one} - {person_id}:
        audit.record(acting, "register.view_relative", others, detail=f"of {person_id}")
    return record


def numbers(acting: Acting, person_id: int, kind: str) -> list[str]:
    """The person's numbers in full: kind "pin", "cmnd" or "former". On the record by itself, since a page
    shows them masked.

    Raises NoSuchPerson and TooMuchRead as `view` does.
    """
    reading.count(acting)
    if not may_see(acting, person_id):
        audit.record(acting, "register.view_refused", [person_id])
        raise NoSuchPerson(person_id)
    audit.record(acting, "register.number_shown", [person_id], detail=kind)
    if kind == "former":
        return [row["number"] for row in _sql.of(FormerNumber).all("former_numbers", person_id=person_id)]
    return [number for number in [get(person_id)[kind]] if number]


def taken_away(
    acting: Acting, *, person_id: int | None = None, number: str | None = None
) -> list[RemovedRecord]:
    """Of a person, or of whoever held a number, whose record left the register when its birth was undone; the
    number masked. On the record; whose home lay outside the official's jurisdiction is left out.
    """
    areas_seen = visible_areas(acting)
    found: list[RemovedRecord] = [
        {**row, "number": mask(row["number"])}
        for row in _sql.of(RemovedRecord).all("taken_away", person_id=person_id, number=number)
        if areas_seen is None or row["home_area"] in areas_seen
    ]
    if found:
        audit.record(acting, "register.view", [row["person_id"] for row in found], detail="left the register")
    return found


def record_of(person_id: int) -> View:
    """All that the register holds of one person, for the person themselves. Raises NoSuchPerson."""
    person = get(person_id)
    residences = lasting.residences(person_id)
    own = (person["birth_area"], person["native_area"], person["home_area"])
    used = {row["area_id"] for row in residences} | {area for area in own if area is not None}
    ids = {
        name: person[name]
        for name in ("person_id", "father_id", "mother_id", "spouse_id", "father_name", "mother_name")
    }
    now = current_ids(
        value for value in ids.values() if isinstance(value, int)
    )  # a relative's record may have been merged
    ids |= {name: now[value] for name, value in ids.items() if isinstance(value, int)}
    household = person["household_id"]
    members = _sql.of(HouseholdMember).all("household_members", household_id=household) if household else []
    return View(
        person=person,
        residences=residences,
        household=members,
        relatives=_sql.of(KnownRelative).all("relatives", **ids),
        former_numbers=_sql.of(FormerNumber).all("former_numbers", person_id=person_id),
        events=[
            {**row, "changes": json.loads(row["changes"])}
            for row in _sql.of(_WrittenEvent).all("events", person_id=person_id)
        ],
        areas=areas.get_many(used),
    )


def has_old_tables() -> bool:
    """Whether the register was made by the first, unreleased version, whose tables are not carried over
    (decision 0006).
    """
    return _sql.one("old_tables") is not None


def number_of_people() -> int:
    """How many people the register holds (exact below 100,000, else as the database last counted)."""
    return (_sql.one("count") or {})["people"]


def is_a_demos() -> bool:
    """Whether everybody here is invented: nobody is here yet, or the register began with the file of a
    demo (demo-100000.parquet).
    """
    return (_sql.one("is_a_demos") or {})["invented"]


def example_person(area_ids: Iterable[int], nth: int = 0) -> int:
    """A living adult of these areas who has a number, a telephone and a card: for a demo or a bench.
    Raises NoSuchPerson.
    """
    row = _sql.one(
        "some_person", areas=list(area_ids), after=dt.date(1960, 1, 1), before=dt.date(2000, 12, 31), nth=nth
    )  # fmt: skip
    if row is None:
        raise NoSuchPerson("of that kind")
    return row["person_id"]


def _people(person_ids: list[int]) -> list[RegisteredPerson]:
    return _sql.of(RegisteredPerson).prepared("people", person_ids=person_ids)


def _actor(acting: Acting) -> dict[str, Any]:
    return {
        "actor_id": acting.official_id,
        "actor_role": acting.role,
        "jurisdiction_kind": acting.jurisdiction_kind,
        "jurisdiction_id": acting.jurisdiction_id,
        "purpose": acting.purpose,
        "address": acting.address or None,
        "request_id": acting.request_id,
    }

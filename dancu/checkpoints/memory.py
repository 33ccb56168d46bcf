"""What is remembered of a traveller, whatever pass they show and wherever they stand: stops that nobody cleared, and what they declared
of an illness. One person may stand under several ids here: as whom the register recognised, and as nobody, once for each declaration
that it did not recognise. The number holds these together; where it was given one time and not the other, name and birth date do, surely
with the same telephone and else perhaps.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from rapidfuzz.distance import DamerauLevenshtein

from dancu.checkpoints.passes import VALID_FOR
from dancu.checkpoints.reasons import FOUND_WELL, in_words
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.matching.lookups import normalise_name
from dancu.register.numbers import clean_number
from dancu.register.phones import clean_phone
from dancu.sounds import given_key

_sql = Queries(__file__, "memory.sql")
PARTS = {part: _sql.text(part).split("\n", 1)[1] for part in ("counts", "of_this")}

SEEN_FOR = dt.timedelta(days=90)
_SAME_NUMBER_FOR = dt.timedelta(days=180)
_SAME_NAME_FOR = dt.timedelta(days=14)
_NEAR = 1  # letters by which two names may differ


@dataclass(frozen=True)
class Memory:
    """`crossings`: where the traveller was seen, latest first. `stops`: those of them where they were held or turned back and not
    cleared since. `signs`: declarations of an illness whose passes would still count. `sure` in each:
    whether it is surely this person's, and not only somebody's of that number, or of that name and birth date.
    """

    crossings: list[dict[str, Any]]
    signs: list[dict[str, Any]]

    @cached_property
    def stops(self) -> list[dict[str, Any]]:
        return [crossing for crossing in self.crossings if crossing["uncleared"]]

    @cached_property
    def colour(self) -> str:
        """What this alone would come to: green, amber (look again) or red (stop)."""
        if any(stop["sure"] and stop["decision"] == "back" for stop in self.stops) or any(
            sign["sure"] and sign["test_result"] == "positive" for sign in self.signs
        ):
            return "red"
        return "amber" if self.stops or self.signs else "green"

    def of_pass(self, pass_id: int) -> list[dict[str, Any]]:
        """The crossings with one pass."""
        return [crossing for crossing in self.crossings if crossing["pass_id"] == pass_id]


def of_declaration(declaration: Mapping[str, Any], person: Mapping[str, Any] | None) -> Memory:
    """What is remembered of the one who declared this (a row with the declaration's columns).

    `person`: the register's row of whom it recognised, or of whose the declared number is; None where it knows nobody.
    """
    birth = tuple(declaration[f"birth_{part}"] for part in ("year", "month", "day"))
    numbers = {declaration["number"], clean_number(declaration["number"]).upper()} | (
        _numbers_of(person) if person else set()
    )
    people = {declaration["person_id"]} | ({person["person_id"]} if person else set())
    phones = {clean_phone(declaration["phone"]), clean_phone(declaration["declarer_phone"])}
    return _memory(people, numbers, declaration["full_name"], birth, phones, declaration["declaration_id"])


def of_person(person: Mapping[str, Any]) -> Memory:
    """What is remembered of a person of the register (a row of it)."""
    born, precision = person["birth_date"], person["birth_precision"]
    birth = (born.year, born.month if precision != "Y" else None, born.day if precision == "D" else None)
    return _memory(
        {person["person_id"]}, _numbers_of(person), person["full_name"], birth, {clean_phone(person["phone"])}, None
    )


def name_key(full_name: str) -> int:
    """By what a declared name is found again: how its given name sounds, whichever comes first."""
    return given_key(normalise_name(full_name).ordered or full_name)


def _memory(
    people: set[int], numbers: Collection[str], full_name: str, birth: tuple[Any, ...], phones: set[str], own: Any
) -> Memory:
    now = timezone.now()
    numbered, surely, perhaps = _others(people, full_name, birth, phones - {""}, set(numbers) - {""}, now)
    nearest = people | surely | perhaps
    everybody, theirs = sorted(nearest | numbered), people | surely | numbered
    crossings = _crossings(everybody, theirs, now)
    found_well = max(
        (row["crossed_at"] for row in crossings if row["reason_code"] in FOUND_WELL and row["sure"]), default=None
    )
    declared = _sql.prepared("signs", people=everybody, nearest=sorted(nearest), since=now - VALID_FOR)
    signs = [
        sign
        | {
            "is_theirs": sign["person_id"] in theirs,
            "sure": sign["person_id"] in theirs and _is_sure(sign, people, full_name, birth, phones),
        }
        for sign in declared
        if sign["declaration_id"] != own and not (found_well and sign["declared_at"] < found_well)
    ]
    return Memory(crossings, signs)


def _crossings(people: list[int], theirs: set[int], now: dt.datetime) -> list[dict[str, Any]]:
    """Where these people were seen, latest first, but for what was taken back; `uncleared`: a stop that nobody cleared."""
    rows = _sql.prepared("crossings", people=people, since=now - SEEN_FOR)
    if not rows:
        return []
    which = {
        name: [row[column] for row in rows]
        for name, column in {"people": "person_id", "crossings": "crossing_id", "stations": "station_id"}.items()
    }
    since_then = {row["crossing_id"]: row for row in _sql.prepared("since_then", PARTS, **which)}
    return [
        row | then | {
            "uncleared": row["decision"] != "through" and not then["cleared"], "sure": row["person_id"] in theirs,
            "why": in_words(row["reason_code"], row["reason"]),
        }
        for row in rows if (then := since_then.get(row["crossing_id"]))
    ]  # fmt: skip


def _is_sure(
    sign: Mapping[str, Any], people: set[int], full_name: str, birth: tuple[Any, ...], phones: set[str]
) -> bool:
    """Whether this person declared it: the register recognised them, or name, birth date and telephone are the same. Who knows no more
    than a number and a name makes nobody red.
    """
    if sign["person_id"] in people:
        return True
    born = (sign["birth_year"], sign["birth_month"], sign["birth_day"])
    return born == birth and clean_phone(sign["phone"]) in phones - {""} and _is_near(sign["full_name"], full_name)


def _others(
    people: set[int], full_name: str, birth: tuple[Any, ...], phones: set[str], numbers: set[str], now: dt.datetime
) -> tuple[set[int], set[int], set[int]]:
    """Whoever was declared with one of the numbers; and of those declared lately with this name and birth date, who surely are the same,
    by telephone or number, and who may be.
    """
    year, month, day = birth
    of_whom = {"of_whom": _sql.text("strangers_only").split("\n", 1)[1] if max(people) > 0 else ""}
    rows = _sql.prepared(
        "others", of_whom, numbers=sorted(numbers), numbered_since=now - _SAME_NUMBER_FOR, year=year, month=month, day=day,
        given_keys=[name_key(full_name)], named_since=now - _SAME_NAME_FOR,
    )  # fmt: skip
    numbered = {row["person_id"] for row in rows if row["numbered"]}
    found = [
        row for row in rows
        if not row["numbered"] and row["person_id"] not in people and _is_near(row["full_name"], full_name)
    ]  # fmt: skip
    surely = {
        row["person_id"]
        for row in found
        if phones & {clean_phone(row["phone"]), clean_phone(row["declarer_phone"])} or row["number"] in numbers
    }
    return numbered, surely, {row["person_id"] for row in found} - surely - numbered


def _is_near(one: str, other: str) -> bool:
    """Whether two names may be one written twice: but for marks and order, for a letter, or for a word left out."""
    a, b = fold(one), fold(other)
    words_a, words_b = set(a.split()), set(b.split())
    fewer = min(words_a, words_b, key=len)
    return (
        words_a == words_b
        or DamerauLevenshtein.distance(a, b, score_cutoff=_NEAR) <= _NEAR
        or (len(fewer) > 1 and fewer <= (words_a | words_b) - (words_a ^ words_b))
    )


def _numbers_of(person: Mapping[str, Any]) -> set[str]:
    return {number for number in (person["pin"], person["cmnd"]) if number}

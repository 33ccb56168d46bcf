"""What is remembered of a traveller, whatever pass they show and wherever they stand: stops that nobody cleared, and what they declared
of an illness. One person may stand under several ids here: as whom the register recognised, and as nobody, once for each declaration
that it did not recognise; the number, or without one the name and birth date, holds these together.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from dancu.checkpoints.passes import VALID_FOR
from dancu.checkpoints.reasons import in_words
from dancu.db.queries import Queries
from dancu.folding import fold

_sql = Queries(__file__, "memory.sql")
PARTS = {"counts": _sql.text("counts").split("\n", 1)[1]}
_PARTS = {
    "people": _sql.text("people").split("\n", 1)[1],
    "uncleared": f"({_sql.text('uncleared').split(chr(10), 1)[1]})",  # before `counts`, which stands in it
} | PARTS

SEEN_FOR = dt.timedelta(days=90)
_SAME_NUMBER_FOR = dt.timedelta(days=180)
_SAME_NAME_FOR = dt.timedelta(days=14)


@dataclass(frozen=True)
class Memory:
    """`crossings`: where the traveller was seen, latest first. `stops`: those of them where they were held or turned back and not
    cleared since. `signs`: declarations of an illness whose passes would still count; `sure` in each:
    whether it is surely this person's, and not only somebody's who declared the same number.
    """

    crossings: list[dict[str, Any]]
    signs: list[dict[str, Any]]

    @cached_property
    def stops(self) -> list[dict[str, Any]]:
        return [crossing for crossing in self.crossings if crossing["uncleared"]]

    @cached_property
    def colour(self) -> str:
        """What this alone would come to: green, amber (look again) or red (stop)."""
        if any(stop["decision"] == "back" for stop in self.stops) or any(
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
    people = {declaration["person_id"]} | ({person["person_id"]} if person else set())
    if not declaration["number"]:
        people |= _without_number(declaration)
    numbers = {declaration["number"]} | (_numbers_of(person) if person else set())
    return _memory(people, numbers, declaration["full_name"], declaration["declaration_id"])


def of_person(person: Mapping[str, Any]) -> Memory:
    """What is remembered of a person of the register (a row of it)."""
    return _memory({person["person_id"]}, _numbers_of(person), person["full_name"], None)


def _memory(people: set[int], numbers: Collection[str], full_name: str, own: Any) -> Memory:
    now = timezone.now()
    whose = {
        "people": sorted(people), "numbers": sorted(filter(None, numbers)), "numbered_since": now - _SAME_NUMBER_FOR,
    }  # fmt: skip
    crossings = _sql.all("crossings", _PARTS, since=now - SEEN_FOR, **whose)
    for row in crossings:
        row["why"] = in_words(row["reason_code"], row["reason"])
    name = fold(full_name)
    signs = [
        sign | {"sure": fold(sign["full_name"]) == name}
        for sign in _sql.all("signs", _PARTS, since=now - VALID_FOR, **whose)
        if sign["declaration_id"] != own
    ]
    return Memory(crossings, signs)


def _numbers_of(person: Mapping[str, Any]) -> set[str]:
    return {number for number in (person["pin"], person["cmnd"]) if number}


def _without_number(declaration: Mapping[str, Any]) -> set[int]:
    """Others declared without a number, of the same name and birth date."""
    rows = _sql.all(
        "without_number", year=declaration["birth_year"], month=declaration["birth_month"], day=declaration["birth_day"],
        since=timezone.now() - _SAME_NAME_FOR,
    )  # fmt: skip
    name = fold(declaration["full_name"])
    return {row["person_id"] for row in rows if fold(row["full_name"]) == name}

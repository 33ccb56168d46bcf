"""Whether two who are told of are one and the same traveller: one answer for the officer at the road and the commune that awaits them.

By the numbers that were given, the name, the birth date and the telephones, the traveller's own and that of whoever declared for them.
docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from dancu.matching.likeness import (
    Birth,
    birth_of,
    born_as_declared,
    is_near,
    is_nearly_birth,
    is_one_name,
    may_be_one_birth,
)
from dancu.register.numbers import clean_number
from dancu.register.phones import clean_phone

SAME_NUMBER_FOR = dt.timedelta(days=180)
"""How long a number leads to who declared it."""

SAME_NAME_FOR = dt.timedelta(days=14)
"""And how long a telephone, or a name and birth date, does."""


class Sameness(IntEnum):
    """Somebody else, perhaps the same, surely the same."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True)
class Told:
    """What is told of a traveller: each number and telephone in its one form."""

    full_name: str
    birth: Birth
    numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    sex: int = 0  # 0: not told

    def held_by(self, person: Mapping[str, Any]) -> "Told":
        """The same traveller, who is this person of the register (a row): they may be told of by all that it holds of them."""
        held = of_person(person)
        return replace(self, numbers=self.numbers | held.numbers, phones=self.phones | held.phones)


def of_declaration(row: Mapping[str, Any]) -> Told:
    """As it was declared: the row of a declaration or of an arrival."""
    return Told(row["full_name"], born_as_declared(row), number_forms(row["number"]), phones_of(row), row["sex"] or 0)


def of_person(person: Mapping[str, Any]) -> Told:
    """As the register holds them (a row): with all numbers that they hold or held."""
    numbers = {person["pin"], person["cmnd"], *person["former_numbers"]}
    return Told(
        person["full_name"], birth_of(person), frozenset(number for number in numbers if number), phones_of(person), person["sex"] or 0,
    )  # fmt: skip


def number_forms(number: str | None) -> frozenset[str]:
    """As it was written, and as it is compared: "b 123.45" → {"b 123.45", "B12345"}."""
    return frozenset({number or "", clean_number(number or "").upper()} - {""})


def phones_of(row: Mapping[str, Any]) -> frozenset[str]:
    """The telephones of a declaration, or of a person, in the one form in which they are compared."""
    return frozenset({clean_phone(row["phone"]), clean_phone(row.get("declarer_phone"))} - {""})


def is_holder(told: Told, person: Mapping[str, Any]) -> bool:
    """Whether who gave this person's number (a row of the register) is surely this person: under another name it may be anybody, whenever
    they were born.
    """
    return is_near(told.full_name, person["full_name"])


def sameness(one: Told, other: Told) -> Sameness:
    """Surely the same: one number under nearly the same name; or one telephone with the same name, a birth date that may be one, and no other
    sex, as twins have. Perhaps: less than that. The same whichever of the two is asked about.
    """
    near = is_near(one.full_name, other.full_name)
    if one.numbers & other.numbers:
        return Sameness.SURELY if near else Sameness.PERHAPS
    if not near:
        return Sameness.NO
    has_phone = bool(one.phones & other.phones)
    if may_be_one_birth(one.birth, other.birth):
        is_other_sex = one.sex and other.sex and one.sex != other.sex
        is_same = has_phone and not is_other_sex and is_one_name(one.full_name, other.full_name)
        return Sameness.SURELY if is_same else Sameness.PERHAPS
    return Sameness.PERHAPS if has_phone and is_nearly_birth(one.birth, other.birth) else Sameness.NO


def may_be_recorded_twice(one: Told, other: Told) -> bool:
    """Whether two whom the register holds as two are told of alike to the letter: name, whole birth date, sex and a telephone."""
    return (
        one.full_name.casefold() == other.full_name.casefold()
        and one.birth == other.birth
        and None not in one.birth
        and one.sex == other.sex
        and bool(one.phones & other.phones)
    )

"""Whether two declarations are of the same traveller: one answer for the officer at the station and for the
commune that expects them.

It compares numbers, name, birth date, sex and telephones (the traveller's own and the declarer's). What
people decided takes precedence: partings.py. docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from dancu.matching.dates import GENERATION
from dancu.matching.likeness import (
    Birth,
    birth_of,
    born_as_declared,
    is_called_so,
    is_near,
    is_nearly_birth,
    is_one_name,
    is_shortened,
    may_be_one_birth,
)
from dancu.matching.names import spelling
from dancu.text.folding import fold
from dancu.values.digits import clean_number
from dancu.values.errors import BadNumber
from dancu.values.numbers import parse_pin
from dancu.values.phones import clean_phone

SAME_NUMBER_FOR = dt.timedelta(days=180)
"""How long a number leads to the traveller who declared it."""

SAME_NAME_FOR = dt.timedelta(days=14)
"""How long a telephone, or a name and birth date, does."""


class Sameness(IntEnum):
    """Somebody else, perhaps the same traveller, surely the same traveller."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True)
class DeclaredFacts:
    """What is declared or recorded of a traveller, each number and telephone in its one form."""

    full_name: str
    birth: Birth
    numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    sex: int = 0  # 0: not declared
    plate: str = field(default="", compare=False)  # of the vehicle, which several may share

    def with_record(self, person: Mapping[str, Any]) -> "DeclaredFacts":
        """These facts of a traveller who is this person of the register (a row), with the person's own
        numbers and telephones.
        """
        record = of_person(person)
        return replace(self, numbers=self.numbers | record.numbers, phones=self.phones | record.phones)


def of_declaration(row: Mapping[str, Any]) -> DeclaredFacts:
    """The facts of a declaration or of an arrival (a row)."""
    return DeclaredFacts(
        row["full_name"],
        born_as_declared(row),
        number_forms(row["number"]),
        phones_of(row),
        row["sex"] or 0,
        row.get("plate") or "",
    )


def of_person(person: Mapping[str, Any]) -> DeclaredFacts:
    """The facts of a person of the register (a row), with all present and former numbers."""
    numbers = {person["pin"], person["cmnd"], *person["former_numbers"]}
    return DeclaredFacts(
        person["full_name"],
        birth_of(person),
        frozenset(number for number in numbers if number),
        phones_of(person),
        person["sex"] or 0,
    )


def number_forms(number: str | None) -> frozenset[str]:
    """A number as it was written, and in its one form: "b 123.45" → {"b 123.45", "B12345"}."""
    return frozenset({number or "", clean_number(number or "").upper()} - {""})


def phones_of(row: Mapping[str, Any]) -> frozenset[str]:
    """The telephones of a declaration or of a person (a row), each in its one form."""
    return frozenset({clean_phone(row["phone"]), clean_phone(row.get("declarer_phone"))} - {""})


def sameness(one: DeclaredFacts, other: DeclaredFacts, *, are_linked: bool = False) -> Sameness:
    """Whether these are surely, perhaps or not at all the same traveller, in either order.

    Surely: they share a number, with nearly the same name and birth dates that may be one; or they share a
    telephone, a sender or a relative's number, with the same name. Perhaps: less than that, or a number
    alone; with a shared telephone or vehicle also where the name is shortened, or the birth date is a digit
    or a year off. Of a birth date on 1 January only the year counts. `are_linked`: by something as good as a
    telephone, such as one browser that sent both, or one station on one day.
    """
    is_near_name = is_near(one.full_name, other.full_name)
    numbers = one.numbers & other.numbers
    are_linked = are_linked or bool(one.phones & other.phones)
    if any(_may_be_of_either(number, one, other) for number in numbers):
        return Sameness.SURELY if is_near_name and _may_hold_one_number(one, other) else Sameness.PERHAPS
    if (numbers or are_linked) and _are_told_alike(one, other):
        return Sameness.SURELY
    if numbers:
        return Sameness.PERHAPS
    births = compared_birth(one.birth), compared_birth(other.birth)
    is_in_one_vehicle = one.plate == other.plate != ""
    if is_near_name and (
        may_be_one_birth(*births) or ((are_linked or is_in_one_vehicle) and is_nearly_birth(*births))
    ):
        return Sameness.PERHAPS
    are_together = are_linked or (is_in_one_vehicle and is_shortened(one.full_name, other.full_name))
    return Sameness.PERHAPS if are_together and may_be_called_so(one, other) else Sameness.NO


def may_be_called_so(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two who are linked by something else may be one although a name is shortened: their birth dates
    may be one, and their names agree as far as they go. With the same complete date the given name is enough.
    """
    if not may_be_one_birth(compared_birth(one.birth), compared_birth(other.birth)):
        return False
    is_whole_date = None not in (*one.birth, *other.birth) and may_be_one_birth(one.birth, other.birth)
    return (is_called_so if is_whole_date else is_shortened)(one.full_name, other.full_name)


def compared_birth(birth: Birth) -> Birth:
    """A birth date as it is compared: 1 January stands for an unknown day, as on many old people's papers."""
    return (birth[0], None, None) if birth[1:] == (1, 1) else birth


def is_holder(declared: DeclaredFacts, person: Mapping[str, Any]) -> bool:
    """Whether somebody who declared this person's number is surely this person (a row of the register). With
    another name or birth date it may be anybody in the family.
    """
    return sameness(declared, of_person(person)) is Sameness.SURELY


def fits_better(declared: DeclaredFacts, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the declared facts fit `one` better than `other` (rows of the register), by number, name, birth
    date, telephone and sex. False where they fit both alike.
    """
    return _fit(declared, of_person(one)) > _fit(declared, of_person(other))


def tells_the_same(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two declare exactly the same, so that what people decided of the one holds for the other."""
    return fold(one.full_name) == fold(other.full_name) and replace(one, full_name="") == replace(
        other, full_name=""
    )


def may_be_recorded_twice(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two records of the register agree to the letter in name, complete birth date, sex and a
    telephone.
    """
    return (
        one.full_name.casefold() == other.full_name.casefold()
        and one.birth == other.birth
        and None not in one.birth
        and one.sex == other.sex
        and bool(one.phones & other.phones)
    )


def _fit(declared: DeclaredFacts, person: DeclaredFacts) -> tuple[Sameness, int]:
    """How well the declared facts fit a person: first their sameness, then a count of what agrees, exact
    agreement counting more.
    """
    one, other = declared.full_name, person.full_name
    is_so = (
        declared.numbers & person.numbers,
        is_near(one, other),
        is_one_name(one, other),
        spelling(one).casefold() == spelling(other).casefold(),
        may_be_one_birth(declared.birth, person.birth),
        is_nearly_birth(declared.birth, person.birth),
        declared.birth == person.birth,
        declared.phones & person.phones,
        declared.sex and declared.sex == person.sex,
    )
    weights = (3, 1, 1, 1, 1, 1, 1, 3, 1)
    return sameness(declared, person), sum(
        weight for weight, fits in zip(weights, is_so, strict=True) if fits
    )


def _may_hold_one_number(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two with nearly the same name who declared the same number may be one. Families give a child
    its father's number, and Hùng's son is Hưng, An's sister Anh.
    """
    if _are_of_other_sex(one, other):
        return (
            spelling(one.full_name) == spelling(other.full_name)
            and one.birth == other.birth
            and None not in one.birth
        )
    births = compared_birth(one.birth), compared_birth(other.birth)
    return may_be_one_birth(*births) or _is_slip(*births)


def _are_told_alike(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two agree in all that both declare. No letter may differ, nor the sex: twins have the same
    telephone, and their mother's number.
    """
    return (
        is_one_name(one.full_name, other.full_name)
        and may_be_one_birth(compared_birth(one.birth), compared_birth(other.birth))
        and not _are_of_other_sex(one, other)
    )


def _are_of_other_sex(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    return bool(one.sex and other.sex) and one.sex != other.sex


def _may_be_of_either(number: str, one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether a shared number can be either's own. A personal number contains its holder's birth year and
    sex: where that fits neither of the two, it is a relative's.
    """
    try:
        pin = parse_pin(number)
    except BadNumber:
        return True
    return any(told.birth[0] == pin.birth_year and told.sex in (0, pin.sex) for told in (one, other))


def _is_slip(one: Birth, other: Birth) -> bool:
    """Whether two complete dates differ by one digit or one year only; never by a generation, though 1980 and
    1960 are one digit apart.
    """
    is_whole = None not in (*one, *other)
    return is_whole and abs(one[0] - other[0]) <= GENERATION and is_nearly_birth(one, other)

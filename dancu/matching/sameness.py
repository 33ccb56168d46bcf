"""Whether two who are told of are one and the same traveller: one answer for the officer at the road and the
commune that awaits them.

By the numbers that were given, the name, the birth date, the sex and the telephones, the traveller's own and
that of whoever declared for them. What people decided goes before it: partings.py.
docs/decisions/0016-a-stop-stays.md
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
"""How long a number leads to who declared it."""

SAME_NAME_FOR = dt.timedelta(days=14)
"""And how long a telephone, or a name and birth date, does."""


class Sameness(IntEnum):
    """Somebody else, perhaps the same, surely the same."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True)
class DeclaredFacts:
    """What is told of a traveller: each number and telephone in its one form."""

    full_name: str
    birth: Birth
    numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    sex: int = 0  # 0: not told
    plate: str = field(default="", compare=False)  # of a vehicle, which is not of them

    def held_by(self, person: Mapping[str, Any]) -> "DeclaredFacts":
        """The same traveller, who is this person of the register (a row): they may be told of by all that
        it holds of them.
        """
        held = of_person(person)
        return replace(self, numbers=self.numbers | held.numbers, phones=self.phones | held.phones)


def of_declaration(row: Mapping[str, Any]) -> DeclaredFacts:
    """As it was declared: the row of a declaration or of an arrival."""
    return DeclaredFacts(
        row["full_name"],
        born_as_declared(row),
        number_forms(row["number"]),
        phones_of(row),
        row["sex"] or 0,
        row.get("plate") or "",
    )


def of_person(person: Mapping[str, Any]) -> DeclaredFacts:
    """As the register holds them (a row): with all numbers that they hold or held."""
    numbers = {person["pin"], person["cmnd"], *person["former_numbers"]}
    return DeclaredFacts(
        person["full_name"],
        birth_of(person),
        frozenset(number for number in numbers if number),
        phones_of(person),
        person["sex"] or 0,
    )


def number_forms(number: str | None) -> frozenset[str]:
    """As it was written, and as it is compared: "b 123.45" → {"b 123.45", "B12345"}."""
    return frozenset({number or "", clean_number(number or "").upper()} - {""})


def phones_of(row: Mapping[str, Any]) -> frozenset[str]:
    """The telephones of a declaration, or of a person, in the one form in which they are compared."""
    return frozenset({clean_phone(row["phone"]), clean_phone(row.get("declarer_phone"))} - {""})


def sameness(one: DeclaredFacts, other: DeclaredFacts, *, are_linked: bool = False) -> Sameness:
    """Whether these are surely, perhaps or not at all the same traveller, whichever of the two is asked
    about.

    Surely: one number under nearly the same name, with births that may be one; or one telephone, or sender,
    or number that is a relative's, under the same name. Perhaps: less than that, and a number alone; with a
    telephone, or in one vehicle, also where the name is shortened, or the birth date a digit or a year off.
    Of a birth date on the first of January only the year counts. `are_linked`: by something else as good as a
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
    births = as_known(one.birth), as_known(other.birth)
    is_in_one_vehicle = one.plate == other.plate != ""
    if is_near_name and (
        may_be_one_birth(*births) or ((are_linked or is_in_one_vehicle) and is_nearly_birth(*births))
    ):
        return Sameness.PERHAPS
    are_together = are_linked or (is_in_one_vehicle and is_shortened(one.full_name, other.full_name))
    return Sameness.PERHAPS if are_together and may_be_called_so(one, other) else Sameness.NO


def may_be_called_so(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two whose birth dates may be one may be so by a name that is shortened, where something links
    them besides. With one whole date the given name is enough, whatever the others.
    """
    if not may_be_one_birth(as_known(one.birth), as_known(other.birth)):
        return False
    is_whole_date = None not in (*one.birth, *other.birth) and may_be_one_birth(one.birth, other.birth)
    return (is_called_so if is_whole_date else is_shortened)(one.full_name, other.full_name)


def as_known(birth: Birth) -> Birth:
    """As it is compared: the first of January stands for a day that nobody knew, as on many old people's
    papers.
    """
    return (birth[0], None, None) if birth[1:] == (1, 1) else birth


def is_holder(told: DeclaredFacts, person: Mapping[str, Any]) -> bool:
    """Whether who gave this person's number (a row of the register) is surely this person: under another
    name, or with another birth date, it may be anybody of the family.
    """
    return sameness(told, of_person(person)) is Sameness.SURELY


def is_rather(told: DeclaredFacts, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Of two people whom the register holds (rows): whether what was told fits the one better than the other,
    by number, name, birth date, telephone and sex. Neither, where it fits both alike.
    """
    return _fit(told, of_person(one)) > _fit(told, of_person(other))


def tells_the_same(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two say the same of themselves, not merely nearly: what people decided of the one goes for
    the other.
    """
    return fold(one.full_name) == fold(other.full_name) and replace(one, full_name="") == replace(
        other, full_name=""
    )


def may_be_recorded_twice(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Whether two whom the register holds as two are told of alike to the letter: name, whole birth date,
    sex and a telephone.
    """
    return (
        one.full_name.casefold() == other.full_name.casefold()
        and one.birth == other.birth
        and None not in one.birth
        and one.sex == other.sex
        and bool(one.phones & other.phones)
    )


def _fit(told: DeclaredFacts, person: DeclaredFacts) -> tuple[Sameness, int]:
    """How well what was told fits: first who it may be, then how much of it is theirs, each thing alike,
    most of all to the letter.
    """
    one, other = told.full_name, person.full_name
    is_so = (
        told.numbers & person.numbers,
        is_near(one, other),
        is_one_name(one, other),
        spelling(one).casefold() == spelling(other).casefold(),
        may_be_one_birth(told.birth, person.birth),
        is_nearly_birth(told.birth, person.birth),
        told.birth == person.birth,
        told.phones & person.phones,
        told.sex and told.sex == person.sex,
    )
    weights = (3, 1, 1, 1, 1, 1, 1, 3, 1)
    return sameness(told, person), sum(weight for weight, fits in zip(weights, is_so, strict=True) if fits)


def _may_hold_one_number(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """Of two of nearly one name who gave the same number: families give a child its father's, and Hùng's
    son is Hưng, An's sister Anh.
    """
    if _are_of_other_sex(one, other):
        return (
            spelling(one.full_name) == spelling(other.full_name)
            and one.birth == other.birth
            and None not in one.birth
        )
    births = as_known(one.birth), as_known(other.birth)
    return may_be_one_birth(*births) or _is_slip(*births)


def _are_told_alike(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """The same but for what is left out. Not with a letter's slip, nor with another sex: twins have one
    telephone, and one mother's number.
    """
    return (
        is_one_name(one.full_name, other.full_name)
        and may_be_one_birth(as_known(one.birth), as_known(other.birth))
        and not _are_of_other_sex(one, other)
    )


def _are_of_other_sex(one: DeclaredFacts, other: DeclaredFacts) -> bool:
    return bool(one.sex and other.sex) and one.sex != other.sex


def _may_be_of_either(number: str, one: DeclaredFacts, other: DeclaredFacts) -> bool:
    """A personal number says when its holder was born and of what sex: where that is neither of these
    two, it is a relative's.
    """
    try:
        pin = parse_pin(number)
    except BadNumber:
        return True
    return any(told.birth[0] == pin.birth_year and told.sex in (0, pin.sex) for told in (one, other))


def _is_slip(one: Birth, other: Birth) -> bool:
    """Two whole dates, but for one digit or a year; never a generation apart, though 1980 and 1960 are
    one digit apart.
    """
    is_whole = None not in (*one, *other)
    return is_whole and abs(one[0] - other[0]) <= GENERATION and is_nearly_birth(one, other)

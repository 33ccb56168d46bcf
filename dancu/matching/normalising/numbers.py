"""A number that may have been written down wrongly: which it may have been.

A PIN has no check digit, so a repair is only a proposal: it counts where name and birth date then are its
holder's.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from dancu.register.codes import MALE
from dancu.values.digits import clean_number
from dancu.values.errors import NumberRounded
from dancu.values.numbers import PROVINCES, BadNumber, Pin, has_place, parse_pin

Repair = Literal["as_given", "look_alike", "lost_zero", "transposed", "one_digit"]
MOST = 40  # candidates; all are looked up in one statement

_LOOK_ALIKE = str.maketrans("OoQDlIi|", "00001111")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_DECIMAL = re.compile(r"(\d{7,12})[.,]0+")


@dataclass(frozen=True)
class NumberRepair:
    """A number, and how it differs from the one given."""

    number: str
    repair: Repair


def repairs(text: str, sex: int = 0, birth_year: int | None = None) -> list[NumberRepair]:
    """The numbers that may be meant, the likeliest first, at most 40: 12 digits (PIN) or 9 (the older CMND).

    As given; with letters for digits (O, l) read as such; with the zeros that a spreadsheet drops; with two
    neighbours exchanged; and with one digit of a PIN put right where province, century, sex or birth year say
    which. `sex`: 1 male, 2 female, 0 not stated. Empty where the text is far from any number. Raises
    NumberRounded where a spreadsheet kept only its first digits ("7.92E+10").
    """
    return list(_repaired(text, sex, birth_year))


@lru_cache(maxsize=1 << 10)  # of one declaration it is asked by several
def _repaired(text: str, sex: int, birth_year: int | None) -> tuple[NumberRepair, ...]:
    number, first = _digits(text)
    found: dict[str, Repair] = {}
    for whole, repair in _whole(number, first):
        found.setdefault(whole, repair)
        for other in _transposed(whole):
            if len(other) == 9 or _fits(other, sex, birth_year):
                found.setdefault(other, "transposed")
        if len(whole) == 12:
            for other in _one_digit_right(whole, sex, birth_year):
                found.setdefault(other, "one_digit")
    candidates = [NumberRepair(number, repair) for number, repair in found.items()]
    return tuple(sorted(candidates, key=lambda candidate: _ORDER.index(candidate.repair))[:MOST])


_ORDER: list[Repair] = ["as_given", "look_alike", "lost_zero", "transposed", "one_digit"]


def without_decimals(text: str) -> str | None:
    """The digits of a number that a spreadsheet or a program wrote as an amount, "79085000123.0"; None
    where it is none.
    """
    found = _DECIMAL.fullmatch(text)
    return found[1] if found else None


def _digits(text: str) -> tuple[str, Repair]:
    """The digits of a number however it is written, and whether letters stood for some."""
    text = text.strip().lstrip("'’")
    if found := _SCIENTIFIC.fullmatch(text):
        whole, fraction, exponent = found[1], found[2] or "", int(found[3])
        if exponent > len(fraction):
            raise NumberRounded(text)
        return (whole + fraction)[: exponent + 1], "as_given"
    if whole := without_decimals(text):
        return whole, "as_given"
    number = clean_number(text)
    plain = number.translate(_LOOK_ALIKE)
    readable = plain.isascii() and plain.isdigit() and sum(map(str.isdigit, number)) * 2 > len(number)
    return (plain if readable else ""), ("as_given" if plain == number else "look_alike")


def _whole(number: str, first: Repair) -> Iterator[tuple[str, Repair]]:
    """The number with as many digits as a number has."""
    if len(number) in (9, 12):
        yield number, first
    elif len(number) in (10, 11) and _usable("0" * (12 - len(number)) + number):
        yield "0" * (12 - len(number)) + number, "lost_zero"
    elif len(number) == 8:
        yield "0" + number, "lost_zero"


def _transposed(number: str) -> Iterator[str]:
    for at, (one, other) in enumerate(pairwise(number)):
        if one != other:
            yield number[:at] + other + one + number[at + 2 :]


def _one_digit_right(number: str, sex: int, birth_year: int | None) -> Iterator[str]:
    """One digit other: of the province where that does not exist, of century, sex or year where they
    contradict what is declared.
    """
    if not has_place(number):
        for code in PROVINCES:
            if sum(a != b for a, b in zip(code, number, strict=False)) == 1 and _fits(
                code + number[3:], sex, birth_year
            ):
                yield code + number[3:]
    if birth_year is None or not 1900 <= birth_year < 2400:
        return
    for of_sex in (sex,) if sex else (1, 2):
        expected = f"{(birth_year // 100 - 19) * 2 + of_sex - MALE}{birth_year % 100:02}"
        if sum(a != b for a, b in zip(expected, number[3:6], strict=True)) == 1:
            other = number[:3] + expected + number[6:]
            if _usable(other):
                yield other


def _fits(number: str, sex: int, birth_year: int | None) -> bool:
    """Whether a PIN can be, and was given for this sex and year where they are known."""
    pin = _known(number)
    return (
        pin is not None
        and (not sex or pin.sex == sex)
        and (birth_year is None or pin.birth_year == birth_year)
    )


def _usable(number: str) -> bool:
    return _known(number) is not None


def _known(number: str) -> Pin | None:
    """Province, sex and year of twelve digits, if they can be a PIN: all of it is in the first six."""
    return _beginning(number[:6], dt.date.today().year)  # noqa: DTZ011 (a year out is no matter here)


@lru_cache(maxsize=1 << 16)
def _beginning(digits: str, _year: int) -> Pin | None:
    with suppress(BadNumber):
        return parse_pin(digits + "000000")
    return None

"""Personal numbers (PIN) and the older card numbers (CMND): what they say, and what is wrong with one.

A PIN is `PPP G YY RRRRRR`, 12 digits without a check digit: the province (or country) where the birth was
registered, a digit for century and sex, the birth year, six more digits. Decree 137/2015/NĐ-CP, art. 13;
Circular 59/2021/TT-BCA.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl
from django.utils.translation import gettext as _

from dancu.values.columns import cleaned
from dancu.values.digits import clean_number
from dancu.values.errors import BadCardNumber, BadNumber
from dancu.values.masking import mask
from dancu.values.sexes import MALE


def _provinces() -> dict[str, str]:
    with Path(__file__).with_name("birth-provinces.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


PIN, CMND = r"^[0-9]{12}$", r"^[0-9]{9}$"
"""The patterns of a personal number and of an old card's."""

PROVINCES = _provinces()
"""The 63 province codes that a PIN can begin with, and their names. The merger of 2025 renumbered nobody."""


@dataclass(frozen=True)
class Pin:
    """What a PIN says. `province`: one of PROVINCES, or a country's code from "100" up; `sex`: 1 male, 2
    female; `century`: 20 for births from 1900 to 1999."""

    number: str
    province: str
    sex: int
    birth_year: int
    century: int


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a value: an `error` makes it unusable, a `warning` occurs in good records too."""

    kind: Literal["error", "warning"]
    field: str
    code: str
    message: str


def parse_pin(text: str) -> Pin:
    """Read a PIN, however it is spaced. Raises BadNumber where `check_pin` finds an error."""
    number = clean_number(text)
    for problem in _errors(number):
        raise BadNumber(mask(number), problem.message)
    return _parts(number)


def check_pin(text: str, sex: int | None = None, birth_date: date | None = None) -> list[Problem]:
    """What is wrong with a PIN, by itself and beside the record's sex (1 or 2) and birth date, where these
    are given.

    Disagreement with the record is a warning: there are people whose number was given with a wrong sex or
    year.
    """
    number = clean_number(text)
    return list(_errors(number)) or list(_warnings(_parts(number), sex, birth_date))


def pins_column(values: pl.Series) -> pl.Series:
    """A column of personal numbers as `parse_pin` reads each: its twelve digits; null where that refuses."""
    clean = clean_numbers(values)
    there = pl.select(clean.str.contains(PIN) & places(pl.lit(clean))).to_series()
    born = clean.str.slice(3, 1).cast(pl.Int64, strict=False) // 2 * 100 + 1900
    born = born + clean.str.slice(4, 2).cast(pl.Int64, strict=False)
    fit = there & (born <= date.today().year)  # noqa: DTZ011 (a year out is no matter here)
    return pl.select(pl.when(fit).then(clean)).to_series().alias(values.name)


def has_place(pin: str) -> bool:
    """Whether these twelve digits begin with a province that there is, or with a country's code."""
    return pin >= "1" or pin[:3] in PROVINCES


def places(pins: pl.Expr) -> pl.Expr:
    """The same of a column of personal numbers, each of twelve digits; null where it is null."""
    return (pins >= "1") | pins.str.head(3).is_in(list(PROVINCES))


def cmnds_column(values: pl.Series) -> pl.Series:
    """A column of old card numbers as `parse_cmnd` reads each; null where that refuses."""
    clean = clean_numbers(values)
    return pl.select(pl.when(clean.str.contains(CMND)).then(clean)).to_series().alias(values.name)


def clean_numbers(values: pl.Series) -> pl.Series:
    """A column of numbers as `clean_number` cleans each."""
    return cleaned(values, clean_number, r"^[0-9]+$")


def shown_pin(number: str) -> str:
    """A personal number in groups of three, as people read it out: 079 200 001 234. Anything else as it
    is.
    """
    plain = len(number) == 12 and number.isascii() and number.isdigit()
    return " ".join(number[at : at + 3] for at in range(0, 12, 3)) if plain else number


def parse_cmnd(text: str) -> str:
    """Read an old card's number, however it is spaced. Raises BadCardNumber."""
    for problem in check_cmnd(text):
        raise BadCardNumber(mask(text), problem.message)
    return clean_number(text)


def check_cmnd(text: str) -> list[Problem]:
    """What is wrong with a CMND, the nine-digit number of the cards before 2016. It has no check digit."""
    number = clean_number(text)
    if number.isdecimal() and len(number) == 9:
        return []
    if number.isdecimal() and len(number) == 12:
        return [
            _error("cmnd", "is_pin", _("This is a personal number of 12 digits; an old card number has 9."))
        ]
    return [_error("cmnd", "digits", _("An old card number has 9 digits."))]


def _errors(number: str) -> Iterator[Problem]:
    if not number:
        yield _error("pin", "empty", _("Enter the personal number: the 12 digits on the identity card."))
    elif not number.isdecimal():
        yield _error("pin", "digits", _("A personal number has digits only, 12 of them."))
    elif len(number) == 9:
        yield _error(
            "pin", "is_cmnd", _("This is an old card number of 9 digits; the personal number has 12.")
        )
    elif len(number) == 11 and not any(_errors("0" + number)):
        yield _error(
            "pin", "leading_zero", _("A 0 is missing at the front: the personal number has 12 digits.")
        )
    elif len(number) != 12:
        yield _error(
            "pin",
            "length",
            _("A personal number has 12 digits; this one has %(count)d.") % {"count": len(number)},
        )
    elif not has_place(number):
        yield _error(
            "pin",
            "province",
            _("No province has the code %(code)s, with which this number begins.") % {"code": number[:3]},
        )
    elif _parts(number).birth_year > date.today().year:  # noqa: DTZ011 (a year out is no matter here)
        yield _error("pin", "century", _("By its fourth digit this number belongs to someone not yet born."))


def _warnings(pin: Pin, sex: int | None, birth_date: date | None) -> Iterator[Problem]:
    if sex is not None and sex != pin.sex:
        yield Problem(
            "warning", "sex", "sex", _("The sex differs from the one that the personal number was given for.")
        )
    if birth_date is not None and birth_date.year != pin.birth_year:
        yield Problem(
            "warning",
            "birth_date",
            "birth_year",
            _("The personal number was given for the birth year %(year)d.") % {"year": pin.birth_year},
        )


def _parts(number: str) -> Pin:
    mark = int(number[3])
    century = 20 + mark // 2
    return Pin(number, number[:3], MALE + mark % 2, (century - 1) * 100 + int(number[4:6]), century)


def _error(field: str, code: str, message: str) -> Problem:
    return Problem("error", field, code, message)

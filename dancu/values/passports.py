"""Passport numbers: of every country, so nothing but letters and digits is certain (ICAO Doc 9303: nine at
most; identity papers of other countries, which are taken for passports, have more).
"""

import re

import polars as pl

from dancu.values.columns import column_of
from dancu.values.digits import clean_number
from dancu.values.errors import BadPassport

_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")
_TYPED = re.compile(r"(?=.*[A-Z])(?=(?:.*\d){5})[A-Z0-9]{6,9}")  # ICAO 9303: at most nine


def parse_passport(text: str) -> str:
    """A passport's number without spaces and hyphens, in capitals. Raises BadPassport."""
    number = clean_passport(text)
    if not is_passport_number(number):
        raise BadPassport(" ".join(text.split())[:40])
    return number


def is_passport_number(number: str) -> bool:
    """Whether a clean number may be a passport's."""
    return _PASSPORT.fullmatch(number) is not None


def looks_like_passport(text: str) -> bool:
    """Whether what somebody typed, without saying what it is, is hardly anything but a passport's number:
    letters and five digits or more.
    """
    return _TYPED.fullmatch(clean_passport(text)) is not None


def clean_passport(text: str) -> str:
    """The same of whatever is written, so that a check can find what is wrong with it."""
    return clean_number(text).upper()


def passports_column(values: pl.Series) -> pl.Series:
    """A column of them as `parse_passport` reads each; null where that refuses."""
    return column_of(values, parse_passport, pl.String)

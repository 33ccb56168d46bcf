"""Telephone numbers in the one form in which they are kept and compared: 0912345678, or +8613912345678 of
another country.

phonenumbers (libphonenumber) knows how countries write theirs; it does not know that Vietnam's mobile numbers
of 11 digits were renumbered in 2018, of which old-mobile-prefixes.csv tells.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

import phonenumbers
import polars as pl
from phonenumbers import NumberParseException, PhoneNumberFormat

from dancu.values.columns import cleaned
from dancu.values.digits import clean_number
from dancu.values.errors import BadPhone

PHONE = r"^(0[35789][0-9]{8}|02[0-9]{9}|\+[1-9][0-9]{7,14})$"
"""The pattern of that form: mobile numbers of ten digits, landlines of eleven (circular
22/2014/TT-BTTTT), foreign ones by E.164.
"""

PLAIN_PHONE = r"^(0[35789][0-9]{8}|02[0-9]{9})$"
"""Of most that are in that form already, so that sets of them need not be looked at one by one."""

_PHONE = re.compile(PHONE.strip("^$"))
_DECIMAL = re.compile(r"\.0+$")
_WRITTEN = re.compile(r"\+?\d{6,19}")
_AT_HOME, _HERE = "VN", 84


def _old_prefixes() -> dict[str, str]:
    with Path(__file__).with_name("old-mobile-prefixes.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["old"]: row["new"]
            for row in csv.DictReader(line for line in file if not line.startswith("#"))
        }


OLD_PREFIXES = _old_prefixes()
"""What mobile numbers of 11 digits began with until 2018, and what they begin with since."""


def parse_phone(text: str | None) -> str:
    """A telephone number in its one form. Raises BadPhone."""
    number = clean_phone(text)
    if not is_phone(number):
        raise BadPhone(" ".join(number.split())[:40])
    return number


def phone_or_none(text: str | None) -> str | None:
    """The same; None where nothing is written. Raises BadPhone."""
    return parse_phone(text) if (text or "").strip() else None


def phones_column(values: pl.Series) -> pl.Series:
    """A column of them as `parse_phone` reads each; null where that refuses."""
    clean = clean_phones(values)
    return pl.select(pl.when(clean.str.contains(PHONE)).then(clean)).to_series().alias(values.name)


def clean_phones(values: pl.Series) -> pl.Series:
    """A column of them as `clean_phone` cleans each."""
    return cleaned(values, clean_phone, PLAIN_PHONE)


def clean_phone(text: str | None) -> str:
    """The number in its one form; what is no telephone stays as it is, so that a check can find it.

    Without its country code (+84, 84, 0084), with the zero that a spreadsheet dropped, and an 11-digit mobile
    number of before 2018 (0168…) as it has been since (038…).
    """
    text = (text or "").strip()
    if text[:1] == "0" and is_phone(text):
        return text
    number = clean_number(_DECIMAL.sub("", text.lstrip("'’")))
    number = "".join(letter for letter in number if letter not in "()/")
    number = _read(number) if _WRITTEN.fullmatch(number) else ""
    return number if is_phone(number) else text


def is_phone(number: str) -> bool:
    """Whether this is a telephone number in its one form."""
    return _PHONE.fullmatch(number) is not None


def shown_phone(number: str) -> str:
    """As people read it out, and a spreadsheet takes for text: 0912 345 678, +86 139 1234 5678. Anything
    else as it is.
    """
    if not is_phone(number):
        return number
    try:
        known = phonenumbers.parse(number, _AT_HOME)
    except NumberParseException:
        return number
    form = PhoneNumberFormat.NATIONAL if known.country_code == _HERE else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(known, form)


@lru_cache(maxsize=1 << 14)
def _read(digits: str) -> str:
    """Digits, with a plus before them perhaps, as a number of Vietnam or of the country whose code they
    begin with; "" where none is possible.
    """
    try:
        known = phonenumbers.parse(digits, _AT_HOME)
    except NumberParseException:
        return ""
    national = phonenumbers.national_significant_number(known)
    if known.country_code != _HERE:
        return f"+{known.country_code}{national}"
    if national.startswith("84") and len(national) > 10:  # 84912345678 without its plus
        national = national[2:].removeprefix("0")
    number = "0" + national
    if len(number) == 11 and number[:4] in OLD_PREFIXES:
        number = OLD_PREFIXES[number[:4]] + number[4:]
    return number

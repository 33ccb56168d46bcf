"""Telephone numbers in the one form in which they are kept: 0912345678, or +8613912345678 of another country."""

import csv
import re
from pathlib import Path

from dancu.matching.errors import NotAPhone
from dancu.register.numbers import clean_number

_HOME = re.compile(r"^(?:\+84|0084|84(?=0?\d{9,10}$))0?(?=[1-9])")
_NUMBER = re.compile(r"0[1-9]\d{8,9}|\+[1-9]\d{7,14}")
_MOBILE_WITHOUT_ZERO = re.compile(r"[35789]\d{8}")
_DECIMAL = re.compile(r"\.0+$")


def _old_prefixes() -> dict[str, str]:
    with Path(__file__).with_name("old-mobile-prefixes.csv").open(encoding="utf-8", newline="") as file:
        return {row["old"]: row["new"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}


OLD_PREFIXES = _old_prefixes()
"""What mobile numbers of 11 digits began with until 2018, and what they begin with since."""


def normalise_phone(text: str) -> str:
    """A telephone number, Vietnamese or of another country. Raises NotAPhone.

    Without its country code (+84, 84, 0084), with the zero that a spreadsheet dropped, and an 11-digit mobile number of
    before 2018 (0168…) as it has been since (038…).
    """
    number = "".join(
        letter for letter in clean_number(_DECIMAL.sub("", text.strip().lstrip("'’"))) if letter not in "()/"
    )
    number = _HOME.sub("0", re.sub(r"^00(?!84)", "+", number), count=1)
    if _MOBILE_WITHOUT_ZERO.fullmatch(number) or (len(number) == 10 and "0" + number[:3] in OLD_PREFIXES):
        number = "0" + number
    if len(number) == 11 and number[:4] in OLD_PREFIXES:
        number = OLD_PREFIXES[number[:4]] + number[4:]
    if not number.isascii() or not _NUMBER.fullmatch(number):
        raise NotAPhone(" ".join(text.split())[:40])
    return number

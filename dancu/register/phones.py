"""Telephone numbers in the one form in which they are kept and compared: 0912345678, or +8613912345678 of another country."""

import csv
import re
from pathlib import Path

from dancu.register.errors import BadPhone
from dancu.register.numbers import clean_number

PHONE = r"^(0[1-9][0-9]{8,9}|\+[1-9][0-9]{7,14})$"
"""The pattern of that form."""

PLAIN_PHONE = r"^0[2-9][0-9]{8,9}$"
"""Of most that are in that form already, so that sets of them need not be looked at one by one."""

_PHONE = re.compile(PHONE.strip("^$"))
_HOME = re.compile(r"^(?:\+84|0084|84(?=0?\d{9,10}$))0?(?=[1-9])")
_MOBILE_WITHOUT_ZERO = re.compile(r"[35789]\d{8}")
_DECIMAL = re.compile(r"\.0+$")


def _old_prefixes() -> dict[str, str]:
    with Path(__file__).with_name("old-mobile-prefixes.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["old"]: row["new"]
            for row in csv.DictReader(line for line in file if not line.startswith("#"))
        }


OLD_PREFIXES = _old_prefixes()
"""What mobile numbers of 11 digits began with until 2018, and what they begin with since."""

BEFORE_2018 = {new: old for old, new in OLD_PREFIXES.items()}


def clean_phone(text: str | None) -> str:
    """The number in its one form; what is no telephone stays as it is, so that a check can find it.

    Without its country code (+84, 84, 0084), with the zero that a spreadsheet dropped, and an 11-digit mobile number of
    before 2018 (0168…) as it has been since (038…).
    """
    text = (text or "").strip()
    number = clean_number(_DECIMAL.sub("", text.lstrip("'’")))
    number = "".join(letter for letter in number if letter not in "()/")
    number = _HOME.sub("0", re.sub(r"^00(?!84)", "+", number), count=1)
    if _MOBILE_WITHOUT_ZERO.fullmatch(number) or (len(number) == 10 and "0" + number[:3] in OLD_PREFIXES):
        number = "0" + number
    if len(number) == 11 and number[:4] in OLD_PREFIXES:
        number = OLD_PREFIXES[number[:4]] + number[4:]
    return number if is_phone(number) else text


def is_phone(number: str) -> bool:
    """Whether this is a telephone number in its one form."""
    return _PHONE.fullmatch(number) is not None


def right_phone(text: str | None) -> str | None:
    """A telephone number as the register takes it, None for none. Raises BadPhone."""
    number = clean_phone(text)
    if number and not is_phone(number):
        raise BadPhone(" ".join(number.split())[:40])
    return number or None


def phone_forms(text: str) -> list[str]:
    """Every form in which this number may stand in a register or a declaration that was written before there was one form; the right one
    first, then that of before 2018. Of what is no telephone only itself.
    """
    number = clean_phone(text)
    if not is_phone(number):
        return [number]
    if number[0] == "+":
        return [number, f"00{number[1:]}"]
    old = BEFORE_2018.get(number[:3]) if len(number) == 10 else None
    forms = [number, old + number[3:]] if old else [number]
    return forms + [code + form[1:] for form in forms for code in ("+84", "0084", "84")]

"""A birth date as people, cards and spreadsheets write it, and the days it may mean.

Lunar dates stay what they say: telling them apart takes a calendar that no library at hand keeps well.
"""

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass

import polars as pl
from django.utils import timezone

from dancu.text.folding import fold
from dancu.values.columns import read_each
from dancu.values.days import SPREADSHEETS_FIRST, Clock, moment
from dancu.values.digits import clean_number
from dancu.values.errors import BirthDateOutOfRange, NoBirthDate, NoSuchDay, NotABirthDate
from dancu.values.months import months_in_digits

EARLIEST_YEAR = 1890  # the oldest Vietnamese ever verified was born in 1893
_WORDS = re.compile(r"\b(?:ngay|sinh|nam|thang|thg)\b\.?")
_LONGEST = 8  # digits in a row: ddmmyyyy
_DASHED = re.compile(r"(?:^|(?<=[/.]))[-–_]+(?=[/.])")  # --/--/1985
_UNKNOWN = {"", "0", "00", "x", "xx", "?", "??"}


@dataclass(frozen=True)
class PartialDate:
    """A date as people know it: the day and the month may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, date: dt.date, precision: str = "D") -> "PartialDate":
        """As far as it is known: `precision` D the day, M the month, Y the year alone."""
        month, day = None if precision == "Y" else date.month, date.day if precision == "D" else None
        return cls(date.year, month, day)

    def __str__(self) -> str:
        parts = (
            f"{self.day:02}" if self.day else None,
            f"{self.month:02}" if self.month else None,
            str(self.year),
        )
        return "/".join(part for part in parts if part)


def parse_birth(text: str, today: dt.date | None = None) -> PartialDate:
    """The day that is likeliest meant. Raises BadBirthDate."""
    return birth_readings(text, today)[0]


def births_column(values: pl.Series, today: dt.date | None = None) -> pl.DataFrame:
    """A column of them: year, month and day (integers), as `parse_birth` reads each; null where it cannot
    be read or is not known.
    """
    found = read_each(values, lambda text: parse_birth(text, today))
    parts = [(born and born.year, born and born.month, born and born.day) for born in found]
    return pl.DataFrame(parts, schema=dict.fromkeys(("year", "month", "day"), pl.Int16), orient="row")


def birth_readings(text: str, today: dt.date | None = None) -> list[PartialDate]:
    """The days that a declared birth date may mean, the likeliest first; never empty.

    12/03/1985, 12-3-85, 12031985, 1985-03-12, 03/25/1985 (the month first where it cannot be the day),
    03/1985, 1985, 1985.0, 00/00/1985, a spreadsheet's 31118, "ngày 12 tháng 3 năm 1985", 12-Mar-1985,
    1985-03-11T17:00:00Z (by the clock of Vietnam; without a zone the day as written). 01/01/1985 may be the
    year alone; 22/04/00 is of 2000. `today`: until when someone can be born (None: today).

    Raises BadBirthDate: NoBirthDate, NotABirthDate, NoSuchDay, BirthDateOutOfRange.
    """
    today = today or timezone.localdate()
    shown = " ".join(text.split())[:40]
    plain, clock = moment(fold("".join(clean_number(letter) or letter for letter in text)))
    plain = re.sub(r"(?<=^\d{5})[.,]\d+$", "", plain)
    parts = _parts(months_in_digits(plain))
    if not any(part.strip("0") for part in parts):
        raise NotABirthDate(shown) if any(letter.isalnum() for letter in text) else NoBirthDate()
    if not all(part.isdecimal() and part.isascii() and len(part) <= _LONGEST for part in parts if part):
        raise NotABirthDate(shown)
    read = _read(parts, today)
    if read and clock:
        read = _in_vietnam(read, clock, today)
    if read is None:
        raise NotABirthDate(shown)
    days = [day for day in dict.fromkeys(read) if _exists(day)]
    if not days:
        raise NoSuchDay(shown)
    possible = [day for day in days if day.year >= EARLIEST_YEAR and _first_day(day) <= today]
    if not possible:
        raise BirthDateOutOfRange(shown, EARLIEST_YEAR)
    return possible


def _in_vietnam(read: list[PartialDate], clock: Clock, today: dt.date) -> list[PartialDate] | None:
    """The days that it was in Vietnam when it was that time of these days; what is no whole day stays."""
    first = read[0]
    if first.day is None or not _exists(first):
        return read
    there = clock.in_vietnam(_first_day(first))
    return _read([f"{there.year:04}", str(there.month), str(there.day)], today)


def _parts(plain: str) -> list[str]:
    """Day, month and year as they stand there; what is given as unknown is empty, but for the year 00 of
    a day.
    """
    plain = _DASHED.sub("0", _WORDS.sub(" ", plain).strip(" ,.;:"))
    parts = re.split(r"\s*[/.\-–,\\|]\s*|\s+", plain)
    known = ["" if part in _UNKNOWN else part for part in parts]
    return [*known[:2], "00"] if parts[2:] == ["00"] and all(known[:2]) else known


def _read(parts: list[str], today: dt.date) -> list[PartialDate] | None:
    """All readings, the likeliest first, existing or not; None where this is no date at all."""
    match parts:
        case [*unknown, year] if not any(unknown) and (len(unknown) < 3):
            return _alone(year, today) if not unknown else _of_year(year, today)
        case [year, *unknown] if (
            not any(unknown) and len(year) == 4 and len(unknown) <= 2
        ):  # 1985-00-00, 1985.0
            return _of_year(year, today)
        case [year, month] if len(year) == 4 and month:
            return [PartialDate(int(year), int(month))]
        case [month, year] if len(year) == 4 and month:
            return [PartialDate(int(year), int(month))]
        case [year, month, day] if len(year) == 4:
            return _ordered(int(year), day, month)
        case [day, month, year] if year:
            return [reading for known in _years(year, today) for reading in _ordered(known, day, month)]
    return None


def _alone(digits: str, today: dt.date) -> list[PartialDate] | None:
    """One run of digits: a year, ddmmyyyy, yyyymmdd, ddmmyy, or a spreadsheet's count of days."""
    if len(digits) in (2, 4):
        return _of_year(digits, today)
    if len(digits) == 5 and digits[0] != "0":  # so few days were counted before the oldest were born
        return [PartialDate.of(SPREADSHEETS_FIRST + dt.timedelta(days=int(digits)))]
    if len(digits) == 6:
        return _read([digits[:2], digits[2:4], digits[4:]], today)
    if len(digits) == 8:
        written = _read([digits[:2], digits[2:4], digits[4:]], today) or []
        sortable = _read([digits[:4], digits[4:6], digits[6:]], today) or []
        return [day for day in written + sortable if EARLIEST_YEAR <= day.year <= today.year] or written
    return None


def _of_year(year: str, today: dt.date) -> list[PartialDate] | None:
    return [PartialDate(known) for known in _years(year, today)] or None


def _years(year: str, today: dt.date) -> list[int]:
    """The year, or of one with two digits both that it may be: the last first, since few reach a hundred."""
    if len(year) == 4:
        return [int(year)]
    if len(year) != 2:
        return []
    this = today.year // 100 * 100 + int(year)
    return [this, this - 100] if this <= today.year else [this - 100]


def _ordered(year: int, day: str, month: str) -> list[PartialDate]:
    """The day first, as it is written here; the month first where only that can be. The first of January
    may be the year alone.
    """
    known = PartialDate(year, int(month or 0) or None, int(day or 0) or None)
    if known.month is None or known.day is None:
        return [PartialDate(year, known.month)] if known.day is None else [PartialDate(year)]
    if (known.day, known.month) == (1, 1):
        return [known, PartialDate(year)]
    swapped = PartialDate(year, known.day, known.month)
    return [swapped] if not _exists(known) and _exists(swapped) else [known]


def _exists(day: PartialDate) -> bool:
    with suppress(ValueError):
        return bool(_first_day(day))
    return False


def _first_day(day: PartialDate) -> dt.date:
    return dt.date(day.year, 1 if day.month is None else day.month, 1 if day.day is None else day.day)

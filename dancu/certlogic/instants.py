"""Dates and times: CertLogic's are those of JavaScript, milliseconds since 1970 in UTC (ECMA-262, 21.4)."""

import re
from datetime import date
from functools import lru_cache

from dancu.certlogic.errors import CertLogicError

HOUR = 3_600_000  # in milliseconds, like DAY
DAY = 24 * HOUR
UNITS = ("year", "month", "day", "hour")
FARTHEST = 100_000_000 * DAY  # of JavaScript's dates, before and after 1970

_CYCLE = 400  # years, after which the calendar repeats itself: Python's knows 1 to 9999 only
_CYCLE_DAYS = date(1 + _CYCLE, 1, 1).toordinal() - 1
_EPOCH = date(1970, 1, 1).toordinal()
_LONGEST = 40  # letters of a text that is worth remembering

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DATE_TIME = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{1,2}):?(\d{2})?)?", re.ASCII
)


class Instant:
    """A point in time, in milliseconds since 1970 UTC. Like an array it is equal to itself alone."""

    __slots__ = ("milliseconds",)

    def __init__(self, milliseconds: int) -> None:
        self.milliseconds = milliseconds

    def __repr__(self) -> str:
        return f"Instant({self})"

    def __str__(self) -> str:
        """As JavaScript's toISOString: 2021-10-01T00:00:00.000Z, +010000-01-01T00:00:00.000Z."""
        days, of_day = divmod(self.milliseconds, DAY)
        year, month, day = _day_written(days)
        seconds, fraction = divmod(of_day, 1000)
        years = f"{year:04}" if 0 <= year <= 9999 else f"{year:+07}"
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return f"{years}-{month:02}-{day:02}T{clock}.{fraction:03}Z"


def plus_time(text: str, amount: int, unit: str) -> Instant:
    """What `plusTime` gives: the instant that a text names, some years, months, days or hours later, or
    earlier where the amount is negative. What overflows a month runs on into the next: 29 February + 1 year =
    1 March, 31 January + 1 month = 3 March.

    Raises CertLogicError if it is no date or date-time, or the sum leaves the range of JavaScript's.
    """
    start = _milliseconds_of(text, "plusTime")
    if unit == "day":
        start += amount * DAY
    elif unit == "hour":
        start += amount * HOUR
    elif amount:
        days, of_day = divmod(start, DAY)
        year, month, day = _day_written(days)
        months = year * 12 + month - 1 + amount * (12 if unit == "year" else 1)
        start = (_day_number(months // 12, months % 12 + 1, 1) + day - 1) * DAY + of_day
    if not -FARTHEST <= start <= FARTHEST:
        raise CertLogicError("plusTime: the sum lies beyond the years that a date-time can have")
    return Instant(start)


def date_of_birth(text: str) -> Instant:
    """What `dccDateOfBirth` gives: midnight UTC of the day, of a month or year alone of its last day.

    Raises CertLogicError if it is not YYYY, YYYY-MM or YYYY-MM-DD.
    """
    if not _DATE.fullmatch(text):
        raise CertLogicError(f"dccDateOfBirth: {_quoted(text)} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return Instant(_milliseconds_of(text, "dccDateOfBirth"))


def _milliseconds_of(text: str, operation: str) -> int:
    try:
        return _remembered(text) if len(text) <= _LONGEST else _read(text)
    except ValueError as problem:
        raise CertLogicError(f"{operation}: {_quoted(text)} is no date or date-time") from problem


def _read(text: str) -> int:
    """Raises ValueError for what is none, and for days and hours that there are not."""
    if found := _DATE.fullmatch(text):
        year, month, day = found.groups()
        if day is None:
            return _last_day(int(year), int(month or 12)) * DAY
        return _day_number(int(year), int(month), int(day)) * DAY
    if not (found := _DATE_TIME.fullmatch(text)):
        raise ValueError
    fraction, sign = found[7], found[8]
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    of_day = (
        hour * HOUR + minute * 60_000 + second * 1000 + (int(fraction[:3].ljust(3, "0")) if fraction else 0)
    )
    if minute > 59 or second > 59 or of_day > DAY:  # 24:00:00 itself is the next midnight
        raise ValueError
    if sign:
        hours, minutes = int(found[9]), int(found[10] or 0)
        if hours > 23 or minutes > 59:
            raise ValueError
        of_day -= (1 if sign == "+" else -1) * (hours * HOUR + minutes * 60_000)
    return _day_number(year, month, day) * DAY + of_day


_remembered = lru_cache(maxsize=4096)(_read)


def _last_day(year: int, month: int) -> int:
    """Days from 1970 to the last day of a month. Raises ValueError if there is no such month."""
    _day_number(year, month, 1)
    return _day_number(year + month // 12, month % 12 + 1, 1) - 1


def _day_number(year: int, month: int, day: int) -> int:
    """Days from 1970 to a day of any year. Raises ValueError if there is no such day."""
    cycles, within = divmod(year, _CYCLE)
    return date(within + _CYCLE, month, day).toordinal() + (cycles - 1) * _CYCLE_DAYS - _EPOCH


def _day_written(days: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days since 1970."""
    cycles, within = divmod(days + _EPOCH - 1, _CYCLE_DAYS)
    day = date.fromordinal(within + 1)
    return day.year + cycles * _CYCLE, day.month, day.day


def _quoted(text: str) -> str:
    return f"“{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}”"

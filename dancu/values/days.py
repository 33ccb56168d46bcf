"""A day as files and machines write it, a time of day and its zone beside it perhaps: which day it was in
Vietnam.

`day_of` and `days_of` do the same to one text and to a column of texts; a hypothesis test keeps them equal.
"""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import polars as pl

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SPREADSHEETS_FIRST = dt.date(
    1899, 12, 30
)  # day 0 of a spreadsheet's calendar, its 29 February 1900 allowed for

_ZONE = r"(?P<zone>z|utc|gmt|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2}(?::?\d{2})?)?)"
_MOMENT = re.compile(
    rf"(?P<day>.*\d)(?:t\s*|\s+)(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d+)?)?"
    rf"\s*(?P<half>am|pm|sa|ch)?\s*{_ZONE}?(?:\s*[\[(][^\])]*[\])])?",
    re.IGNORECASE | re.ASCII,
)
_RUN_TOGETHER = re.compile(
    rf"(?P<day>\d{{8}})t(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?:(?P<second>\d{{2}})(?:[.,]\d+)?)?(?P<half>){_ZONE}?",
    re.IGNORECASE | re.ASCII,
)
_ZONED_DAY = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?P<zone>z|[+-]\d{2}:\d{2})", re.IGNORECASE | re.ASCII
)  # XML's dates
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?$")
_YEAR_FIRST = re.compile(r"(\d{4})-\s*(\d{1,2})-\s*(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})/\s*(\d{1,2})/\s*(\d{4})", re.ASCII)
_FARTHEST = dt.timedelta(hours=14)  # no zone is farther from UTC (XML Schema 1.1 part 2, 3.3.7)
_COUNTED = re.compile(r"([1-9]\d{4})(?:[.,]\d+)?", re.ASCII)  # "00000" counts nothing


@dataclass(frozen=True)
class Clock:
    """A time of day in a zone. `past`: how long after midnight; `ahead`: of the zone before UTC."""

    past: dt.timedelta
    ahead: dt.timedelta

    def in_vietnam(self, day: dt.date) -> dt.date:
        """Which day it was in Vietnam when it was that time of that day there."""
        try:
            moment = dt.datetime.combine(day, dt.time(), dt.UTC) + self.past - self.ahead
            return moment.astimezone(VIETNAM).date()
        except OverflowError:  # at the ends of the calendar
            return day


def moment(text: str) -> tuple[str, Clock | None]:
    """The day as it is written, and the clock where a time of day with its zone stands beside it; all of the
    text where that is no time of day, or no zone.

    A time without a zone is left aside: the day is the one written. "1990-04-30T17:00:00Z" was the first of
    May in Vietnam.
    """
    text = text.strip()
    if found := _ZONED_DAY.fullmatch(text):
        return (found["day"] if _ahead(found["zone"]) is not None else text), None
    found = _MOMENT.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if found is None:
        return text, None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if (hour, minute, second) > (24, 0, 0) or minute > 59 or second > 60:
        return text, None
    half = (found["half"] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half in ("pm", "ch"))
    if not found["zone"]:
        return found["day"], None
    ahead = _ahead(found["zone"])
    if ahead is None:
        return text, None
    return found["day"], Clock(dt.timedelta(hours=hour, minutes=minute, seconds=second), ahead)


def day_of(text: str) -> dt.date | None:
    """1975-04-30, 30/04/1975 or a spreadsheet's 27514, also with a time of day; else None."""
    written, clock = moment(text)
    day = _written(written)
    return clock.in_vietnam(day) if clock and day else day


def days_of(texts: pl.Series) -> pl.Series:
    """`day_of` of each: at once where nothing but the day stands there, else of each different text."""
    tens = texts.str.len_bytes() == 10
    plain = pl.select(
        pl.coalesce(
            pl.when(tens & (texts >= "1")).then(texts.str.to_date("%Y-%m-%d", strict=False)),
            pl.when(tens & (texts >= "0")).then(texts.str.to_date("%d/%m/%Y", strict=False)),
        ).alias(texts.name)
    ).to_series()
    rest = texts.filter(plain.is_null() & texts.is_not_null()).unique()
    if rest.is_empty():
        return plain
    known = {text: day_of(text) for text in rest}
    others = texts.replace_strict(known, default=None, return_dtype=pl.Date)
    return pl.select(pl.coalesce(plain, others).alias(texts.name)).to_series()


def as_days(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    """A column of days or of moments as days; of moments in UTC or another zone, the day in Vietnam."""
    if isinstance(kind, pl.Datetime) and kind.time_zone:
        return column.dt.convert_time_zone(VIETNAM.key).dt.date()
    return column.dt.date() if isinstance(kind, pl.Datetime) else column


def _written(text: str) -> dt.date | None:
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if re.fullmatch(r"[12]\d{7}", text, re.ASCII):
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    found = _COUNTED.fullmatch(text)
    return SPREADSHEETS_FIRST + dt.timedelta(days=int(found[1])) if found else None


def _ahead(zone: str) -> dt.timedelta | None:
    """None where there is no such zone."""
    found = _OFFSET.search(zone)
    if found is None:
        return dt.timedelta()
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    ahead = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or ahead > _FARTHEST:
        return None
    return -ahead if found[1] == "-" else ahead

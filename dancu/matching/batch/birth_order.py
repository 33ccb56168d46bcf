"""In which order day and month stand in a file's birth dates: 04/30/1975 can only be month first, and then
04/05/1975 is 5 April.

A date that can be read in one way only is read that way, whatever the file's order (values/birth_dates.py).
The order matters for dates whose day and month are both twelve or less: they are read day first, as is usual
here, unless the file shows the other order. Where it shows neither, or both, the order is unknown, and an
exchanged day and month then counts as no disagreement.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

DAY_FIRST, MONTH_FIRST, UNKNOWN = "dmy", "mdy", "unknown"
_ENOUGH, _SLIPS = (
    2,
    50,
)  # dates that can only be month first; so many of those a day first one among may be a slip
_FEW_OF_THE_OTHER = 20
_NONE_CLEAR = 5  # dates, of which four in ten could be either, and all could
_LOOKED_AT = 1_000_000  # rows; a clear order shows in the first of them
_SETTLED = 1_000
_DATE = (
    r"^\s*(?P<first>\d{1,2})\s*(?P<mark>[/.-])\s*(?P<second>\d{1,2})(?P<year>\s*[/.-]\s*(?:\d{4}|\d{2})\b.*)$"
)


@dataclass(frozen=True)
class BirthOrder:
    """`order`: DAY_FIRST, MONTH_FIRST or UNKNOWN; then how many dates of the file can only be the one, only
    the other, or either.

    `is_explicit`: the operator or the mapping gave the order, so it was not detected.
    """

    order: str = DAY_FIRST
    month_first: int = 0
    day_first: int = 0
    either: int = 0
    is_explicit: bool = False

    def notice(self) -> str:
        """What a command prints about the order; "" where dates are day first as usual, or the order was
        given.
        """
        if self.is_explicit or self.order == DAY_FIRST:
            return ""
        counted = f"{self.month_first} can only be month first, {self.day_first} only day first"
        if self.order == MONTH_FIRST:
            return (
                f"birth dates are read month first: {counted}; to read the {self.either} that could be "
                f"either day first, use --order dmy"
            )
        return (
            f"birth dates: {counted}, {self.either} could be either; these are read day first, and count as "
            f"agreeing where the register has day and month exchanged; to give the file's order, use "
            f"--order dmy or --order mdy"
        )

    def read(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows with `birth` and `reason`: the dates day first, and which of them, `either`, could be
        month first as well.
        """
        if self.order == DAY_FIRST:
            return frame.with_columns(either=pl.lit(value=False))
        frame = frame.with_columns(_parted(pl.col("birth")).alias("parts")).with_columns(
            either=_is_either().fill_null(value=False)
        )
        note = (
            "read month first, like the whole file."
            if self.order == MONTH_FIRST
            else "could be day first or month first; read day first."
        )
        reason = pl.when("either").then(pl.concat_str(pl.lit("Birth date: "), pl.lit(note)))
        frame = frame.with_columns(
            pl.concat_str("reason", reason, separator=" ", ignore_nulls=True).alias("reason")
        )
        if self.order == UNKNOWN:
            return frame.drop("parts")
        first, mark, second, year = (
            pl.col("parts").struct.field(name) for name in ("first", "mark", "second", "year")
        )
        swapped = pl.when(_number("second") <= 31, _number("first") <= 12).then(
            pl.concat_str(second, mark, first, year)
        )
        return frame.with_columns(
            pl.coalesce(swapped, "birth").alias("birth"), either=pl.lit(value=False)
        ).drop("parts")


def order_of(columns: Iterable[pl.Series], explicit: str | None = None) -> BirthOrder:
    """The order of a file's birth dates. `columns`: the dates as they stand, batch by batch; `explicit`: the
    order that the operator or the mapping gives, which decides.
    """
    if explicit:
        return BirthOrder(explicit, is_explicit=True)
    month, day, either, looked = 0, 0, 0, 0
    for column in columns:
        parts = column.drop_nulls().to_frame("birth").select(_parted(pl.col("birth")).alias("parts"))
        first, second = _number("first"), _number("second")
        counted = parts.select(
            month=((first <= 12) & second.is_between(13, 31)).sum(),
            day=(first.is_between(13, 31) & (second <= 12)).sum(),
            either=_is_either().sum(),
        ).row(0)
        month, day, either = month + counted[0], day + counted[1], either + counted[2]
        looked += len(column)
        if looked >= _LOOKED_AT or day > max(_SETTLED, month * _FEW_OF_THE_OTHER):
            break
    return BirthOrder(_order(month, day, either), month, day, either)


def _order(month: int, day: int, either: int) -> str:
    if month >= _ENOUGH and day * _SLIPS <= month:
        return MONTH_FIRST
    in_doubt = month * _FEW_OF_THE_OTHER > day if month else not day and either >= _NONE_CLEAR
    return UNKNOWN if in_doubt and either else DAY_FIRST


def _parted(column: pl.Expr) -> pl.Expr:
    return column.str.extract_groups(_DATE)


def _number(part: str) -> pl.Expr:
    return pl.col("parts").struct.field(part).cast(pl.Int16, strict=False)


def _is_either() -> pl.Expr:
    first, second = _number("first"), _number("second")
    return first.is_between(1, 12) & second.is_between(1, 12) & (first != second)

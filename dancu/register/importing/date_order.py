"""Dates of a file that may stand month first: 04/30/1975 can be nothing else, and then nobody knows what
04/05/1975 is.

Where rows of a column can only be month first, and not ten times as many only day first, those that could be
either come back. What the register knows of people's births tells the order too (`weigh`): a date that is the
register's with day and month exchanged was written month first.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from dancu.register.importing.population_file import DATES

STRAY = 10  # as many times the other way, and what points this way is a slip of single rows
_SLASHED = r"^\s*(?P<first>\d{1,2})/\s*(?P<second>\d{1,2})/\s*\d{4}"
_NEWS = {"row": pl.Int64, "problems": pl.String}


class DateOrder:
    """What the rows of one file, looked at batch by batch, tell of the order of day and month in each
    column.
    """

    def __init__(self) -> None:
        self._month_first, self._day_first = dict.fromkeys(DATES, 0), dict.fromkeys(DATES, 0)
        self._known: dict[str, tuple[int, int]] = dict.fromkeys(DATES, (0, 0))
        self._either: dict[str, list[np.ndarray]] = {column: [] for column in DATES}

    def look(self, batch: pl.DataFrame) -> None:
        """Rows as they came, with their `row`."""
        for column in DATES:
            if column not in batch.columns or batch.schema[column] != pl.String:
                continue
            slashed = batch.select(pl.col("row").cast(pl.Int64), pl.col(column)).filter(
                pl.col(column).str.contains("/", literal=True)
            )
            if slashed.is_empty():
                continue
            parts = slashed.select("row", pl.col(column).str.extract_groups(_SLASHED)).unnest(column)
            first, second = (pl.col(name).cast(pl.Int16) for name in ("first", "second"))
            self._month_first[column] += len(parts.filter((first <= 12) & second.is_between(13, 31)))
            self._day_first[column] += len(parts.filter(first.is_between(13, 31) & (second <= 12)))
            self._either[column].append(
                parts.filter((first <= 12) & (second <= 12) & (first != second))["row"].to_numpy()
            )

    def is_open(self, column: str) -> bool:
        """Whether rows of the column could be either."""
        return any(map(len, self._either[column]))

    def weigh(self, column: str, exchanged: int, agreeing: int) -> None:
        """Of dates that could be either, in how many the register has day and month the other way round,
        and in how many as they are read.
        """
        self._known[column] = exchanged, agreeing

    def unsure(self) -> pl.DataFrame:
        """`row` and `problems` of the rows that come back, once all were looked at."""
        lines = [
            pl.DataFrame({"row": np.concatenate(self._either[column])}, {"row": pl.Int64}).with_columns(
                problems=pl.lit(f"{column}: may be month first, like others in this file; write 1975-04-30")
            )
            for column in DATES
            if self.is_open(column) and self._points_to_month(column)
        ]
        return pl.concat([pl.DataFrame(schema=_NEWS), *lines])

    def told(self) -> Iterator[tuple[int | None, str]]:
        """What there is to tell of the whole file (None), and of rows that are read day first though
        single ones are month first.
        """
        for column in DATES:
            exchanged, agreeing = self._known[column]
            if not self._month_first[column] and not (exchanged and self._points_to_month(column)):
                continue
            either = np.concatenate([*self._either[column], np.empty(0, np.int64)])
            come_back = self._points_to_month(column)
            known = (
                f", {exchanged} are month first according to the birth dates in the register, {agreeing} "
                f"day first"
                if exchanged
                else ""
            )
            yield (
                None,
                (
                    f"{column}: {self._month_first[column]} rows can only be month first and come back, "
                    f"{self._day_first[column]} only day first{known}; "
                    f"{len(either)} could be either and "
                    f"{'come back too' if come_back else 'are read day first'}: write all as 1975-04-30"
                ),
            )
            if not come_back:
                words = (
                    f"{column}: may be month first, as other rows in this file must be; it was read day first"
                )
                yield from ((int(row), words) for row in either)

    def _points_to_month(self, column: str) -> bool:
        exchanged, agreeing = self._known[column]
        month_first = self._month_first[column] + exchanged
        return month_first > 0 and self._day_first[column] + agreeing < STRAY * month_first

"""Dates of a file that may stand month first: 04/30/1975 can be nothing else, and then nobody knows what 04/05/1975 is.

Such a date is read day first, as written here, and told where other rows of the same column can only be month first (those come back, since there is
no such day). A row 0 tells it once of the file.
"""

from collections.abc import Collection

import numpy as np
import polars as pl

from dancu.register.importing.population_file import DATES

FILE = 0
"""The row under which a warning of a whole file is told."""
_SLASHED = r"^\s*(?P<first>\d{1,2})/\s*(?P<second>\d{1,2})/\s*\d{4}"


class DateOrder:
    """What the rows of one file, looked at batch by batch, tell of the order of day and month in each column."""

    def __init__(self) -> None:
        self._month_first, self._day_first = dict.fromkeys(DATES, 0), dict.fromkeys(DATES, 0)
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

    def told(self, refused: Collection[int] = ()) -> pl.DataFrame:
        """`row` and `warnings` of the file and of the rows that could be either, once all were looked at. `refused`: rows that are not taken."""
        lines: list[pl.DataFrame] = []
        for column in (column for column in DATES if self._month_first[column]):
            rows = pl.Series("row", np.concatenate([*self._either[column], np.empty(0, np.int64)]), pl.Int64)
            rows = rows.filter(~rows.is_in(list(refused))) if refused else rows
            whole = (
                f"{column}: {self._month_first[column]} rows can only be month first and come back, {self._day_first[column]} only day first; "
                f"{len(rows)} could be either and are read day first: write all as 1975-04-30"
            )
            lines.append(pl.DataFrame({"row": [FILE], "warnings": [whole]}, {"row": pl.Int64, "warnings": pl.String}))
            either = f"{column}: may stand month first, as other rows of this file must; it is read day first"
            lines.append(rows.to_frame().with_columns(warnings=pl.lit(either)))
        return pl.concat([pl.DataFrame(schema={"row": pl.Int64, "warnings": pl.String}), *lines])

"""Moments without their zone that are midnights of Vietnam told in UTC: 1997-08-04 17:00:00 was 5 August, and
nothing in the row says so.

Where nearly all times of day in a column stand where a midnight of Vietnam stands in UTC, its rows come back:
read as they are they would all be a day early.
"""

import numpy as np
import polars as pl

from dancu.register.importing.date_order import STRAY
from dancu.register.importing.population_file import DATES

# Vietnam was seven, eight or nine hours ahead
_MIDNIGHTS = r"(?:(?:15|16|17):00(?::00(?:[.,]0+)?)?|16:53:(?:20|30)|0?[345]:00(?::00)?\s*(?:pm|ch))"
_IN_UTC = (
    rf"(?i)(?:\d(?:\s+|t\s*){_MIDNIGHTS}|\dT1[567]00(?:00)?|^\s*[1-9]\d{{4}}[.,](?:625|666[67]|7083)\d*)\s*$"
)
_TIMED = r"(?i):|\dT\d{4}|^\s*[1-9]\d{4}[.,]\d"
_NEWS = {"row": pl.Int64, "problems": pl.String}


class Moments:
    """What the rows of one file, looked at batch by batch, tell of the times of day in each column of
    dates that are text.
    """

    def __init__(self) -> None:
        self._in_utc: dict[str, list[np.ndarray]] = {column: [] for column in DATES}
        self._others = dict.fromkeys(DATES, 0)

    def look(self, batch: pl.DataFrame) -> None:
        """Rows as they came, with their `row`."""
        for column in DATES:
            if column not in batch.columns or batch.schema[column] != pl.String:
                continue
            timed = batch.select(pl.col("row").cast(pl.Int64), pl.col(column)).filter(
                pl.col(column).str.contains(_TIMED)
            )
            if timed.is_empty():
                continue
            rows = timed.filter(pl.col(column).str.contains(_IN_UTC))["row"].to_numpy()
            self._in_utc[column].append(rows)
            self._others[column] += len(timed) - len(rows)

    def unsure(self) -> pl.DataFrame:
        """`row` and `problems` of the rows that come back, once all were looked at."""
        words = (
            "is midnight in Vietnam written in UTC without saying so, like all in this file; write "
            "the day alone, or the zone (17:00:00Z)"
        )
        lines = [
            pl.DataFrame({"row": np.concatenate(rows)}, {"row": pl.Int64}).with_columns(
                problems=pl.lit(f"{column}: {words}")
            )
            for column, rows in self._in_utc.items()
            if sum(map(len, rows)) > STRAY * self._others[column]
        ]
        return pl.concat([pl.DataFrame(schema=_NEWS), *lines])

"""What the rows of a whole file tell of how it was written, that no row tells by itself: the order of day
and month, a zone left out, the font of its names.
"""

from collections import Counter
from functools import cached_property

import numpy as np
import polars as pl

from dancu.register.importing.date_order import STRAY, DateOrder
from dancu.register.importing.moments import Moments
from dancu.register.importing.problems import NAMES
from dancu.text.fonts import DECODE
from dancu.text.mistyped import may_be_keys, odd_names, way_of

FILE = 0
"""The row under which a warning of a whole file is told."""
_FONTS: dict[str, str] = {
    "vni": "a VNI font",
    "tcvn3": "a TCVN3 (ABC) font",
    "cp1258": "Windows-1258",
    "viscii": "VISCII",
    "viqr": "the signs of VIQR",
    "telex": "the keys of Telex or VNI",
}
_ASCII, _BEYOND_LATIN_1 = r"^[\x00-\x7f]*$", "[^\\x00-\\xff]"


class Writing:
    """Looked at batch by batch; then asked for the rows that come back, and for what is told."""

    def __init__(self) -> None:
        self.order, self._moments = DateOrder(), Moments()
        self._ways: Counter[str] = Counter()
        self._with_marks = 0  # names in Unicode, for certain
        self._of_a_font: dict[str, list[np.ndarray]] = {
            column: [] for column in NAMES
        }  # rows that may be in one
        self._of_keys: dict[str, list[np.ndarray]] = {column: [] for column in NAMES}

    def look(self, batch: pl.DataFrame) -> None:
        """Rows as they came, with their `row`."""
        self.order.look(batch)
        self._moments.look(batch)
        for column in NAMES:
            if column in batch.columns and batch[column].null_count() < len(batch):
                self._look_at_names(
                    column, batch.select(pl.col("row").cast(pl.Int64), name=column).drop_nulls()
                )

    @cached_property
    def unsure(self) -> pl.DataFrame:
        """`row` and `problems` of the rows that come back."""
        found = [self.order.unsure(), self._moments.unsure()]
        for way, rows in (*((font, self._of_a_font) for font in DECODE), ("telex", self._of_keys)):
            if self._ways[way] > 0 and self._with_marks < STRAY * self._ways[way]:
                words = (
                    f"may be typed in {_FONTS[way]}, as other names of this file are; write it "
                    f"with its marks, and save the file as UTF-8"
                )
                found += [_lines(rows[column], f"{column}: {words}") for column in NAMES]
        return (
            pl.concat(found)
            .group_by("row", maintain_order=True)
            .agg(pl.col("problems").str.join("; "))
            .sort("row")
        )

    @cached_property
    def told(self) -> pl.DataFrame:
        """`row` and `warnings` of the file (FILE) and of rows."""
        lines = [(FILE if row is None else row, words) for row, words in self.order.told()]
        for way in ("vni", "tcvn3", "cp1258", "viqr"):
            if many := self._ways[way]:
                lines.append(
                    (
                        FILE,
                        f"full_name: {many} different names are in {_FONTS[way]} and read so: save the file "
                        f"as Unicode",
                    )
                )
        return pl.DataFrame(lines, {"row": pl.Int64, "warnings": pl.String}, orient="row")

    def _look_at_names(self, column: str, names: pl.DataFrame) -> None:
        latin = names.filter(~pl.col("name").str.contains(_BEYOND_LATIN_1))
        self._with_marks += len(names) - len(latin)
        odd = {name: way_of(name) for name in odd_names(latin["name"])}
        self._ways.update(way for way in odd.values() if way)
        sure = [name for name, way in odd.items() if way]
        may_be = latin.filter(~pl.col("name").str.contains(_ASCII), ~pl.col("name").is_in(sure))
        self._of_a_font[column].append(may_be["row"].to_numpy())
        keys = [name for name, way in odd.items() if not way and may_be_keys(name)]
        if keys:
            self._of_keys[column].append(latin.filter(pl.col("name").is_in(keys))["row"].to_numpy())


def _lines(rows: list[np.ndarray], problem: str) -> pl.DataFrame:
    found = np.concatenate([*rows, np.empty(0, np.int64)])
    return pl.DataFrame({"row": found}, {"row": pl.Int64}).with_columns(problems=pl.lit(problem))

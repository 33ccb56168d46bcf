"""Pairs of a record and a candidate with the same key, in batches that fit in memory."""

from collections.abc import Iterator

import polars as pl

from dancu.register.candidates import MOST

_PAIRS = 1_000_000  # that are weighed at once


class Pairing:
    """The keys of records, and how many people each key and record has had so far: at most `MOST` for a
    record.

    `keys`: n and the columns of a key. `unlimited`: whether all people are taken, as for numbers, which few
    people share.
    """

    def __init__(self, keys: pl.DataFrame, unlimited: bool) -> None:
        self.keys, self.unlimited = keys.unique(), unlimited
        self.by = [column for column in keys.columns if column != "n"]
        self.of_keys = keys.select(self.by).clear().with_columns(before=pl.lit(0, pl.UInt32))
        self.of_records = keys.select("n").clear().with_columns(before=pl.lit(0, pl.UInt32))

    def pairs(self, people: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """`n` beside each of these people who has a key of that record, batch by batch."""
        if not self.unlimited:
            people, self.of_keys = _first(people, self.by, self.of_keys)
        sizes = self.keys.join(people.group_by(self.by).len("size"), on=self.by)
        slices = sizes.with_columns(at=(pl.col("size").cum_sum() - 1) // _PAIRS).drop("size")
        for (_at,), some in slices.group_by("at", maintain_order=True):
            pairs = some.drop("at").join(people, on=self.by)
            if not self.unlimited:
                pairs, self.of_records = _first(pairs, ["n"], self.of_records)
            yield pairs

    def capped(self) -> pl.DataFrame:
        """`n` of the records that had more people than were read."""
        return self.of_records.filter(pl.col("before") > MOST).select("n")


def _first(rows: pl.DataFrame, by: list[str], before: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that are among the first `MOST` + 1 under their keys, with those of earlier pieces; and
    how many there are now.
    """
    here = rows.group_by(by).agg(before=pl.len().cast(pl.UInt32)).select(before.columns)
    now = pl.concat([before, here]).group_by(by).agg(pl.col("before").sum())
    full = now.filter(pl.col("before") > MOST + 1).select(by)
    if not len(full):  # as nearly always
        return rows, now
    cut = rows.join(full, on=by, how="semi").join(before, on=by, how="left", maintain_order="left")
    cut = cut.filter(pl.int_range(pl.len()).over(by) + pl.col("before").fill_null(0) <= MOST)
    kept = pl.concat([rows.join(full, on=by, how="anti", maintain_order="left"), cut.select(rows.columns)])
    return kept, now.with_columns(pl.col("before").clip(upper_bound=MOST + 1))

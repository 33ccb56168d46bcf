"""Where people live for now, away from their permanent residence."""

import numpy as np
import polars as pl

from dancu.register import many_candidates


class OtherHomes:
    """Read for a few people at a time, or learnt once for everybody (12 bytes for each other home)."""

    def __init__(self) -> None:
        self._all: pl.DataFrame | None = None
        self._ids = np.empty(0, np.int64)

    def learn(self, everybody: pl.DataFrame) -> None:
        """Take these homes, `person_id` and `lives_in` of everybody who has one, instead of reading them."""
        self._all = everybody.sort("person_id")
        self._ids = self._all["person_id"].to_numpy()

    def of(self, person_ids: pl.Series) -> pl.DataFrame:
        """`person_id` and `lives_in` (an area), a row for each home that these people have beside their
        permanent one.
        """
        if self._all is None:
            return many_candidates.other_homes(person_ids)
        sought = person_ids.unique().to_numpy()
        first, after = (np.searchsorted(self._ids, sought, side) for side in ("left", "right"))
        many = after - first
        rows = np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())
        return self._all[rows]

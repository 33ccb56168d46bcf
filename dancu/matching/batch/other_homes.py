"""Where people live for now, away from their permanent residence."""

import numpy as np
import polars as pl

from dancu.register import many_candidates, one_pass

_MANY = 5_000


class OtherHomes:
    """Asked of a few people at a time, or read of everybody once and kept, 12 bytes each who has another home."""

    def __init__(self) -> None:
        self._all: pl.DataFrame | None = None
        self._ids = np.empty(0, np.int64)

    @property
    def are_known(self) -> bool:
        """Whether they were read of everybody."""
        return self._all is not None

    def learn(self) -> None:
        """Read those of everybody, if they are not known yet."""
        if self._all is None:
            self._all = one_pass.other_homes().sort("person_id")
            self._ids = self._all["person_id"].to_numpy()

    def of(self, person_ids: pl.Series) -> pl.DataFrame:
        """`person_id` and `lives_in`, an area, once for each home that these people have beside their permanent one."""
        if self._all is None and len(person_ids) < _MANY:
            return many_candidates.other_homes(person_ids)
        self.learn()
        sought = person_ids.unique().to_numpy()
        first, after = (np.searchsorted(self._ids, sought, side) for side in ("left", "right"))
        many = after - first
        rows = np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())
        assert self._all is not None
        return self._all[rows]

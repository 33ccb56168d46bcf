"""What is told of sums."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import numpy as np


@dataclass(frozen=True)
class Age:
    """How old sums are. `waiting`: changes that are not added up yet, the first `since` then (None: none
    waits). A reader adds them, so that what it tells is of the moment `read_at`.
    """

    waiting: int
    since: dt.datetime | None
    read_at: dt.datetime


@dataclass(frozen=True)
class Cells:
    """What was read, a column each: the first dimension, the others, the measures. Days are numpy's
    datetime64[D]. A cell may stand there twice, where changes waited.
    """

    columns: Mapping[str, np.ndarray]
    age: Age

    def __getitem__(self, column: str) -> np.ndarray:
        return self.columns[column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


@dataclass(frozen=True)
class CellDifference:
    """A cell that was wrong: so many too few (or, negative, too many) were counted there."""

    dimensions: Mapping[str, int | dt.date]
    measures: Mapping[str, int]


class RollupStanding(TypedDict):
    """When sums were last added up and counted anew, and how many changes and wrong cells that were."""

    code: str
    folded_at: dt.datetime | None
    folded: int
    recounted_at: dt.datetime | None
    differed: int

"""What one block looks for, and whom it finds."""

from dataclasses import dataclass, field

import polars as pl

from dancu.register.many_candidates import PEOPLE

NUMBERS, PHONES = "numbers", "phones"  # what keys may be; the others: see many_candidates.having
JUDGED = {
    "score": pl.Float64,
    "own": pl.Float64,
    "possible": pl.Boolean,
    "may_be": pl.Boolean,
    "rival": pl.Boolean,
    "exact": pl.Boolean,
    "named": pl.Boolean,
    "settled": pl.Boolean,
}
"""What a pair weighs, whether it is possible that they are one person, and how they stand
(standing.Standing).
"""
STANDS = {name: dtype for name, dtype in JUDGED.items() if name != "possible"}
WEIGHED = {"n": pl.UInt32, **PEOPLE, "lives_in": pl.Int32, **STANDS}


@dataclass
class BlockQuery:
    """`asked`: what the keys are; `keys`: n and the columns of a key; `prepared`: the records
    (PairScorer.prepared_records) in the order of n, and of each the most bits that its names can give;
    `least`: the bits below which a pair is of no use, None: every pair is.

    `weighed`: the columns WEIGHED of those who are above the threshold of review and may be meant (of all,
    where every pair is of use), who lives elsewhere for now perhaps once for each home; `capped`: n of the
    records that more people are found for than are read.
    """

    asked: str
    keys: pl.DataFrame
    prepared: pl.DataFrame
    most_by_name: pl.Series
    least: float | None
    weighed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WEIGHED))
    capped: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"n": pl.UInt32}))

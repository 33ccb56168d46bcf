"""The query of one block, and the candidates that answer it."""

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
"""What a pair weighs, whether the two can be one person, and the rest of standing.CandidateStanding."""
STANDS = {name: dtype for name, dtype in JUDGED.items() if name != "possible"}
WEIGHED = {"n": pl.UInt32, **PEOPLE, "lives_in": pl.Int32, **STANDS}


@dataclass
class BlockQuery:
    """`asked`: the kind of key; `keys`: n and the columns of a key; `prepared`: the records
    (PairScorer.prepared_records) in the order of n; `most_by_name`: the most bits that names can give each of
    them; `least`: the bits below which a pair is dropped (None: no pair is).

    The answer: `weighed`, the columns WEIGHED of the candidates above the threshold of review (of all, where
    no pair is dropped), with a row for each home of somebody who lives elsewhere for now; `capped`: n of the
    records that have more candidates than are read.
    """

    asked: str
    keys: pl.DataFrame
    prepared: pl.DataFrame
    most_by_name: pl.Series
    least: float | None
    weighed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WEIGHED))
    capped: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"n": pl.UInt32}))

"""The query of a block, or of several at once, and the candidates that answer it."""

from collections.abc import Sequence
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
    """`keys`: by the kind of key, n and the columns of a key; `prepared`: the records
    (PairScorer.prepared_records) in the order of n; `most_by_name`: the most bits that names can give each of
    them; `least`: the bits below which a pair is dropped (None: no pair is); `turns`: how many queries it is
    (asked_at_once).

    The answer: `weighed`, the columns WEIGHED of the candidates above the threshold of review (of all, where
    no pair is dropped), with a row for each home of somebody who lives elsewhere for now; `capped`: n of the
    records that have more candidates than are read.
    """

    keys: dict[str, pl.DataFrame]
    prepared: pl.DataFrame
    most_by_name: pl.Series
    least: float | None
    turns: int = 1
    weighed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=WEIGHED))
    capped: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"n": pl.UInt32}))

    @property
    def has_keys(self) -> bool:
        return any(map(len, self.keys.values()))

    @property
    def sought(self) -> pl.DataFrame:
        """`n` of the records that have keys, each once."""
        return pl.concat([keys.select("n") for keys in self.keys.values()]).unique()


def asked_at_once(queries: Sequence[BlockQuery]) -> BlockQuery:
    """These queries, whose `least` is one, as one: `n` times their number, and which of them, is its `n`.

    It is what costs, for few records: a statement of the model's size takes as long for one as for thousands.
    """
    if len(queries) == 1:
        return queries[0]
    count = len(queries)
    keys: dict[str, list[pl.DataFrame]] = {}
    prepared: list[pl.DataFrame] = []
    most: list[pl.DataFrame] = []
    for nth, query in enumerate(queries):
        place = (pl.col("n") * count + nth).cast(pl.UInt32)
        for kind, each in query.keys.items():
            keys.setdefault(kind, []).append(each.with_columns(place))
        said = query.prepared.with_columns(most=query.most_by_name).join(query.sought, on="n", how="semi")
        most.append(said.select(place, "most"))
        prepared.append(said.drop("most").with_columns(place))
    return BlockQuery(
        {kind: pl.concat(each) for kind, each in keys.items()},
        pl.concat(prepared, how="diagonal").sort("n"),
        pl.concat(most).sort("n")["most"],
        queries[0].least,
        count,
    )


def answer_each(queries: Sequence[BlockQuery], together: BlockQuery) -> None:
    """Fill these queries with what the answer to all of them at once says of each."""
    count = len(queries)
    for nth, query in enumerate(queries if count > 1 else ()):
        query.weighed, query.capped = (
            found.filter(pl.col("n") % count == nth).with_columns(pl.col("n") // count)
            for found in (together.weighed, together.capped)
        )

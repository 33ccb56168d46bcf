"""50,000 synthetic people on 1 July 2026, made once for all tests, and who their parents and spouses are."""

from datetime import date
from functools import cache

import polars as pl

from dancu.synthetic.population.people import make_chunk

SEED = 2026
PEOPLE = 50_000
ON = date(2026, 7, 1)


@cache
def sample() -> pl.DataFrame:
    """The columns of a population file, `age` in years, `surname` (first word) and `words` (of the full
    name).
    """
    words = pl.col("full_name").str.split(" ")
    return make_chunk(SEED, 0, PEOPLE, ON).with_columns(
        age=(pl.lit(ON) - pl.col("birth_date")).dt.total_days() / 365.2425,
        surname=words.list.first(),
        words=words.list.len(),
    )


@cache
def with_relative(link: str) -> pl.DataFrame:
    """Those whose `link` ("father", "mother" or "spouse") is in the file, with that person's columns as
    `other_…`.
    """
    return sample().join(
        sample().select(pl.all().name.prefix("other_")), left_on=f"{link}_pin", right_on="other_pin"
    )


def share(condition: pl.Expr, of: pl.Expr | None = None) -> float:
    """Of all, or of those `of` is true for, the share for whom `condition` is."""
    frame = sample() if of is None else sample().filter(of)
    return frame.select(condition.fill_null(False).mean()).item()

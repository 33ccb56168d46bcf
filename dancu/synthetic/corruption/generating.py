"""A file of declarations, from a population."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import polars as pl

from dancu.errors import DancuError
from dancu.synthetic.corruption.declaring import SCHEMA, declare
from dancu.synthetic.corruption.drawing import Population
from dancu.synthetic.corruption.outsiders import make_outsiders
from dancu.synthetic.corruption.rates import PROFILES, read_rates

DECLARED = ["record_id", "number", "full_name", "birth", "sex", "phone", "commune_code", "address"]
"""The columns that a sender would send, all text; empty where nothing was declared."""
TRUTH = ["truth_pin", "truth_row", "in_register", "kind", "like_pin", "faults"]
"""The columns that say whom a record means: none of them may reach what is measured."""
_CHUNK = 50_000


class CannotDeclare(DancuError):
    """Declarations: at least one record, a seed from 0 up, a share of outsiders from 0 to 1, and one of the profiles {0}."""  # noqa: E501


def generate(
    people: Path | Sequence[Path],
    records: int,
    seed: int,
    profile: str,
    out: Path,
    on: date,
    outsiders: float,
) -> None:
    """Write `records` declarations of people in population files (docs/population-file.md) to `out`, as
    Parquet.

    `people`: files or directories of parts. `profile`: which rates of rates.toml. `on`: the day of the
    declarations, whose units the files' codes are. `outsiders`: the share, 0 to 1, of records of people who
    are in none of the files. The same arguments give the same file; an even and an odd seed never draw the
    same person. Columns: DECLARED and TRUTH. `truth_pin` is the person's number in the files, `truth_row` the
    file and row ("part-0001.parquet:17") of those who have none; `kind` is person, outsider,
    outsider_namesake, outsider_twin, outsider_relative, outsider_child or outsider_newborn, and `like_pin`
    whom all but the first two are like or are a child of; `faults` are codes of rates.toml, in the order in
    which they came about.

    Raises CannotDeclare, NobodyToDraw, NotAPopulationFile, MissingColumns.
    """
    if records < 1 or seed < 0 or not 0 <= outsiders <= 1 or profile not in PROFILES:
        raise CannotDeclare(", ".join(PROFILES))
    rates, population = read_rates(profile), Population.at(people)
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, 1])))
    drawn = population.draw(records, seed, rng)
    outside = round(records * outsiders)
    insiders = drawn[outside:].with_columns(
        kind=pl.lit("person"), like_pin=pl.lit(None, pl.String), another_pin=pl.lit(None, pl.String)
    )
    everyone = (
        [insiders, make_outsiders(drawn[:outside], population, rates, seed, on)] if outside else [insiders]
    )
    mixed = pl.concat(everyone)[rng.permutation(records)]

    def chunks() -> Iterator[pl.DataFrame]:
        for number, start in enumerate(range(0, records, _CHUNK)):
            chance = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, 2, number])))
            dice = Random(int(chance.integers(1 << 62)))  # noqa: S311
            yield declare(mixed.slice(start, _CHUNK), rates, chance, dice, on, f"{seed}-{{:08}}", start + 1)

    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    pl.concat(chunks()).select(SCHEMA).write_parquet(partial)
    partial.replace(out)

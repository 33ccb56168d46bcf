"""A synthetic population: as many people as wanted, who look like the country and never lived.

Ages, sexes, households and marriages follow the census of 2019; places its provinces; names, ethnic groups,
religions and numbers the lists beside this file, each of which names its source. The same seed gives the same
people, whatever the number of them: the first hundred thousand of a million are those of ten million.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
from django.utils import timezone

from dancu.register.errors import InTheFuture, RegisterError
from dancu.register.rules import is_in_the_future
from dancu.synthetic.population.numbering import CHUNK_PEOPLE, MAX_PEOPLE
from dancu.synthetic.population.people import SCHEMA, make_chunk
from dancu.synthetic.population.writer import write_parquet

PART_PEOPLE = 1_000_000
FIRST_DAY = date(2021, 7, 1)  # the national population database went live on it


class CannotGenerate(RegisterError):
    """A synthetic population has 1 to {0} people, a seed from 0 up, and a day from {1} on."""


class PartsThere(RegisterError):
    """{0} holds parts of an earlier population, which would mix with this one. Remove them, or name another directory."""  # noqa: E501


def generate(
    people: int, seed: int, out: Path, on: date | None = None, progress: Callable[[int], None] | None = None
) -> None:
    """Make `people` people and write them as a population file (docs/population-file.md).

    `out`: a file ending in .parquet; any other path is taken for a directory, made if need be, that gets
    part-0001.parquet, part-0002.parquet … of a million people each. `on`: the day whose ages and
    administrative units it has, today where none is given. `progress` is told, after each 100,000, how many
    people there are so far. Memory stays the same however many they are. Raises CannotGenerate, InTheFuture,
    PartsThere, and OSError where `out` cannot be written.
    """
    on = on or timezone.localdate()
    if not 1 <= people <= MAX_PEOPLE or on < FIRST_DAY or seed < 0:
        raise CannotGenerate(f"{MAX_PEOPLE:,}", FIRST_DAY)
    if is_in_the_future(on, timezone.localdate()):
        raise InTheFuture(on)
    if out.suffix == ".parquet":
        out.parent.mkdir(parents=True, exist_ok=True)
        write_parquet(_chunks(0, people, seed, on, progress), SCHEMA, out, CHUNK_PEOPLE)
        return
    out.mkdir(parents=True, exist_ok=True)
    if any(out.glob("part-*.parquet")):
        raise PartsThere(out)
    for part, start in enumerate(range(0, people, PART_PEOPLE), start=1):
        chunks = _chunks(start, min(start + PART_PEOPLE, people), seed, on, progress)
        write_parquet(chunks, SCHEMA, out / f"part-{part:04}.parquet", CHUNK_PEOPLE)


def _chunks(
    start: int, stop: int, seed: int, on: date, progress: Callable[[int], None] | None
) -> Iterator[pl.DataFrame]:
    for first in range(start, stop, CHUNK_PEOPLE):
        last = min(first + CHUNK_PEOPLE, stop)
        yield make_chunk(seed, first // CHUNK_PEOPLE, last - first, on)
        if progress:
            progress(last)

"""People drawn from population files, however large: with their home, and someone else of their household."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dancu.errors import DancuError
from dancu.register.importing import population_file
from dancu.values.days import days_of

_BLOCK = 1_000  # rows; even and odd ones in turn belong to even and odd seeds
_ALIVE = 1
_TEXTS = (
    "pin", "cmnd", "full_name", "birth_precision", "phone", "household_no",
    "permanent_code", "permanent_address", "current_code", "current_address",
)  # fmt: skip

PEOPLE: dict[str, Any] = {
    "truth": pl.String,
    "pin": pl.String,
    "cmnd": pl.String,
    "full_name": pl.String,
    "birth": pl.Date,
    "precision": pl.String,
    "sex": pl.Int8,
    "phone": pl.String,
    "home_code": pl.String,
    "home_address": pl.String,
    "away_code": pl.String,
    "away_address": pl.String,
    "relatives_pin": pl.String,
    "relatives_phone": pl.String,
}
"""Columns of people drawn. `truth`: file and row, counted from 1."""


class NobodyToDraw(DancuError):
    """{0}: nobody in it is alive whom this seed may draw. Even seeds draw from the first thousand rows, odd ones from the second, and so on in turn."""  # noqa: E501


@dataclass(frozen=True)
class Population:
    """Files of one population."""

    files: tuple[Path, ...]

    @classmethod
    def at(cls, people: Path | Sequence[Path]) -> "Population":
        """The population in a file, in a directory of parts, or in several of them. Raises
        NotAPopulationFile, MissingColumns.
        """
        paths = [people] if isinstance(people, Path) else list(people)
        files = [
            file for path in paths for file in (sorted(path.glob("*.parquet")) if path.is_dir() else [path])
        ]
        for file in files:
            population_file.columns(file)
        return cls(tuple(files))

    def draw(self, count: int, seed: int, rng: np.random.Generator) -> pl.DataFrame:
        """`count` living people at random, nobody twice while there are enough, in random order: columns of
        PEOPLE.

        Whom an even seed can draw no odd one can, so that what is tuned with one is measured with the other.
        Raises NobodyToDraw.
        """
        living = sum(len(_drawable(batch, seed)) for batch in self._batches(["status"]))
        if not living:
            raise NobodyToDraw(", ".join(file.name for file in self.files))
        ranks = rng.choice(living, count, replace=count > living)
        order = np.argsort(ranks, kind="stable")
        found, first = [], 0
        for batch in self._batches([*_TEXTS, "status", "birth_date", "sex"]):
            here = _drawable(batch, seed)
            start, stop = np.searchsorted(ranks[order], [first, first + len(here)])
            first += len(here)
            if stop > start:
                found.append(_with_relatives(batch, here[ranks[order[start:stop]] - (first - len(here))]))
        in_order = np.empty(count, int)
        in_order[order] = np.arange(count)
        return pl.concat(found)[in_order]

    def taken(self, pins: pl.Series) -> pl.Series:
        """Those of the numbers that somebody in the files has."""
        found = [batch["pin"].filter(batch["pin"].is_in(pins.implode())) for batch in self._batches(["pin"])]
        return pl.concat(found).unique()

    def _batches(self, columns: list[str]) -> Iterator[pl.DataFrame]:
        for file in self.files:
            for batch in population_file.read(file, wanted=columns):
                missing = [
                    pl.lit(None, pl.String).alias(name) for name in columns if name not in batch.columns
                ]
                yield batch.with_columns(*missing, file=pl.lit(file.name))


def _drawable(batch: pl.DataFrame, seed: int) -> np.ndarray:
    """The places in a batch of the living in the blocks that are this seed's."""
    of_seed = (batch["row"].to_numpy() - 1) // _BLOCK % 2 == seed % 2
    alive = batch["status"].cast(pl.Int8, strict=False).fill_null(_ALIVE).to_numpy() == _ALIVE
    if "unfit" in batch.columns:
        alive &= batch["unfit"].is_null().to_numpy()
    return np.flatnonzero(of_seed & alive)


def _with_relatives(batch: pl.DataFrame, places: np.ndarray) -> pl.DataFrame:
    """The rows at these places as PEOPLE; the relative is the next of the household, of the last one the
    one before.
    """
    household = "household_no"
    members = (
        batch.select("row", household, "pin", "phone")
        .filter(pl.col(household).is_not_null())
        .join(batch[places].select(household).unique(), on=household, how="semi", maintain_order="left")
        .select(
            "row",
            relatives_pin=pl.coalesce(pl.col("pin").shift(-1), pl.col("pin").shift(1)).over(household),
            relatives_phone=pl.coalesce(pl.col("phone").shift(-1), pl.col("phone").shift(1)).over(household),
        )
    )
    born = pl.col("birth_date")
    if batch.schema["birth_date"] == pl.String:
        born = born.map_batches(days_of, return_dtype=pl.Date, is_elementwise=True)
    return (
        batch[places]
        .join(members, on="row", how="left", maintain_order="left")
        .select(
            pl.concat_str("file", pl.lit(":"), "row").alias("truth"),
            "pin",
            "cmnd",
            "full_name",
            born.alias("birth"),
            pl.col("birth_precision").fill_null("D").alias("precision"),
            pl.col("sex").cast(pl.Int8),
            "phone",
            pl.col("permanent_code").alias("home_code"),
            pl.col("permanent_address").alias("home_address"),
            pl.col("current_code").alias("away_code"),
            pl.col("current_address").alias("away_address"),
            "relatives_pin",
            "relatives_phone",
        )
        .cast(pl.Schema(PEOPLE))  # type: ignore[arg-type]
    )

"""A small country and declarations of its people, for the tests of the batch."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from dancu.matching.lookups import ClaimedIdentity, PartialDate, declared_identity
from dancu.register import candidates, importing
from dancu.synthetic import corruption as noise
from dancu.synthetic import population as synthetic

ON = dt.date(2026, 7, 1)


def people(folder: Path, number: int = 3000) -> Path:
    """So many people are in the register; returns their file."""
    file = folder / "people.parquet"
    synthetic.generate(number, 5, file, ON)
    importing.import_files([file], folder / "rejected.csv", ON)
    candidates._size = (0.0, 0)
    return file


def declarations(file: Path, number: int = 600, profile: str = "paper", outsiders: float = 0.1) -> Path:
    """A file of declarations of people in `file` and of others."""
    out = file.with_name(f"{profile}.parquet")
    noise.generate(file, number, 3, profile, out, ON, outsiders)
    return out


def declared(folder: Path, name: str = "declared.csv", **columns: list[str]) -> Path:
    """A file of just these columns."""
    file = folder / name
    frame = pl.DataFrame(columns)
    frame.write_csv(file) if file.suffix == ".csv" else frame.write_parquet(file)
    return file


def declared_of(record: dict[str, Any]) -> ClaimedIdentity:
    """One record (a row of read_records) as `who_is` takes it."""
    birth = PartialDate(record["year"], record["month"], record["day"]) if record["year"] else None
    return declared_identity(
        record["number"], record["full_name"], birth, record["sex_is"], record["area_id"], record["phone"]
    )

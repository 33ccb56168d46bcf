"""The register's own weights, learnt from declarations and the population they come from.

m by Splink's EM, without looking at who is meant (model/training.py). u, and how frequent values are, from
pairs of a declaration and a person drawn at random; where chance is so small that no sample shows it, from
the model file (`chance`).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from dancu.areas import lookups as areas
from dancu.errors import DancuError
from dancu.files.source import UnreadableFile
from dancu.linkage.model.model import DIFFERENT, MISSING, Model
from dancu.linkage.model.scoring import level_sql
from dancu.linkage.model.training import train
from dancu.linkage.model.weights import OTHERS, Weights
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.normalising.addresses import normalise_address
from dancu.matching.query import HomeCodes, commune_today, query_for, register_record
from dancu.matching.vietnamese_kinds import prepare_frame
from dancu.register.candidates import by_ids
from dancu.values.birth_dates import PartialDate, birth_readings
from dancu.values.errors import BadValue
from dancu.values.sexes import sex_of

RANDOM_PAIRS = 3_000_000
LEAST_RECORDS = 1000  # of fewer declarations, or people, the EM learns nothing that holds for others
LEAST_DIFFERENT = 0.001  # m of `different`: files of faults know fewer sorts of them than people do
# a value that fewer people have is one of the others, and counts as half as frequent: villages share rare
# names
LISTED = 3e-5
_PEOPLE = [
    "pin",
    "cmnd",
    "full_name",
    "birth_date",
    "birth_precision",
    "sex",
    "phone",
    "permanent_code",
    "temporary_code",
    "current_code",
]
_DECLARED = ["number", "full_name", "birth", "sex", "phone", "commune_code", "address"]
_NO_TEXT = {"birth_date": pl.Date, "in_register": pl.Boolean}


class TooFewToLearn(DancuError):
    """There are {0:,} {1}: weights need at least {2:,}, and ten thousand or more to be good."""


def learn(
    model: Model,
    declarations: pl.DataFrame,
    people: pl.DataFrame,
    on: dt.date,
    seed: int = 1,
    decisions: pl.DataFrame | None = None,
) -> Weights:
    """Weights for `model`. `declarations`: columns of noise.DECLARED; `people`: of a population file
    (docs/population-file.md).

    `on`: the day whose administrative units the codes are. `decisions`: what people decided in clerical
    review (review.lookups.labels), which the EM takes for certain. Needs some ten thousand declarations, of
    some hundred thousand people. Raises TooFewToLearn.
    """
    for frame, what in ((declarations, "declarations"), (people, "people")):
        if len(frame) < LEAST_RECORDS:
            raise TooFewToLearn(len(frame), what, LEAST_RECORDS)
    fields = dict(model.fields)
    right = _people(people, fields, on)
    rows = [query_for(declared_in(row, on), fields).record for row in declarations.iter_rows(named=True)]
    left = pl.DataFrame(
        rows, schema={column: right.schema[column] for column in rows[0]}, infer_schema_length=None
    )
    right = right.select(left.columns)
    decided = _decided(decisions, fields, on) if decisions is not None else []
    lefts, rights, labels = left, right, []
    if decided:
        lefts = pl.concat([left, pl.DataFrame([one for one, _, _ in decided], schema=left.schema)])
        rights = pl.concat([right, pl.DataFrame([other for _, other, _ in decided], schema=left.schema)])
        labels = [
            (len(left) + at, len(lefts) + len(right) + at, same) for at, (_, _, same) in enumerate(decided)
        ]
    learnt = train(model, lefts, rights, seed=seed, labels=labels)
    by_chance = _by_chance(model, left, right, seed)
    levels = {field: _levels(model, field, learnt.levels[field], by_chance[field]) for field in learnt.levels}
    frequencies = {column: _listed(right[column]) for column in model.frequency_columns}
    told = {
        **learnt.provenance,
        "u": f"{RANDOM_PAIRS:,} random pairs",
        "declarations": len(left),
        "people": len(right),
        "decisions": len(decided),
    }
    return replace(learnt, levels=levels, frequencies=frequencies, provenance=told)


def declared_in(row: Mapping[str, Any], on: dt.date) -> ClaimedIdentity:
    """A row of a file of declarations as what was declared; what cannot be read counts as not declared."""
    home = _commune(row["commune_code"] or "", on) or _addressed(row["address"] or "", on)
    return ClaimedIdentity(
        row["number"] or "",
        row["full_name"] or "",
        _birth(row["birth"] or "", on),
        sex_of(row["sex"]),
        frozenset(areas.ids_below(home) if home else ()),
        frozenset(),
        home,
        row["phone"] or "",
    )


@cache
def _birth(text: str, on: dt.date) -> Any:
    try:
        return birth_readings(text, on)[0]
    except BadValue:
        return None


@cache
def _commune(code: str, on: dt.date) -> int | None:
    unit = areas.unit(code, on) or next(iter(areas.units(code)), None)
    return unit.area_id if unit else None


def _addressed(text: str, on: dt.date) -> int | None:
    commune = normalise_address(text, on).commune if text else None
    return commune.area_id if commune else None


def _people(people: pl.DataFrame, fields: Mapping[str, str], on: dt.date) -> pl.DataFrame:
    """People of a population file, prepared as seeking.held prepares those of the register."""
    people = people.select(_PEOPLE).with_columns(pl.col("birth_precision").fill_null("D"))
    codes = [
        code
        for column in ("permanent_code", "temporary_code", "current_code")
        for code in people[column].unique()
        if code
    ]
    home = {code: commune_today(_commune(code, on)) for code in codes} | {None: HomeCodes(), "": HomeCodes()}
    births = zip(people["birth_date"], people["birth_precision"], strict=True)
    elsewhere = people.select(pl.coalesce("current_code", "temporary_code")).to_series()
    frame = pl.DataFrame(
        {
            "name": people["full_name"],
            "birth": [str(PartialDate.of(date, precision)) for date, precision in births],
            "number": people["pin"],
            "cmnd": people["cmnd"],
            "phone": people["phone"],
            "sex": people["sex"].cast(pl.String),
            **{
                column: [getattr(home[code], column) for code in people["permanent_code"]]
                for column in HomeCodes._fields
            },
            "home_other": [home[code].home for code in elsewhere],
        },
    )
    return prepare_frame(fields, frame)


def _decided(
    decisions: pl.DataFrame, fields: Mapping[str, str], on: dt.date
) -> list[tuple[dict, dict, bool]]:
    """Prepared pairs that people decided, a declaration and a person each. Two records of the register
    teach nothing about declaring.
    """
    rows = decisions.filter(pl.col("left_person_id").is_null() & pl.col("full_name").is_not_null())
    people = {
        person.person_id: register_record(person, dict(fields))
        for person in by_ids(rows["person_id"].unique().to_list())
    }
    return [
        (
            query_for(declared_in(row, on), dict(fields)).record,
            people[row["person_id"]],
            row["decision"] == "same",
        )
        for row in rows.iter_rows(named=True)
        if row["person_id"] in people
    ]


def _by_chance(
    model: Model, left: pl.DataFrame, right: pl.DataFrame, seed: int
) -> dict[str, dict[str, float]]:
    """How many random pairs reach each level, by field."""
    with duckdb.connect() as db:
        for side, frame in (("l", left), ("r", right)):
            drawn = frame.sample(
                RANDOM_PAIRS, with_replacement=True, seed=seed + (side == "r")
            ).with_row_index("pair")
            db.register(
                side, drawn.rename({column: f"{column}_{side}" for column in frame.columns}).to_arrow()
            )
        counted = {}
        for comparison in model.comparisons:
            sql = (
                f"SELECT {level_sql(comparison)} AS level, count(*) FROM l JOIN r USING (pair) GROUP BY level"
            )
            counted[comparison.field] = dict(db.execute(sql).fetchall())
    return counted


def _levels(
    model: Model, field: str, learnt: Mapping[str, tuple[float, float]], counted: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    known = {
        level.name: level.chance for each in model.comparisons if each.field == field for level in each.levels
    }
    pairs = sum(count for level, count in counted.items() if level != MISSING)
    return {
        level: (
            max(m, LEAST_DIFFERENT if level == DIFFERENT else 0.0),
            known.get(level) or (counted.get(level, 0) + 0.5) / (pairs + 1),
        )
        for level, (m, _u) in learnt.items()
    }


def _listed(values: pl.Series) -> dict[str, float]:
    counted = values.drop_nulls().value_counts(normalize=True).sort("proportion", descending=True)
    often = counted.filter(pl.col("proportion") >= LISTED)
    return {OTHERS: LISTED / 2} | {value: float(f"{share:.3g}") for value, share in often.iter_rows()}


def read_people(files: Sequence[Path]) -> pl.DataFrame:
    """The columns that learning needs, of population files in Parquet or directories of their parts.
    Raises UnreadableFile.
    """
    return pl.concat([_read(part, _PEOPLE) for file in files for part in _parts(file)])


def read_declarations(
    files: Sequence[Path], more: Sequence[str] = (), most: int | None = None
) -> pl.DataFrame:
    """What was declared, of files in Parquet or directories of their parts; `more`: columns besides; `most`:
    records of each file.

    Raises UnreadableFile.
    """
    return pl.concat([_read(part, [*_DECLARED, *more], most) for file in files for part in _parts(file)])


def _parts(file: Path) -> list[Path]:
    parts = sorted(file.glob("part-*.parquet")) if file.is_dir() else [file]
    if not parts:
        raise UnreadableFile(file.name, "the directory contains no part-*.parquet")
    return parts


def _read(file: Path, columns: Sequence[str], most: int | None = None) -> pl.DataFrame:
    try:
        with file.open("rb") as source:
            if source.read(4) != b"PAR1":
                raise UnreadableFile(file.name, "is not a Parquet file")
        if lacking := [column for column in columns if column not in pl.read_parquet_schema(file)]:
            raise UnreadableFile(file.name, f"has no column {', '.join(lacking)}")
        return pl.read_parquet(file, columns=list(columns), n_rows=most).select(
            pl.col(column).cast(_NO_TEXT.get(column, pl.String)) for column in columns
        )
    except pl.exceptions.PolarsError as error:
        raise UnreadableFile(file.name, str(error).splitlines()[0]) from error
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or str(error)) from error

"""One part of a country's files, made ready for COPY: checked, numbered, its relatives found."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl

from dancu.areas.lookups import Era
from dancu.register.codes import ALIVE, DEAD
from dancu.register.importing import kin, population_file
from dancu.register.importing.checking import check, warnings
from dancu.register.importing.directory import NOBODY, Directory, keys_of
from dancu.register.importing.kin import Kin
from dancu.register.importing.ruling import absent, doubtful_kin, impossible_kin, told, too_close
from dancu.register.importing.writing import FILE, Writing

_PERSON = {  # column of the register: where it comes from
    "person_id": "person_id",
    "household_id": "household_id",
    "father_id": "father_id",
    "mother_id": "mother_id",
    "spouse_id": "spouse_id",
    "birth_date": "birth_date",
    "status_on": "status_on",
    "card_issued_on": "card_issued_on",
    "birth_area": "birth_area",
    "native_area": "native_area",
    "home_area": "home_area",
    "home_since": "home_since",
    "given_key": "given_key",
    "ends_key": "ends_key",
    "sex": "sex",
    "status": "status",
    "marital_status": "marital_status",
    "relation": "relation_to_head",
    "birth_precision": "birth_precision",
    "pin": "pin",
    "cmnd": "cmnd",
    "phone": "phone",
    "full_name": "full_name",
    "home_address": "home_address",
    "ethnicity": "ethnicity",
    "religion": "religion",
    "nationality": "nationality",
    "blood_group": "blood_group",
    "father_name": "father_name",
    "mother_name": "mother_name",
    "email": "email",
}
_KINDS = ("father", "mother", "spouse")
_KNOWN_BY = ("pin", "full_name", "birth_date", "household_no")
_RESIDENCE = ("person_id", "kind", "valid_from", "valid_to", "until", "area_id", "address")


@dataclass(frozen=True)
class ImportPart:
    """`rows` rows of a file, from its row `first` (counted from 0), which is row `first_of_all` of all
    files together.
    """

    path: Path
    first: int
    rows: int
    first_of_all: int

    def who(self) -> Iterator[tuple[int, np.ndarray, pl.DataFrame]]:
        """What the people of this part are known by: the first row of each batch, counted over all files,
        its keys, and what Kin asks of it.
        """
        wanted = list({*_KNOWN_BY, *kin.COLUMNS, *population_file.as_written(self.path)})
        for batch in population_file.read(self.path, self.first, self.rows, wanted):
            missing = [
                pl.lit(None, pl.String).alias(column) for column in _KNOWN_BY if column not in batch.columns
            ]
            yield (
                int(batch["row"][0]) - 1 - self.first + self.first_of_all,
                keys_of(batch.with_columns(missing)),
                batch,
            )


@dataclass(frozen=True)
class Work:
    """What all parts share. `writings`: of each file."""

    directory: Directory
    writings: Mapping[Path, Writing]
    kin: Kin
    first_person_id: int
    first_household_id: int
    on: date
    eras: Sequence[Era]


@dataclass(frozen=True)
class ImportBatch:
    """Rows ready for COPY: by table, the columns and the text. `refused`: row, person_id (0: none) and the
    record as JSON. `warned`: row, and what is told of it as JSON."""

    read: int
    rows: dict[str, tuple[Sequence[str], bytes]]
    refused: list[tuple[int, int, str]]
    warned: list[tuple[int, str]]


def prepared(part: ImportPart, work: Work) -> Iterator[ImportBatch]:
    """The part's batches, one after another."""
    again = work.directory.stand_again(part.first_of_all, part.rows) - part.first_of_all + part.first + 1
    households = _household_ids(part, work)
    written: set[int] = set()
    refused: set[int] = set()
    for batch in population_file.read(part.path, part.first, part.rows):
        made = _batch(batch, part, work, households, written, pl.Series(again, dtype=pl.Int64))
        refused |= {row for row, *_rest in made.refused}
        yield made
    told = work.writings[part.path].told
    own = pl.col("row").is_between(part.first + 1, part.first + part.rows)
    told = told.filter((own & ~pl.col("row").is_in(refused)) | ((pl.col("row") == FILE) & (part.first == 0)))
    yield ImportBatch(0, {}, [], list(_warned(told, told["row"], part)))


def _batch(
    batch: pl.DataFrame,
    part: ImportPart,
    work: Work,
    households: pl.Series,
    written: set[int],
    again: pl.Series,
) -> ImportBatch:
    checked = check(batch, work.on, work.eras)
    good = population_file.with_defaults(checked.good)
    refused = list(_refused(checked.rejected, part, work, again))
    twice = batch.filter(pl.col("row").cast(pl.Int64).is_in(again.implode())) if len(again) else batch.clear()
    if len(twice):
        good = good.filter(~pl.col("row").is_in(twice["row"].implode()))
        fit = twice.filter(~pl.col("row").is_in(checked.rejected["row"].implode()))
        fit = fit.with_columns(problems=pl.lit("pin: is in the files twice; only the first row counts"))
        refused += _refused(fit, part, work, again)
    unsure = work.writings[part.path].unsure.filter(pl.col("row").is_in(good["row"].cast(pl.Int64).implode()))
    if len(unsure):
        refused += _refused(_as_sent(batch, unsure["row"], unsure["problems"]), part, work, again)
        good = good.filter(~pl.col("row").cast(pl.Int64).is_in(unsure["row"].implode()))
    good = good.with_columns(nth=pl.col("row").cast(pl.Int64) - 1 - part.first)
    found = {kind: _found(good, kind, work) for kind in _KINDS}
    beside = work.kin.beside(good, part.first_of_all, found)
    wrong = told(beside, [*impossible_kin(), too_close()])
    if (bad := wrong != "").any():
        refused += _refused(_as_sent(batch, good["row"].filter(bad), wrong.filter(bad)), part, work, again)
        good, beside, fit = good.filter(~bad), beside.filter(~bad), (~bad).to_numpy()
        found = {kind: rows[fit] for kind, rows in found.items()}
    alone = good.with_columns(_absent(good, kind, rows) for kind, rows in found.items())
    doubts = told(beside, list(doubtful_kin())), told(alone, list(absent()))
    warned = pl.concat([checked.warnings, *(warnings(good["row"], each) for each in doubts)])
    good = good.with_columns(
        (pl.col("nth") + part.first_of_all + work.first_person_id).alias("person_id"),
        households.gather(good["nth"]).alias("household_id"),
        *(_relative(kind, rows, work) for kind, rows in found.items()),
        pl.coalesce(
            "permanent_since", pl.when(pl.col("former_area").is_not_null()).then("former_until"), "birth_date"
        ).alias("lived_since"),
        pl.when(pl.col("status") != ALIVE).then("status_on").alias("status_on"),
    )
    lives = pl.when(pl.col("status") != DEAD)
    good = good.with_columns(
        lives.then("lived_since").alias("home_since"), lives.then("permanent_address").alias("home_address")
    )
    escape = not checked.plain
    return ImportBatch(
        len(batch),
        {
            "person": (
                list(_PERSON),
                _text(
                    good.select(pl.col(source).alias(column) for column, source in _PERSON.items()), escape
                ),
            ),
            "household": (("household_id", "household_no"), _text(_new_households(good, written), escape)),
            "residence": (_RESIDENCE, _text(_residences(good), escape)),
            "named_relative": (("person_id", "kind", "full_name", "number"), _text(_named(good), escape)),
        },
        refused,
        list(_warned(warned, good["row"], part)),
    )


def _household_ids(part: ImportPart, work: Work) -> pl.Series:
    """1 and the digits of the file's number; of another kind of number, minus what is reserved for its
    first row in this part.
    """
    if "household_no" not in population_file.columns(part.path):
        return pl.Series([None], dtype=pl.Int64).new_from_index(0, part.rows)
    start = work.first_household_id + part.first_of_all
    read = pl.concat(population_file.read(part.path, part.first, part.rows, ["household_no"]))
    rows = pl.DataFrame({"no": read["household_no"].str.strip_chars()})
    rows = rows.with_columns(pl.int_range(start, start + len(rows), dtype=pl.Int64).alias("row"))
    digits = pl.col("no").str.contains("^[0-9]{1,17}$")
    rows = rows.with_columns(
        pl.when(digits).then("1" + pl.col("no")).str.to_integer(strict=False).alias("household_id")
    )
    others = rows.filter(pl.col("household_id").is_null() & (pl.col("no") != ""))
    if len(others):
        first = others.group_by("no").agg((-pl.col("row").min()).alias("first"))
        rows = rows.join(first, on="no", how="left", maintain_order="left")
        rows = rows.with_columns(pl.coalesce("household_id", "first").alias("household_id"))
    return rows["household_id"]


def _new_households(rows: pl.DataFrame, written: set[int]) -> pl.DataFrame:
    """The households with a row of their own that no earlier batch of the part has `written`."""
    firsts = (
        rows.select("household_id", "household_no").filter(pl.col("household_id") < 0).unique("household_id")
    )
    new = firsts.filter(~pl.col("household_id").is_in(written))
    written.update(new["household_id"])
    return new


def _found(rows: pl.DataFrame, kind: str, work: Work) -> np.ndarray:
    """The rows of all files that are these rows' relatives, NOBODY where there is none."""
    found = np.full(len(rows), NOBODY, np.int64)
    pins = rows[f"{kind}_pin"]
    found[pins.is_not_null().arg_true().to_numpy()] = work.directory.find(
        pins.drop_nulls().str.to_integer().to_numpy()
    )
    return found


def _absent(rows: pl.DataFrame, kind: str, found: np.ndarray) -> pl.Series:
    """Whether the files have no row of the one whose number stands there."""
    return (rows[f"{kind}_pin"].is_not_null() & pl.Series(found == NOBODY)).alias(f"{kind}_absent")


def _relative(kind: str, found: np.ndarray, work: Work) -> pl.Series:
    ids = pl.Series(f"{kind}_id", found + work.first_person_id)
    return ids.set(pl.Series(found == NOBODY), None)


def _as_sent(batch: pl.DataFrame, rows: pl.Series, problems: pl.Series) -> pl.DataFrame:
    """Rows as they came, with what is wrong with them."""
    wrong = pl.DataFrame({"row": rows.cast(batch.schema["row"]), "problems": problems})
    last = [column for column in ("as_sent",) if column in batch.columns]
    return batch.join(wrong, on="row", maintain_order="left").select(
        pl.exclude("problems", *last), "problems", *last
    )


def _warned(warned: pl.DataFrame, good: pl.Series, part: ImportPart) -> Iterator[tuple[int, str]]:
    """What is told of the rows that are taken, each once."""
    of_good = warned.filter(pl.col("row").is_in(good.cast(pl.Int64).implode()))
    each = of_good.group_by("row", maintain_order=True).agg(pl.col("warnings").str.join("; "))
    for row, text in each.iter_rows():
        yield row, json.dumps({"file": part.path.name, "row": row, "warnings": text})


def _residences(rows: pl.DataFrame) -> pl.DataFrame:
    """A former permanent residence, a temporary and a current one, where there are such; of the dead, the
    one they died in, all ended.
    """

    def lived(
        kind: int, where: pl.Expr, since: pl.Expr, to: pl.Expr, until: pl.Expr, area: str, address: str
    ) -> pl.DataFrame:
        columns = (
            "person_id",
            pl.lit(kind),
            since,
            to,
            until,
            area,
            pl.col(address).fill_null(""),
        )
        named = [
            (pl.col(column) if isinstance(column, str) else column).alias(name)
            for name, column in zip(_RESIDENCE, columns, strict=True)
        ]
        return rows.lazy().filter(where).select(named).collect()

    def ended(since: pl.Expr) -> pl.Expr:
        """When a residence ended with its person's death; as actions.record_death, not before it lasted a
        day.
        """
        return pl.when(dead).then(pl.max_horizontal("status_on", since.dt.offset_by("1d")))

    dead, none = pl.col("status") == DEAD, pl.lit(None, pl.Date)
    last, now = pl.col("lived_since"), pl.coalesce("temporary_since", "lived_since")
    since, until = pl.col("temporary_since"), pl.col("temporary_until")
    former = (
        pl.col("former_area").is_not_null()
        & (pl.col("former_since") < pl.col("former_until"))
        & (pl.col("former_since") != pl.col("lived_since"))
    )
    return pl.concat(
        [
            lived(1, dead, last, ended(last), none, "home_area", "permanent_address"),
            lived(
                1,
                former,
                pl.col("former_since"),
                pl.col("former_until"),
                none,
                "former_area",
                "former_address",
            ),
            lived(
                2,
                pl.col("temporary_area").is_not_null(),
                since,
                ended(since),
                until,
                "temporary_area",
                "temporary_address",
            ),
            lived(
                4,
                pl.col("current_area").is_not_null(),
                now,
                ended(now),
                none,
                "current_area",
                "current_address",
            ),
        ]
    )


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """The numbers of parents who are in neither."""
    return pl.concat(
        rows.filter(
            pl.col(f"{kind}_pin").is_not_null()
            & pl.col(f"{kind}_name").is_not_null()
            & pl.col(f"{kind}_id").is_null()
        ).select(
            "person_id",
            pl.lit(kind).alias("kind"),
            pl.col(f"{kind}_name").alias("full_name"),
            pl.col(f"{kind}_pin").alias("number"),
        )
        for kind in ("father", "mother")
    )


def _refused(
    rows: pl.DataFrame, part: ImportPart, work: Work, again: pl.Series
) -> Iterator[tuple[int, int, str]]:
    """Row, the person_id under which relatives of it are recorded (0: an earlier row's), and what was
    sent, with the problems.
    """
    for record in rows.select(pl.exclude("unfit").cast(pl.String)).iter_rows(named=True):
        row = int(record["row"])
        person_id = row - 1 - part.first + part.first_of_all + work.first_person_id
        yield row, 0 if row in again else person_id, json.dumps({"file": part.path.name, **record})


def _text(rows: pl.DataFrame, escape: bool) -> bytes:
    """Rows as COPY's text format reads them. Tabs and ends of lines cannot occur: control characters were
    refused.
    """
    if escape:
        rows = rows.with_columns(pl.col(pl.String).str.replace_all("\\", "\\\\", literal=True))
    out = BytesIO()
    rows.write_csv(out, include_header=False, separator="\t", null_value=r"\N", quote_style="never")
    return out.getvalue()

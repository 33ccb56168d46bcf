"""The population file: its columns, and what makes a row unfit to load. Documented for senders in docs/population-file.md.

Every check is a polars expression that is true where a row is bad, so a million rows are checked in a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from dancu.areas import lookups as areas
from dancu.register.errors import MissingColumns, NotAPopulationFile
from dancu.register.numbers import PROVINCES
from dancu.sounds import name_keys

BATCH_ROWS = 200_000

TEXTS = [
    "pin", "cmnd", "full_name", "birth_precision", "ethnicity", "religion", "nationality", "blood_group", "phone", "email",
    "household_no", "father_pin", "mother_pin", "spouse_pin", "father_name", "mother_name",
    "permanent_address", "temporary_address", "current_address", "former_address",
]  # fmt: skip
CODES = ["birth_registered_code", "native_code", "permanent_code", "temporary_code", "current_code", "former_code"]
DATES = [
    "birth_date", "status_on", "card_issued_on", "permanent_since", "temporary_since", "temporary_until", "former_since", "former_until",
]  # fmt: skip
NUMBERS = ["sex", "marital_status", "status", "relation_to_head"]
COLUMNS = [*TEXTS, *CODES, *DATES, *NUMBERS]
REQUIRED = ["full_name", "birth_date", "sex", "permanent_code"]
DEFAULTS = {"birth_precision": "D", "nationality": "VNM", "status": 1}


@dataclass(frozen=True)
class Checked:
    """One batch: rows fit to load (typed, with area ids), and those that are not (as they came, with `row` and `problems`)."""

    good: pl.DataFrame
    rejected: pl.DataFrame
    warned: int


def read(path: Path) -> Iterator[pl.DataFrame]:
    """The file's rows in batches, every column as text, with `row` counted from 1 (the header of a CSV not counted).

    Raises NotAPopulationFile where it is neither CSV in UTF-8 nor Parquet, MissingColumns where a needed column is absent.
    """
    frame = _open(path).select(pl.col(column).cast(pl.String) for column in columns(path))
    try:
        yield from frame.with_row_index("row", offset=1).collect_batches(chunk_size=BATCH_ROWS, maintain_order=True)
    except pl.exceptions.PolarsError as problem:
        raise NotAPopulationFile(path.name) from problem


def columns(path: Path) -> list[str]:
    """Those of our columns that the file has. Raises as `read` does."""
    try:
        present = _open(path).collect_schema().names()
    except pl.exceptions.PolarsError as problem:
        raise NotAPopulationFile(path.name) from problem
    if missing := [column for column in REQUIRED if column not in present]:
        raise MissingColumns(path.name, ", ".join(missing))
    return [column for column in COLUMNS if column in present]


def count(path: Path) -> int:
    """How many rows the file has. Raises as `read` does."""
    columns(path)
    try:
        return _open(path).select(pl.len()).collect().item()
    except pl.exceptions.PolarsError as problem:
        raise NotAPopulationFile(path.name) from problem


def check(batch: pl.DataFrame, on: date) -> Checked:
    """Part a batch into fit and unfit rows. `on`: the day whose administrative units the current codes belong to."""
    cleaned = batch.with_columns(
        pl.col(column).str.normalize("NFC").str.strip_chars().replace("", None)
        for column in batch.columns
        if column != "row"
    )
    cleaned = cleaned.with_columns(pl.lit(None, pl.String).alias(c) for c in COLUMNS if c not in cleaned.columns)
    typed = cleaned.with_columns(
        *(_date(pl.col(column)).alias(column) for column in DATES),
        *(pl.col(column).cast(pl.Int16, strict=False) for column in NUMBERS),
    ).with_columns(pl.col(column).fill_null(value) for column, value in DEFAULTS.items())
    typed = typed.with_columns(
        phone=pl.col("phone").str.replace_all(r"[\s.-]", "").str.replace(r"^\+84", "0"),
        home_area=_area("permanent_code", pl.lit(on)),
        temporary_area=_area("temporary_code", pl.lit(on)),
        current_area=_area("current_code", pl.lit(on)),
        former_area=_area("former_code", pl.col("former_until") - pl.duration(days=1)),
        birth_area=_area("birth_registered_code", pl.col("birth_date")),
        native_area=_area("native_code", pl.col("birth_date")),
    )
    given_keys, ends_keys = name_keys(typed["full_name"])
    typed = typed.with_columns(given_keys.alias("given_key"), ends_keys.alias("ends_key"))
    given = {column: cleaned[column].is_not_null() for column in COLUMNS}
    typed = typed.with_columns(problems=pl.concat_str(list(_problems(given)), separator="; ", ignore_nulls=True))
    bad = typed["problems"] != ""
    return Checked(
        good=typed.filter(~bad).drop("problems", *CODES),
        rejected=batch.filter(bad).with_columns(problems=typed.filter(bad)["problems"]),
        warned=typed.filter(~bad).select(_pin_warned().sum()).item() or 0,
    )


def _open(path: Path) -> pl.LazyFrame:
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PAR1":
        return pl.scan_parquet(path)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
        raise NotAPopulationFile(path.name)
    return pl.scan_csv(path, infer_schema=False, truncate_ragged_lines=True)


def _date(text: pl.Expr) -> pl.Expr:
    return pl.coalesce(text.str.to_date("%Y-%m-%d", strict=False), text.str.to_date("%d/%m/%Y", strict=False))


def _area(code: str, on: pl.Expr) -> pl.Expr:
    """The unit that bore `code` on that day; where none did, the unit that bears or bore it at another time."""
    eras = areas.ids_by_code_and_era()
    found = [
        pl.when((on >= era.valid_from) & (on < (era.valid_to or date.max)))
        .then(pl.col(code).replace_strict(era.ids, default=None, return_dtype=pl.Int32))
        for era in eras
    ]  # fmt: skip
    other = [pl.col(code).replace_strict(era.ids, default=None, return_dtype=pl.Int32) for era in reversed(eras)]
    return pl.coalesce(*found, *other)


def _problems(given: dict[str, pl.Series]) -> Iterator[pl.Expr]:
    def problem(field: str, bad: pl.Expr, reason: str) -> pl.Expr:
        return pl.when(bad.fill_null(False)).then(pl.lit(f"{field}: {reason}")).otherwise(None)

    for column in REQUIRED:
        yield problem(column, pl.lit(~given[column]), "is empty, and a person cannot be recorded without it")
    for column in DATES:
        unread = pl.lit(given[column]) & pl.col(column).is_null()
        yield problem(column, unread, "is not a date that exists; write 1975-04-30 or 30/04/1975")
    for column in NUMBERS:
        yield problem(column, pl.lit(given[column]) & pl.col(column).is_null(), "is not a whole number")
    for code, area in (
        ("permanent_code", "home_area"), ("temporary_code", "temporary_area"), ("current_code", "current_area"),
        ("former_code", "former_area"), ("birth_registered_code", "birth_area"), ("native_code", "native_area"),
    ):  # fmt: skip
        yield problem(code, pl.lit(given[code]) & pl.col(area).is_null(), "is no administrative unit's code")
    for column in ("pin", "father_pin", "mother_pin", "spouse_pin"):
        yield problem(column, ~pl.col(column).str.contains(r"^\d{12}$"), "is not 12 digits")
    unassigned = ~pl.col("pin").str.slice(0, 3).is_in(list(PROVINCES)) & pl.col("pin").str.contains(r"^0\d{11}$")
    yield problem("pin", unassigned, "begins with a province code that was never assigned")
    yield problem("cmnd", ~pl.col("cmnd").str.contains(r"^\d{9}$"), "is not 9 digits")
    for column in TEXTS:
        yield problem(column, pl.col(column).str.contains(r"\p{Cc}"), "contains control characters")
    for column in ("full_name", "father_name", "mother_name"):
        yield problem(column, pl.col(column).str.len_chars() > 200, "is longer than 200 characters")
    yield problem("full_name", ~pl.col("full_name").str.contains(r"\p{L}"), "has no letter in it")
    yield problem("birth_date", pl.col("birth_date").dt.year() < 1880, "is before 1880")
    yield problem("birth_date", pl.col("birth_date") > pl.lit(date.today()), "is in the future")  # noqa: DTZ011
    yield problem("birth_precision", ~pl.col("birth_precision").is_in(["D", "M", "Y"]), "is not D, M or Y")
    yield problem("sex", ~pl.col("sex").is_in([1, 2]), "is not 1 (male) or 2 (female)")
    yield problem("status", ~pl.col("status").is_in([1, 2, 3]), "is not 1 (alive), 2 (dead) or 3 (missing)")
    yield problem("marital_status", ~pl.col("marital_status").is_between(1, 5), "is not 1 to 5")
    yield problem("relation_to_head", ~pl.col("relation_to_head").is_between(1, 9), "is not 1 to 9")
    yield problem(
        "status_on", (pl.col("status") != 1) & pl.col("status_on").is_null(), "is needed for the dead and the missing"
    )
    yield problem(
        "phone",
        ~pl.col("phone").str.contains(r"^0\d{9,10}$"),
        "is not a Vietnamese telephone number such as 0912345678",
    )
    for kind in ("temporary", "former"):
        lost = pl.col(f"{kind}_area").is_not_null() & pl.col(f"{kind}_since").is_null()
        yield problem(f"{kind}_since", lost, "is needed where there is such a residence")
    reversed_ = pl.col("former_until") <= pl.col("former_since")
    yield problem("former_until", reversed_, "is not after former_since")


def _pin_warned() -> pl.Expr:
    """Where the number's century, sex or year disagrees with the record: a warning, for it occurs (DOMAIN part 2)."""
    mark = pl.col("pin").str.slice(3, 1).cast(pl.Int16, strict=False)
    century = (pl.col("birth_date").dt.year() // 100 - 19) * 2
    year = pl.col("pin").str.slice(4, 2).cast(pl.Int16, strict=False)
    return (mark != century + pl.col("sex") - 1) | (year != pl.col("birth_date").dt.year() % 100)

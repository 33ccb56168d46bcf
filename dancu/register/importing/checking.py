"""Parting the rows of a population file into fit and unfit.

Nearly all rows of a good file are plain: nothing in them wants cleaning, nothing is wrong. Those are told by
checks that are cheap for a whole column (a million rows in a second); only the others are looked at
carefully, with reasons (dancu/register/importing/problems.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from dancu.areas.lookups import Era
from dancu.register.importing.population_file import (
    CODES,
    COLUMNS,
    DATES,
    NUMBERS,
    REQUIRED,
    TEXTS,
    with_defaults,
)
from dancu.register.importing.problems import (
    LISTED,
    NAMES,
    NO_CARD,
    ONLY_CALLED,
    ROUNDED,
    SINCE,
    carefully,
    is_name_alone,
    is_own_name,
    mistyped_names,
    text_as_date,
)
from dancu.register.importing.ruling import doubtful, impossible, told
from dancu.register.importing.units import of_another_time
from dancu.register.rules import EARLIEST_BIRTH, is_before_birth, is_in_the_future
from dancu.text.escaped import ESCAPED
from dancu.text.garbled import LETTERS, STRANGE
from dancu.text.sounds import name_keys
from dancu.values.emails import EMAIL
from dancu.values.numbers import places
from dancu.values.phones import PLAIN_PHONE

_DIGITS = {"pin": 12, "cmnd": 9, "father_pin": 12, "mother_pin": 12, "spouse_pin": 12}
_MARKED = (
    *NAMES,
    "permanent_address",
    "temporary_address",
    "current_address",
    "former_address",
)  # text with Vietnamese letters
_PRINTED = r" -\[\]-~"  # of ASCII, but the backslash, which COPY wants doubled
_NAMED = r" '.A-Za-z-"  # of ASCII, in nearly every name
_LETTERS = f"A-Za-z{LETTERS}"  # composed: such text is in NFC
_WORD = r"^[!-\[\]-~]+$"
_AREAS = {  # area: its code, and the column that tells the day (None: the day of loading)
    "home_area": ("permanent_code", None),
    "temporary_area": ("temporary_code", None),
    "current_area": ("current_code", None),
    "former_area": ("former_code", "former_until"),
    "birth_area": ("birth_registered_code", "birth_date"),
    "native_area": ("native_code", "birth_date"),
}


@dataclass(frozen=True)
class Checked:
    """One batch: rows fit to load (typed, with area ids), and those that are not (as they came, with `row`
    and `problems`).

    An empty field stays empty (see `population_file.with_defaults`): of somebody whom the register holds it
    says nothing. `warnings`: of the fit ones that are doubtful, `row` and `warnings`. `plain`: no text in the
    fit ones has a backslash or any letter that is not Latin.
    """

    good: pl.DataFrame
    rejected: pl.DataFrame
    warnings: pl.DataFrame
    plain: bool

    @property
    def warned(self) -> int:
        return len(self.warnings)


def check(batch: pl.DataFrame, on: date, eras: Sequence[Era]) -> Checked:
    """Part a batch into fit and unfit rows. `on`: the day whose administrative units, of `eras`, the
    current codes belong to.
    """
    sent, unfit = batch, batch["unfit"] if "unfit" in batch.columns else pl.Series("unfit", [None], pl.String)
    batch = batch.drop("line", "unfit", "as_sent", strict=False).with_columns(
        pl.lit(None, pl.String).alias(column) for column in COLUMNS if column not in batch.columns
    )
    typed = _typed(batch)
    typed = typed.with_columns(_area(typed, area, on, eras) for area in _AREAS)
    filled = with_defaults(typed)
    plain = filled.select(pl.all_horizontal(*_plain(batch, filled)).fill_null(False)).to_series()
    good = typed.drop(CODES)
    rejected = _told(sent.clear(), pl.Series(dtype=pl.String))
    all_plain = plain.all()
    if not all_plain:
        others = carefully(batch.filter(~plain), on, eras)
        if unfit.null_count() < len(unfit):
            others = others.with_columns(problems=pl.coalesce(unfit.filter(~plain), "problems"))
        fit = others["problems"] == ""
        rejected = _told(sent.filter(~plain).filter(~fit), others["problems"].filter(~fit))
        good = good.filter(plain).merge_sorted(others.filter(fit).select(good.columns), "row")
    given_keys, ends_keys = name_keys(good["full_name"])
    good = good.with_columns(given_keys.alias("given_key"), ends_keys.alias("ends_key"))
    doubts = told(with_defaults(good), [*doubtful(date.today()), *of_another_time(good, on, eras)])  # noqa: DTZ011
    return Checked(good, rejected, warnings(good["row"], doubts), all_plain)


def warnings(rows: pl.Series, texts: pl.Series) -> pl.DataFrame:
    """`row` and `warnings` of the rows of which something is told."""
    some = texts != ""
    return pl.DataFrame({"row": rows.cast(pl.Int64).filter(some), "warnings": texts.filter(some)})


def _told(rows: pl.DataFrame, problems: pl.Series) -> pl.DataFrame:
    """Rows as they came, of the columns they came with and no others: an empty value would mean none.
    What does not fit stands last.
    """
    last = [column for column in ("as_sent",) if column in rows.columns]
    return rows.select(pl.exclude("unfit", *last), problems.alias("problems"), *last)


def _typed(batch: pl.DataFrame) -> pl.DataFrame:
    return batch.select(
        "row",
        *TEXTS,
        *CODES,
        *(text_as_date(pl.col(c)).alias(c) if batch.schema[c] == pl.String else pl.col(c) for c in DATES),
        *(pl.col(column).cast(pl.Int16, strict=False) for column in NUMBERS),
    )


def _area(typed: pl.DataFrame, area: str, on: date, eras: Sequence[Era]) -> pl.Series:
    """The unit that bore the code on the day; where none did, the unit that bears or bore it at another time;
    null where the code is no five digits."""
    code, day = _AREAS[area]
    if typed[code].null_count() == len(typed):
        return pl.Series(area, [None], dtype=pl.Int32).new_from_index(0, len(typed))
    codes = typed[code].str.to_integer(strict=False).fill_null(0).clip(0, 99_999).to_numpy()
    if day is None:
        ids = _units(on, eras)[codes]
    else:
        starts = sorted({era.valid_from for era in eras} | {era.valid_to for era in eras if era.valid_to})
        spans = np.stack([_units(start, eras) for start in starts])
        days = typed[day].fill_null(date.max).to_numpy() - np.timedelta64(
            1 if day == "former_until" else 0, "D"
        )
        nth = (
            np.searchsorted(np.array(starts, "datetime64[D]"), days.astype("datetime64[D]"), side="right") - 1
        )
        ids = spans[np.maximum(nth, 0), codes]
    found = pl.Series(area, ids, dtype=pl.Int32)
    return found.set(found == 0, None)


def _units(on: date, eras: Sequence[Era]) -> np.ndarray:
    """The unit's id at the place of its code, 0 where no unit ever had it."""
    units = np.zeros(100_000, np.int32)
    for era in sorted(
        eras, key=lambda era: era.valid_from <= on and (era.valid_to is None or on < era.valid_to)
    ):
        codes = [int(code) for code in era.ids if len(code) == 5]
        units[codes] = [id_ for code, id_ in era.ids.items() if len(code) == 5]
    return units


def _plain(batch: pl.DataFrame, typed: pl.DataFrame) -> Iterator[pl.Expr]:
    """What holds of a plain row; a null counts as true. Stricter than
    dancu/register/importing/problems.py in every field.
    """
    empty = {column for column in COLUMNS if batch[column].null_count() == len(batch)}

    def holds(column: str, condition: pl.Expr) -> Iterator[pl.Expr]:
        if column not in empty:
            yield condition.fill_null(True)

    for column in REQUIRED:
        yield pl.col(column).is_not_null()
    for column in (*DATES, *NUMBERS):
        if batch.schema[column] == pl.String:
            yield pl.lit(batch[column].is_null()) | pl.col(column).is_not_null()
    for column, digits in _DIGITS.items():
        yield from holds(column, _is_number(column, digits))
    for area, (code, _day) in _AREAS.items():
        yield from holds(code, _is_number(code, 5) & (pl.col(code).is_null() | pl.col(area).is_not_null()))
    for column in _MARKED:
        unusual = f"[^{_NAMED}{LETTERS}]" if column in NAMES else f"[^{_PRINTED}{_LETTERS}]"
        yield from holds(
            column,
            ~pl.col(column).str.contains(unusual) & (pl.col(column) == pl.col(column).str.strip_chars(" ")),
        )
        yield from holds(column, pl.col(column).str.len_bytes().is_between(1, 200))
    yield from holds("full_name", pl.col("full_name").str.contains(f"^[{_LETTERS}]"))
    yield from holds("full_name", ~pl.col("full_name").str.contains(ONLY_CALLED))
    for column in NAMES:
        mistyped = mistyped_names(batch[column]) if column not in empty else []
        yield from holds(column, ~pl.col(column).is_in(mistyped)) if mistyped else ()
        yield from holds(column, ~pl.col(column).str.contains("?", literal=True))
        yield from holds(column, ~pl.col(column).str.contains(f"{STRANGE}|{ESCAPED}"))
        yield from holds(column, is_own_name(column))
        yield from holds(column, is_name_alone(column))
    yield from holds(
        "household_no",
        pl.col("household_no").str.contains(_WORD) & ~pl.col("household_no").str.contains(ROUNDED),
    )
    yield from holds("email", pl.col("email").str.contains(EMAIL))
    for column, (codes, _reason) in LISTED.items():  # a few values each, so it is quicker to look at those
        odd = [value for value in typed[column].unique().drop_nulls() if value not in codes]
        yield from holds(column, ~pl.col(column).is_in(odd)) if odd else ()
    yield from holds("cmnd", pl.col("cmnd") != NO_CARD)
    yield from holds("phone", pl.col("phone").str.contains(PLAIN_PHONE))
    yield pl.col("birth_date").is_between(EARLIEST_BIRTH, date.today())  # noqa: DTZ011
    yield pl.col("birth_precision").is_in(["D", "M", "Y"])
    for column, most in (("sex", 2), ("status", 3), ("marital_status", 5), ("relation_to_head", 9)):
        yield from holds(column, pl.col(column).is_between(1, most))
    gone, born = pl.col("status_on"), pl.col("birth_date")
    is_possible = gone.is_not_null() & ~is_before_birth(gone, born) & ~is_in_the_future(gone, date.today())  # noqa: DTZ011
    yield (pl.col("status") == 1) | is_possible
    for column in SINCE:
        yield from holds(column, ~is_before_birth(pl.col(column), born))
    yield from holds("pin", places(pl.col("pin")))
    for kind in ("temporary", "former"):
        yield from holds(
            f"{kind}_code", pl.col(f"{kind}_area").is_null() | pl.col(f"{kind}_since").is_not_null()
        )
    yield ~pl.any_horizontal(rule.bad.fill_null(value=False) for rule in impossible(date.today()))  # noqa: DTZ011
    yield from holds("former_until", pl.col("former_until") > pl.col("former_since"))


def _is_number(column: str, digits: int) -> pl.Expr:
    """So many digits and nothing else; several times quicker than a regular expression. A sign sorts
    before all digits.
    """
    text = pl.col(column)
    fits = (text.str.len_bytes() == digits) & (text >= "0") & text.str.to_integer(strict=False).is_not_null()
    return text.is_null() | fits

"""What a file's rows say, read field by field: each distinct value once, what cannot be read with its reason.

This is where most of the time goes that is not the database's, so it runs
in processes beside it (worker_pool.py).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import polars as pl
from django.utils import timezone, translation

from dancu.areas import lookups as areas
from dancu.matching.batch.homes import communes_of_addresses, communes_of_codes
from dancu.matching.normalising.names import LONGEST, clean_parts, normalise_name
from dancu.matching.normalising.numbers import repairs
from dancu.matching.normalising.orders import is_guess
from dancu.matching.normalising.plain_names import plain_names
from dancu.matching.normalising.word_lists import is_surely_surname
from dancu.matching.query import HomeCodes, commune_today, declared_number
from dancu.matching.vietnamese_kinds import prepare_frame
from dancu.values.birth_dates import EARLIEST_YEAR, birth_readings
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.values.numbers import CMND, PIN, check_pin
from dancu.values.phones import parse_phone
from dancu.values.sexes import sex_of

WELL_FORMED, NO_NUMBER, MALFORMED = "well_formed", "no_number", "malformed_number"
_PLAIN = f"{PIN}|{CMND}"
_YEAR_FIRST = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$"
_DAY_FIRST = r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$"
PLAIN_PHONE = r"^0[35789][0-9]{8}$"


def read_records(raw: pl.DataFrame, name_kinds: dict[str, str], on: dt.date) -> pl.DataFrame:
    """Rows of the fields of mapping.WHOLE as text, `row` and `reason`, with what they say beside them.

    Adds `guess` (whether the order of the name's words is one), `given` (the number as a number, as it stands
    or but for lost zeros and letters for digits), `number_is`, `year`, `month`, `day`, `sex_is`, `phone_is`,
    `area_id`, `home`, `home_province`, the prepared columns of `name_kinds` (the model's fields that are
    names), and to `reason` what could not be read. `on`: the day whose units the codes are.
    """
    with translation.override("en"):  # as all that commands say
        return _read(raw, name_kinds, on)


def _read(raw: pl.DataFrame, name_kinds: dict[str, str], on: dt.date) -> pl.DataFrame:
    frame = raw.with_columns(
        pl.col(column).fill_null("") for column in raw.columns if raw[column].dtype == pl.String
    )
    frame = _with(
        frame,
        "number",
        _number,
        {"given": pl.String, "number_is": pl.String, "of_number": pl.String},
        _plain_number,
    )
    days = {"year": pl.Int32, "month": pl.Int32, "day": pl.Int32, "of_birth": pl.String}
    frame = _with(frame, "birth", _birth, days, _plain_birth)
    frame = _with(frame, "sex", _sex, {"sex_is": pl.Int8, "of_sex": pl.String})
    frame = _with(frame, "phone", _phone, {"phone_is": pl.String, "of_phone": pl.String}, _plain_phone)
    frame = _with(
        frame,
        "full_name",
        _name,
        {"of_name": pl.String, "ordered": pl.String, "guess": pl.Boolean},
        _plain_name,
    )
    frame = _with_homes(frame, on)
    frame = prepare_frame(
        name_kinds, frame.with_columns(pl.col("ordered").alias(name) for name in name_kinds)
    )
    reasons = ["reason", "of_number", "of_name", "of_birth", "of_sex", "of_phone", "of_home"]
    said = pl.concat_str(
        [pl.when(pl.col(name) != "").then(pl.col(name)) for name in reasons], separator=" ", ignore_nulls=True
    )
    return frame.with_columns(said.alias("reason")).drop(reasons[1:])


def _with(
    frame: pl.DataFrame,
    column: str,
    read: Callable[[str], tuple[Any, ...]],
    types: dict[str, Any],
    quickly: Callable[[pl.Series], pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """The frame with what `read` makes of each distinct value; of those in `quickly` (a frame by the
    value) it is known already.
    """
    values = frame[column].unique()
    known = quickly(values) if quickly else None
    slow = values.filter(~values.is_in(known[column].implode())) if known is not None else values
    rows = [(value, *read(value)) for value in slow]
    made = pl.DataFrame(rows, schema={column: pl.String, **types}, orient="row")
    made = pl.concat([known.select(made.columns).cast(made.schema), made]) if known is not None else made
    return frame.join(made, on=column, how="left", maintain_order="left")


def _number(text: str) -> tuple[str | None, str, str]:
    if not text.strip():
        return None, NO_NUMBER, ""
    given = declared_number(text.strip())
    if given is None:
        return None, MALFORMED, _why_none(text)
    if clean_number(text.strip()) != given:
        return given, MALFORMED, f'Number: "{_shown(text)}" was read as {given}.'
    problems = check_pin(given) if len(given) == 12 else []
    wrong = next((problem.message for problem in problems if problem.kind == "error"), "")
    return given, MALFORMED if wrong else WELL_FORMED, wrong and f"Number: {wrong}"


def _why_none(text: str) -> str:
    try:
        repairs(text)
    except BadValue as error:
        return str(error)
    return f'Number: "{_shown(text)}" is none; a personal number has 12 digits, an old card number 9.'


def _plain_number(values: pl.Series) -> pl.DataFrame:
    """Twelve or nine digits whose first six can be a PIN's."""
    plain = values.filter(values.str.contains(_PLAIN))
    begins = plain.str.slice(0, 6)
    longs = plain.str.len_bytes() == 12
    right = {begin: _begins_well(begin) for begin in begins.filter(longs).unique()}
    fits = ~longs | begins.replace_strict(right, default=False, return_dtype=pl.Boolean)
    return (
        plain.filter(fits)
        .alias("number")
        .to_frame()
        .with_columns(given="number", number_is=pl.lit(WELL_FORMED), of_number=pl.lit(""))
    )


@lru_cache(maxsize=1 << 16)  # province, sex and year: 15,000 of them in 150,000 records
def _begins_well(six_digits: str) -> bool:
    return not any(problem.kind == "error" for problem in check_pin(six_digits + "000000"))


@lru_cache(maxsize=1 << 16)  # most days of a century
def _birth(text: str) -> tuple[int | None, int | None, int | None, str]:
    try:
        born = birth_readings(text)[0]
    except BadValue as error:
        return None, None, None, str(error)
    return born.year, born.month, born.day, ""


def _plain_birth(values: pl.Series) -> pl.DataFrame:
    """Days of the calendar in digits, 4/3/1998 or 1998-03-04, on which somebody alive may be born."""
    written = values.str.replace(_DAY_FIRST, "$3-$2-$1")
    days = written.str.to_date("%Y-%m-%d", strict=False)
    alive = written.str.contains(_YEAR_FIRST) & days.is_between(
        dt.date(EARLIEST_YEAR, 1, 1), timezone.localdate()
    )
    born = days.filter(alive).dt
    return (
        values.filter(alive)
        .alias("birth")
        .to_frame()
        .with_columns(year=born.year(), month=born.month(), day=born.day(), of_birth=pl.lit(""))
    )


def _sex(text: str) -> tuple[int, str]:
    sex = sex_of(text)
    return sex, "" if sex or not text.strip() else f'Sex: "{_shown(text)}" is none; write Nam or Nữ, 1 or 2.'


def _phone(text: str) -> tuple[str | None, str]:
    try:
        return (parse_phone(text) if text else None), ""
    except BadValue as error:
        return None, str(error) if text.strip() else ""


def _plain_phone(values: pl.Series) -> pl.DataFrame:
    plain = values.filter(values.str.contains(PLAIN_PHONE)).alias("phone")
    return plain.to_frame().with_columns(phone_is="phone", of_phone=pl.lit(""))


def _plain_name(values: pl.Series) -> pl.DataFrame:
    """Names in the order of the register, with nothing to repair."""
    plain = plain_names(values.filter(values.str.len_chars() <= LONGEST))["name"].alias("full_name")
    words = plain.str.split(" ")
    first, last = (_surely(ends) for ends in (words.list.first(), words.list.last()))
    return plain.to_frame().with_columns(
        of_name=pl.lit(""), ordered="full_name", guess=(words.list.len() > 2) & last & ~first
    )


def _surely(words: pl.Series) -> pl.Series:
    """Which of these words are surely a surname."""
    known = {word: is_surely_surname(word) for word in words.unique()}
    return words.replace_strict(known, default=False, return_dtype=pl.Boolean)


def _name(text: str) -> tuple[str, str, bool]:
    """What is wrong with a name, its family, middle and given name in this order, and whether the order
    is a guess.
    """
    if len(text) <= LONGEST and (parts := clean_parts(text)):
        return "", parts.ordered, is_guess(text)
    name = normalise_name(text)
    return str(name.problem or ""), name.ordered or name.unnamed, is_guess(name.text)


def _with_homes(frame: pl.DataFrame, on: dt.date) -> pl.DataFrame:
    """The commune by its code; where that says none, the one that the address names."""
    codes = communes_of_codes(frame["commune_code"].unique(), on)
    frame = frame.join(codes, on="commune_code", how="left", maintain_order="left")
    addresses = communes_of_addresses(frame.filter(pl.col("area_id").is_null())["address"].unique(), on)
    frame = frame.join(addresses, on="address", how="left", maintain_order="left")
    unknown = (pl.col("commune_code").str.strip_chars() != "") & pl.col("area_id").is_null()
    frame = frame.with_columns(
        pl.coalesce("area_id", "address_area").alias("area_id"),
        of_home=pl.when(unknown)
        .then(pl.format('Commune: no commune has the code "{}".', pl.col("commune_code").str.slice(0, 40)))
        .otherwise(pl.lit("")),
    ).drop("address_area")
    homes = homes_today(frame["area_id"].unique())
    frame = frame.join(homes, on="area_id", how="left", maintain_order="left")
    names = {code: _province(code) for code in homes["home_province"].drop_nulls().unique()}
    told = pl.col("home_province").replace_strict(names, default="", return_dtype=pl.String)
    return frame.with_columns(province=pl.when(pl.col("province") == "").then(told).otherwise("province"))


def _province(code: str) -> str:
    """The name of the province that bore this code last."""
    return next((area.name for area in reversed(areas.units(code)) if area.level == areas.PROVINCE), "")


def homes_today(area_ids: Iterable[int | None]) -> pl.DataFrame:
    """`area_id` of each of these areas, and its commune of today as the model compares it: the fields of
    seeking.Home.
    """
    rows = [(area_id, *_home(area_id)) for area_id in _known(area_ids)]
    types = {
        name: pl.Float64 if name.endswith(("latitude", "longitude")) else pl.String
        for name in HomeCodes._fields
    }
    return pl.DataFrame(rows, schema={"area_id": pl.Int32, **types}, orient="row")


_home = areas.remembered(commune_today)


def _known(area_ids: Iterable[int | None]) -> Iterator[int]:
    return iter(areas.get_many([area_id for area_id in area_ids if area_id is not None]))


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]

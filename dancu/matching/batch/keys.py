"""The keys under which the people whom records may mean are looked for: those of query.py, for many records
at once.

Each function takes records (rows of read_records with their place `n`) and gives `n` beside one key a row.
"""

from collections.abc import Iterable, Iterator

import polars as pl

from dancu.areas import lookups as areas
from dancu.matching.normalising.names import LONGEST, clean_parts, normalise_name
from dancu.matching.normalising.numbers import repairs
from dancu.matching.normalising.orders import readings
from dancu.text.sounds import ends_key, given_key, name_keys
from dancu.values.errors import BadValue


def with_name_keys(records: pl.DataFrame) -> pl.DataFrame:
    """The records with `given_keys` and `ends_keys`, of the name as it is ordered and as it stands, and
    `readings`: the other orders.
    """
    rows = [(text, *_of_name(text)) for text in records["full_name"].unique()]
    types = {"full_name": pl.String, **_KEYS, "readings": pl.List(pl.String)}
    known = pl.DataFrame(rows, schema=types, orient="row")
    return records.join(known, on="full_name", how="left", maintain_order="left")


def with_keys_of(records: pl.DataFrame) -> pl.DataFrame:
    """The same of the name as `ordered` has it alone."""
    names = records["ordered"].unique()
    keys = zip(_KEYS, name_keys(names), strict=True)
    known = names.to_frame().with_columns(
        key.reshape((-1, 1)).arr.to_list().alias(column) for column, key in keys
    )
    return records.drop(*_KEYS).join(known, on="ordered", how="left", maintain_order="left")


def other_readings(records: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The records whose names may be read in another order, with the keys of that; once for each order."""
    for nth in range(max(records["readings"].list.len().to_list(), default=0)):
        read = records.with_columns(ordered=pl.col("readings").list.get(nth, null_on_oob=True)).drop_nulls(
            "ordered"
        )
        yield with_keys_of(read)


_KEYS = {"given_keys": pl.List(pl.Int32), "ends_keys": pl.List(pl.Int32)}


def _of_name(text: str) -> tuple[list[int], list[int], list[str]]:
    if len(text) <= LONGEST and (
        parts := clean_parts(text)
    ):  # as nearly all; keys and readings regard neither case nor place of tone
        return *_of_names([parts.ordered, text]), readings(text, parts.ordered)
    name = normalise_name(text)
    return *_of_names([name.ordered, name.text]), readings(name.text, name.ordered)


def repaired_numbers(records: pl.DataFrame) -> pl.DataFrame:
    """The numbers that may have been meant, `led_by`, but the one given; of records that give one."""
    rows = []
    records = records.filter(pl.col("given").is_not_null())
    for n, text, given, sex, year in records.select("n", "number", "given", "sex_is", "year").iter_rows():
        try:
            rows += [(n, found.number) for found in repairs(text.strip(), sex, year) if found.number != given]
        except BadValue:
            continue
    return pl.DataFrame(rows, schema={"n": pl.UInt32, "led_by": pl.String}, orient="row")


def numbers(records: pl.DataFrame) -> pl.DataFrame:
    return records.select("n", led_by="given").drop_nulls()


def phones(records: pl.DataFrame) -> pl.DataFrame:
    return records.select("n", phone="phone_is").drop_nulls()


def home_and_born(records: pl.DataFrame) -> pl.DataFrame:
    return _homes(records).join(_births(records), on="n")


def given_and_born(records: pl.DataFrame) -> pl.DataFrame:
    return _exploded(records, "given_keys", "given_key").join(_births(records), on="n")


def born_a_year_off(records: pl.DataFrame) -> pl.DataFrame:
    """The given name, and the same day one year earlier and one year later."""
    first = _births(records).unique("n", keep="first", maintain_order=True)
    years = pl.concat(
        [
            first.with_columns(pl.col("birth_date").dt.year() + off, pl.col("birth_date").alias("day"))
            for off in (-1, 1)
        ]
    )
    other = years.select(
        "n", birth_date=_date(pl.col("birth_date"), pl.col("day").dt.month(), pl.col("day").dt.day())
    )
    return _exploded(records, "given_keys", "given_key").join(other.drop_nulls(), on="n")


def named_at_home(records: pl.DataFrame) -> pl.DataFrame:
    return _exploded(records, "ends_keys", "ends_key").join(_homes(records), on="n")


def _of_names(names: Iterable[str]) -> tuple[list[int], list[int]]:
    names = list(dict.fromkeys(filter(None, names)))
    return list(dict.fromkeys(map(given_key, names))), list(dict.fromkeys(map(ends_key, names)))


def _births(records: pl.DataFrame) -> pl.DataFrame:
    """The declared day, and the same with day and month exchanged."""
    known = records.filter(pl.col("day").is_not_null() & pl.col("month").is_not_null())
    ways = [("month", "day"), ("day", "month")]
    days = pl.concat(
        [known.select("n", birth_date=_date(pl.col("year"), pl.col(m), pl.col(d))) for m, d in ways]
    )
    return days.drop_nulls().unique(maintain_order=True)


def homes_of(area_ids: pl.Series) -> pl.DataFrame:
    """`area_id` and each `home_area` that it has been, or is, called in any era."""
    rows = [(area_id, areas.ids_below(area_id)) for area_id in area_ids.drop_nulls().unique()]
    below = pl.DataFrame(rows, schema={"area_id": pl.Int32, "home_area": pl.List(pl.Int32)}, orient="row")
    return below.explode("home_area")


def _homes(records: pl.DataFrame) -> pl.DataFrame:
    """The commune declared, under the ids that it has had in every era."""
    return records.select("n", "area_id").join(homes_of(records["area_id"]), on="area_id").drop("area_id")


def _exploded(records: pl.DataFrame, column: str, key: str) -> pl.DataFrame:
    return records.select("n", pl.col(column).alias(key)).filter(pl.col(key).list.len() > 0).explode(key)


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The day; null where there is none such."""
    text = pl.format(
        "{}-{}-{}",
        year.cast(pl.String).str.zfill(4),
        month.cast(pl.String).str.zfill(2),
        day.cast(pl.String).str.zfill(2),
    )
    return text.str.to_date("%Y-%m-%d", strict=False)

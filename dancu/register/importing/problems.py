"""What is wrong with a row of a population file, each field with its reason. Every check is true where a
row is bad.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from dancu.areas.lookups import Era
from dancu.register.codes import BLOOD_GROUPS, NATIONALITIES
from dancu.register.importing.population_file import (
    CODES,
    COLUMNS,
    DATES,
    NUMBERS,
    REQUIRED,
    TEXTS,
    with_defaults,
)
from dancu.register.importing.ruling import LIKE_A_PLACE, disagrees, impossible
from dancu.register.names import APOSTROPHES, PLAIN, VOWEL, is_written
from dancu.register.rules import is_before_birth, is_before_known_births, is_in_the_future
from dancu.register.words import ETHNICITIES, RELIGIONS
from dancu.text.asides import MAY_BE as MAY_BE_ASIDE
from dancu.text.asides import aside
from dancu.text.garbled import ODD, mended, trouble, with_its_d
from dancu.text.invisible import visible
from dancu.text.mistyped import meant, odd_names, way_of
from dancu.text.own_names import MAY_BE, own_name
from dancu.values.days import days_of
from dancu.values.emails import EMAIL
from dancu.values.numbers import CMND, PIN, places
from dancu.values.phones import PHONE, clean_phones

SINCE = ("permanent_since", "temporary_since", "former_since")  # since when somebody lives or lived somewhere

NAMES = ("full_name", "father_name", "mother_name")
TROUBLES = {
    "lost": "has lost letters, shown as \ufffd or ?; type it again as in the documents, and save the file "
    "as UTF-8",
    "code_page": "was read with the wrong character encoding and cannot be repaired; type it again, and "
    "save the file as UTF-8",
    "script": "is not in the Latin alphabet",
}

ASIDES = {
    "line": "is a line from a list (a total, a heading, a hamlet or a signature), not a person",
    "several": "names more than one person; write a row for each",
    "remark": "has a remark beside the name; write the name alone, and who died or moved in the columns for "
    "that",
}

LISTED: dict[str, tuple[Collection[str], str]] = {
    "ethnicity": (ETHNICITIES.keys(), "is not 01 to 54, 55 for foreigners or 56 for unknown"),
    "religion": (RELIGIONS.keys(), "is not 01 to 14; leave it empty for none"),
    "nationality": (NATIONALITIES.keys(), "is not a three-letter ISO 3166 country code, such as VNM"),
    "blood_group": (BLOOD_GROUPS, "is not O, A, B or AB"),
}
"""Columns of codes, with the codes that there are."""
ROUNDED = r"^(?:[0-9][.,][0-9]+[eE]\+?|[0-9]+[eE]\+)[0-9]+$"
"""A number as spreadsheets shorten it: 1.23457E+11, which is that of many."""
FRACTION = r"^([0-9]+)[.,]0+$"
"""A whole number in a column that was taken for fractions, as pandas does where a value of it is missing."""
WHOLE = (*CODES, *NUMBERS, "pin", "cmnd", "father_pin", "mother_pin", "spouse_pin")
"""Columns in which a number stands that is no household's."""
NO_CARD = "0" * 9
"""What stands in lists where nobody knew the number of the old card, and is nobody's."""


ONLY_CALLED = r"(?i)^(?:chị|bà|bác|chú|dì|cụ|đ/c|đồng chí)\.? \p{L}+$"
"""How somebody is addressed (Chị Linh). No family name is among these, as Ông, Cô and Anh may be."""


def carefully(batch: pl.DataFrame, on: date, eras: Sequence[Era]) -> pl.DataFrame:
    """Rows in whatever form they came, cleaned and typed, with `problems` ("" where there is none)."""
    cleaned = batch.with_columns(
        pl.col(column)
        .cast(pl.String)
        .map_batches(
            legible_names if column in NAMES else legible_column, return_dtype=pl.String, is_elementwise=True
        )
        .str.normalize("NFC")
        .str.strip_chars()
        .replace("", None)
        for column in batch.columns
        if column != "row"
    )
    cleaned = cleaned.with_columns(
        pl.col(column).str.replace(FRACTION, "$1") for column in WHOLE if column in cleaned.columns
    )
    cleaned = cleaned.with_columns(
        pl.lit(None, pl.String).alias(c) for c in COLUMNS if c not in cleaned.columns
    )
    eras = _only(cleaned, eras)
    typed = cleaned.with_columns(
        *(text_as_date(pl.col(column)).alias(column) for column in DATES),
        *(pl.col(column).cast(pl.Int16, strict=False) for column in NUMBERS),
        *_clean_codes(),
    )
    typed = typed.with_columns(
        phone=pl.col("phone").map_batches(clean_phones, return_dtype=pl.String, is_elementwise=True),
        home_area=_area("permanent_code", eras, pl.lit(on)),
        temporary_area=_area("temporary_code", eras, pl.lit(on)),
        current_area=_area("current_code", eras, pl.lit(on)),
        former_area=_area("former_code", eras, pl.col("former_until") - pl.duration(days=1)),
        birth_area=_area("birth_registered_code", eras, pl.col("birth_date")),
        native_area=_area("native_code", eras, pl.col("birth_date")),
    )
    given = {column: cleaned[column].is_not_null() for column in COLUMNS}
    told = pl.concat_str(list(_problems(given)), separator="; ", ignore_nulls=True)
    return typed.with_columns(with_defaults(typed).select(problems=told)).drop(*CODES)


def legible_column(values: pl.Series) -> pl.Series:
    """What was taken for another code page as it was meant, and nothing unseen."""
    odd = values.filter(values.str.contains(ODD).fill_null(value=False)).unique()
    return values.replace({text: visible(mended(text)) for text in odd})


def legible_names(values: pl.Series) -> pl.Series:
    """The same of names, and those that were typed for a font of before Unicode as they were meant."""
    mended_ones = legible_column(values.replace({name: meant(name) for name in odd_names(values)}))
    foreign = mended_ones.filter(mended_ones.str.contains("[ÐðƉ]").fill_null(value=False)).unique()
    mended_ones = mended_ones.replace({name: with_its_d(name) for name in foreign})
    return mended_ones.str.replace_all(APOSTROPHES, "${1}'")


def mistyped_names(names: pl.Series) -> list[str]:
    """The different names that were certainly typed for a font, or whose keys reached the paper."""
    return [name for name in odd_names(names) if way_of(name)]


def _clean_codes() -> Iterator[pl.Expr]:
    """Codes without what spreadsheets and hands do to them: 1 and 1.0 are 01, vnm is VNM, A+ and 0 of
    blood are A and O.
    """
    for column in ("ethnicity", "religion"):
        whole = pl.col(column).str.replace(r"^([0-9]{1,2})[.,]0+$", "$1")
        yield whole.str.replace("^([1-9])$", "0$1").alias(column)
    yield pl.col("nationality").str.to_uppercase()
    group = pl.col("blood_group").str.to_uppercase().str.replace(r"\s*(?:RH\s*)?\(?[+-]\)?$", "")
    yield group.replace("0", "O")


def is_own_name(column: str) -> pl.Expr:
    """Whether a name is the person's own: see dancu/text/own_names.py."""
    return pl.col(column).map_batches(_are_own, return_dtype=pl.Boolean, is_elementwise=True)


def is_name_alone(column: str) -> pl.Expr:
    """Whether a name is written as names are, with nothing beside it: see dancu/register/names.py."""
    beside = pl.col(column).map_batches(_asides, return_dtype=pl.String, is_elementwise=True)
    return beside.is_null() & ~pl.col(column).map_batches(
        _are_unwritten, return_dtype=pl.Boolean, is_elementwise=True
    )


def _are_own(names: pl.Series) -> pl.Series:
    maybe = names.filter(names.str.contains(MAY_BE).fill_null(value=False)).unique()
    others = [name for name in maybe if own_name(name) != name]
    return ~names.is_in(others) if others else pl.repeat(True, len(names), dtype=pl.Boolean, eager=True)


def text_as_date(text: pl.Expr) -> pl.Expr:
    """1975-04-30 or 30/04/1975, also with a time of day or as a spreadsheet counts, else null; see
    dancu/values/days.py.
    """
    return text.map_batches(days_of, return_dtype=pl.Date, is_elementwise=True)


def _typed(names: pl.Series) -> pl.Series:
    found = {name: way_of(name) for name in odd_names(names)}
    return names.replace_strict(found, default=None, return_dtype=pl.String)


def _troubles(names: pl.Series) -> pl.Series:
    return pl.Series([trouble(name) if name else None for name in names], dtype=pl.String)


def _asides(names: pl.Series) -> pl.Series:
    maybe = names.filter(names.str.contains(MAY_BE_ASIDE).fill_null(value=False)).unique()
    found = {name: aside(name) for name in maybe}
    return names.replace_strict(found, default=None, return_dtype=pl.String)


def _are_unwritten(names: pl.Series) -> pl.Series:
    plain = names.str.contains(PLAIN) & names.str.contains(VOWEL)
    bad = [name for name in names.filter(~plain).drop_nulls().unique() if not is_written(name)]
    return names.is_in(bad) if bad else pl.repeat(False, len(names), dtype=pl.Boolean, eager=True)


def _only(rows: pl.DataFrame, eras: Sequence[Era]) -> list[Era]:
    """The eras with no other units than those whose codes occur: of fourteen thousand codes a few rows
    name a few.
    """
    codes = {code for column in CODES for code in rows[column].unique()}
    return [replace(era, ids={code: era.ids[code] for code in codes & era.ids.keys()}) for era in eras]


def _area(code: str, eras: Sequence[Era], on: pl.Expr) -> pl.Expr:
    """The unit that bore `code` on that day; where none did, the unit that bears or bore it at another
    time.
    """
    on = on.clip(min(era.valid_from for era in eras))
    found = [
        pl.when((on >= era.valid_from) & (on < (era.valid_to or date.max))).then(
            pl.col(code).replace_strict(era.ids, default=None, return_dtype=pl.Int32)
        )
        for era in eras
    ]
    other = [
        pl.col(code).replace_strict(era.ids, default=None, return_dtype=pl.Int32) for era in reversed(eras)
    ]
    return pl.coalesce(*found, *other)


def _is_a_person() -> pl.Expr:
    """Of somebody called as a hamlet is, with a household and a number that was given for this sex and
    birth date.
    """
    is_known = pl.col("household_no").is_not_null() & pl.col("pin").str.contains(PIN)
    is_theirs = is_known & ~disagrees() & (pl.col("birth_precision") == "D")
    return (pl.col("full_name").str.contains(LIKE_A_PLACE) & is_theirs).fill_null(value=False)


def _problems(given: dict[str, pl.Series]) -> Iterator[pl.Expr]:
    def problem(field: str, bad: pl.Expr, reason: str) -> pl.Expr:
        return pl.when(bad.fill_null(False)).then(pl.lit(f"{field}: {reason}")).otherwise(None)

    for column in REQUIRED:
        yield problem(column, pl.lit(~given[column]), "is empty, and a person cannot be recorded without it")
    for column in DATES:
        unread = pl.lit(given[column]) & pl.col(column).is_null()
        yield problem(
            column,
            unread,
            "is not a date that exists; write 1975-04-30 or 30/04/1975, a time beside it with a zone that "
            "exists (17:00:00+07:00)",
        )
    for column in NUMBERS:
        yield problem(column, pl.lit(given[column]) & pl.col(column).is_null(), "is not a whole number")
    for code, area in (
        ("permanent_code", "home_area"),
        ("temporary_code", "temporary_area"),
        ("current_code", "current_area"),
        ("former_code", "former_area"),
        ("birth_registered_code", "birth_area"),
        ("native_code", "native_area"),
    ):
        yield problem(
            code, pl.lit(given[code]) & pl.col(area).is_null(), "is not a commune code; write its five digits"
        )
    for column in ("pin", "father_pin", "mother_pin", "spouse_pin"):
        yield problem(column, ~pl.col(column).str.contains(PIN), "is not 12 digits")
    unassigned = pl.col("pin").str.contains(PIN) & ~places(pl.col("pin"))
    yield problem("pin", unassigned, "begins with a province code that was never assigned")
    yield problem("cmnd", ~pl.col("cmnd").str.contains(CMND), "is not 9 digits")
    yield problem(
        "cmnd", pl.col("cmnd") == NO_CARD, "is nobody's number; leave it empty where it is not known"
    )
    for column, (codes, reason) in LISTED.items():
        yield problem(column, ~pl.col(column).is_in(list(codes)), reason)
    rounded = pl.col("household_no").str.contains(ROUNDED)
    yield problem("household_no", rounded, "was rounded by a spreadsheet; write the whole number, as text")
    yield problem(
        "email", ~pl.col("email").str.contains(EMAIL), "is not an email address, such as ten@example.vn"
    )
    for column in TEXTS:
        yield problem(column, pl.col(column).str.contains(r"\p{Cc}"), "contains control characters")
        if column not in NAMES:
            yield problem(column, pl.col(column).str.contains("\ufffd", literal=True), TROUBLES["lost"])
    for column in NAMES:
        wrong = pl.col(column).map_batches(_troubles, return_dtype=pl.String, is_elementwise=True)
        for kind, reason in TROUBLES.items():
            yield problem(column, wrong == kind, reason)
    for column in NAMES:
        typed = pl.col(column).map_batches(_typed, return_dtype=pl.String, is_elementwise=True)
        yield problem(column, typed == "viscii", TROUBLES["code_page"])
        yield problem(
            column,
            typed == "telex",
            "contains Telex or VNI keys instead of accents; write it with its accents",
        )
        another = "only says whose child or relative this is, or that there is no name yet"
        yield problem(column, ~is_own_name(column), another)
        yield problem(column, pl.col(column).str.len_chars() > 200, "is longer than 200 characters")
        beside = pl.col(column).map_batches(_asides, return_dtype=pl.String, is_elementwise=True)
        for kind, reason in ASIDES.items():
            is_person = _is_a_person() if (column, kind) == ("full_name", "line") else pl.lit(value=False)
            yield problem(column, (beside == kind) & is_own_name(column) & ~is_person, reason)
        unwritten = pl.col(column).map_batches(_are_unwritten, return_dtype=pl.Boolean, is_elementwise=True)
        signs = (
            "is not a name: a name has letters, spaces, hyphens, apostrophes and the full stops of "
            "initials only"
        )
        yield problem(column, pl.col(column).str.contains(r"\p{L}") & beside.is_null() & unwritten, signs)
    called = pl.col("full_name").str.contains(ONLY_CALLED)
    yield problem("full_name", called, "only says how someone is called; write the full name")
    yield problem("full_name", ~pl.col("full_name").str.contains(r"\p{L}"), "contains no letters")
    born, today = pl.col("birth_date"), pl.lit(date.today())  # noqa: DTZ011
    yield problem("birth_date", is_before_known_births(born), "is before 1880")
    yield problem("birth_date", is_in_the_future(born, today), "is in the future")
    yield problem("birth_precision", ~pl.col("birth_precision").is_in(["D", "M", "Y"]), "is not D, M or Y")
    yield problem("sex", ~pl.col("sex").is_in([1, 2]), "is not 1 (male) or 2 (female)")
    yield problem("status", ~pl.col("status").is_in([1, 2, 3]), "is not 1 (alive), 2 (dead) or 3 (missing)")
    yield problem("marital_status", ~pl.col("marital_status").is_between(1, 5), "is not 1 to 5")
    yield problem("relation_to_head", ~pl.col("relation_to_head").is_between(1, 9), "is not 1 to 9")
    yield problem(
        "status_on",
        (pl.col("status") != 1) & pl.col("status_on").is_null(),
        "is needed for the dead and the missing",
    )
    gone = (pl.col("status") != 1) & pl.col("status_on").is_not_null()
    yield problem("status_on", gone & is_before_birth(pl.col("status_on"), born), "is before the birth date")
    yield problem("status_on", gone & is_in_the_future(pl.col("status_on"), today), "is in the future")
    for column in SINCE:
        yield problem(column, is_before_birth(pl.col(column), born), "is before the birth date")
    yield problem(
        "phone",
        ~pl.col("phone").str.contains(PHONE),
        "is not a telephone number such as 0912345678, or +8613912345678 of another country",
    )
    for kind in ("temporary", "former"):
        lost = pl.col(f"{kind}_area").is_not_null() & pl.col(f"{kind}_since").is_null()
        yield problem(f"{kind}_since", lost, "is needed where there is such a residence")
    for rule in impossible(date.today()):  # noqa: DTZ011
        yield problem(rule.field, rule.bad, rule.reason)
    reversed_ = pl.col("former_until") <= pl.col("former_since")
    yield problem("former_until", reversed_, "is not after former_since")

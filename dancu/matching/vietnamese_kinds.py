"""What is particular to Vietnam in a comparison: names of three parts, birth dates as they are declared,
telephones. Added to the kinds that a model's fields may be (dancu/linkage/model/kinds.py) when this is
imported.
"""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from dancu.linkage import mapping
from dancu.linkage.model.kinds import KINDS, Kind, Value, add, prepare, prepare_frame
from dancu.linkage.model.model import load_model
from dancu.matching.errors import NameOfAParent
from dancu.matching.names import spelling
from dancu.matching.normalising.names import Name, clean_parts, normalise_name
from dancu.matching.normalising.parts import NameParts
from dancu.matching.normalising.plain_names import plain_names
from dancu.text.folding import fold
from dancu.text.sounds import sound_key
from dancu.values.birth_dates import PartialDate, birth_readings
from dancu.values.errors import BadValue
from dancu.values.phones import parse_phone

__all__ = [
    "KINDS",
    "MODEL",
    "WEIGHTS",
    "compared_names",
    "name_tells_sex",
    "prepare",
    "prepare_frame",
    "sex_told",
    "sexes_told",
]

WEIGHTS = Path(__file__).with_name("people-weights.json")
MODEL = Path(__file__).with_name("people.toml")
"""The register's own model."""
_PARTS = ("family", "middle", "given")


def vietnamese_name(text: str | NameParts | None) -> tuple[Value, ...]:
    """Of a name, or of its parts where it is known which they are: family, middle and given name, each as
    spelled (one spelling for Hòa and Hoà, Lý and Lí), without marks, and as it sounds; whether there is no
    mark in all of it, as where it was typed without; and whether it is a person's own, and does not only say
    whose child they are.
    """
    text, parts = (text.ordered, text) if isinstance(text, NameParts) else (text or "", None)
    parts = parts or clean_parts(text) or normalise_name(text)
    spelled, bare, heard = zip(
        _forms(parts.surname, True), _forms(parts.middle), _forms(parts.given), strict=True
    )
    return (*spelled, *bare, *heard, text.isascii() if text else None, _letters(parts.middle), _is_own(parts))


def vietnamese_names(names: pl.Series) -> pl.DataFrame:
    """The same for those of different names that are plain: each part of them once."""
    frame = plain_names(names).with_columns(
        _plain=~pl.col("name").str.contains(r"[^\x00-\x7f]"), _own=pl.lit(value=True)
    )
    for part, text in zip(_PARTS, ("surname", "middle", "given"), strict=True):
        rows = [(each, *_forms(each, part == "family"), _letters(each)) for each in frame[text].unique()]
        columns = [text, f"_{part}", f"_{part}_bare", f"_{part}_sound", f"_{part}_letters"]
        known = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
        frame = frame.join(known, on=text, how="left", maintain_order="left")
    return frame.select(*_MANY, value="name")


def _is_own(name: Name | NameParts) -> bool | None:
    return None if isinstance(name, Name) and isinstance(name.problem, NameOfAParent) else True


@lru_cache(maxsize=1 << 16)
def _forms(part: str, is_family: bool = False) -> tuple[str | None, str | None, str | None]:
    """A part of a name as spelled, without its marks, and as it sounds."""
    bare = fold(part).rstrip(".")
    return spelling(part) or None, bare or None, sound_key(bare, bare if is_family else "") or None


@lru_cache(maxsize=1 << 16)
def _letters(part: str) -> str | None:
    """The first letter of each word: "Thị Cát" and "T. Cát" alike."""
    return "".join(word[0] for word in fold(part).split()) or None


_TOLD = {"2": "(^| )thi\u0323( |$)", "1": "^va\u0306n( |$)"}
_THI_TYPED = "(^| )thi( |$)"


def sex_told(middle: Value, is_plain: Value) -> str | None:
    """The sex that a prepared middle name tells: "2" for Thị, "1" for Văn, None for any other. Typed without
    marks, Thi is told alone: Van may be Vân.
    """
    told = _TOLD | ({"2": _TOLD["2"] + "|" + _THI_TYPED} if is_plain else {})
    return next((sex for sex, words in told.items() if middle and re.search(words, str(middle))), None)


def name_tells_sex(full_name: str) -> int:
    """The same of a whole name: 1 male, 2 female, 0 where no middle name tells it."""
    _family, middle, *_rest = vietnamese_name(full_name)
    return int(sex_told(middle, full_name.isascii()) or 0)


def sexes_told(middle: str, is_plain: str) -> pl.Expr:
    """The same of the columns that are called so."""
    words = pl.col(middle).str
    typed = pl.col(is_plain) & words.contains(_THI_TYPED)
    return (
        pl.when(words.contains(_TOLD["2"]) | typed)
        .then(pl.lit("2"))
        .when(words.contains(_TOLD["1"]))
        .then(pl.lit("1"))
    )


def vietnamese_birth(value: Any) -> tuple[Value, ...]:
    """A birth date as text or PartialDate; its parts, whether only the year is sure (given alone, or as 1
    January), and (true or None) whether all of it is.
    """
    born = value if isinstance(value, PartialDate) else _born(value)
    if born is None:
        return (None,) * 7
    vague = born.day is None or (born.day, born.month) == (1, 1)
    if born.day is None or born.month is None:
        return (None, born.year, born.month, None, None, True, None)
    digits = f"{born.year:04}{born.month:02}{born.day:02}"
    days = (born.year * 12 + born.month) * 31 + born.day
    return (digits, born.year, born.month, born.day, days, vague, None if vague else True)


@lru_cache(maxsize=1 << 14)
def _born(text: str | None) -> PartialDate | None:
    try:
        return birth_readings(text)[0] if text else None
    except BadValue:
        return None


def phone(text: str | None) -> tuple[Value, ...]:
    """A telephone number in its one form; None where it is none."""
    try:
        return (parse_phone(text) if text else None,)
    except BadValue:
        return (None,)


def compared_names(f: str) -> list[dict[str, Any]]:
    """The three comparisons of a Vietnamese name, as the register's own model has them, for a field
    called `f`.
    """
    source = load_model(MODEL).source or {}
    of_names = [each for each in source["comparison"] if "name_" in each["missing"]]
    text = re.sub(r"\bname_(\w+)", rf"{f}_\1", json.dumps([{**each, "field": ""} for each in of_names]))
    return [
        {**each, "field": f"{f}_{own['field']}"} for each, own in zip(json.loads(text), of_names, strict=True)
    ]


_MANY: Mapping[str, Any] = {
    f"_{part}{form}": pl.String for form in ("", "_bare", "_sound") for part in _PARTS
} | {
    "_plain": pl.Boolean,
    "_middle_letters": pl.String,
    "_own": pl.Boolean,
}
_BIRTH: Mapping[str, Any] = {
    "": pl.String,
    "_year": pl.Int32,
    "_month": pl.Int32,
    "_day": pl.Int32,
    "_days": pl.Int32,
    "_vague": pl.Boolean,
    "_exact": pl.Boolean,
}

add(
    "vietnamese_name",
    Kind(
        _MANY,
        vietnamese_name,
        vietnamese_names,
        "name",
        [["_given_sound"], ["_family_sound"], ["_family_sound", "_given_sound"]],
        compared_names,
        own=("_given_name", "_middle_name"),
        family=("_family_name",),
    ),
)
add(
    "vietnamese_birth",
    Kind(_BIRTH, vietnamese_birth, tells="birth", keys=[["_year"], ["_month", "_day"], [""]]),
)
add("phone", Kind({"": pl.String}, phone))
mapping.add("vietnamese name", "vietnamese_name", "vietnamese full name")

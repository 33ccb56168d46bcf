"""What each kind of field is prepared into before it is compared: one function a kind, for one value and for a whole file.

A prepared value is text, a number, a truth, or None where nothing is known; never an empty text. The prepared columns of a
field begin with its name: the kind `vietnamese_birth` of a field `birth` gives `birth`, `birth_year`, `birth_digits` …
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import polars as pl

from dancu.folding import fold
from dancu.matching.dates import DeclaredDate
from dancu.matching.errors import MatchingError, NameOfAParent
from dancu.matching.model.kinds_anywhere import ANYWHERE, WITH_WORDS
from dancu.matching.names import spelling
from dancu.matching.normalising.dates import normalise_birth
from dancu.matching.normalising.names import Name, clean_parts, normalise_name
from dancu.matching.normalising.parts import Parts
from dancu.matching.normalising.phones import normalise_phone
from dancu.matching.normalising.plain_names import plain_names
from dancu.sounds import sound_key

Value = str | int | bool | None


@dataclass(frozen=True)
class Kind:
    """`columns`: what the prepared columns' names end in, with their polars types; `prepare`: one value to one of each; `prepare_many`: of
    different values those that can be prepared all at once, as `value`, with such columns.
    """

    columns: Mapping[str, Any]
    prepare: Callable[[Any], tuple[Value, ...]]
    prepare_many: Callable[[pl.Series], pl.DataFrame] | None = None


def prepare(fields: Mapping[str, str], record: Mapping[str, Any]) -> dict[str, Value]:
    """The prepared columns of one record. `fields`: field → kind."""
    return {
        field + suffix: value
        for field, kind in fields.items()
        for suffix, value in zip(KINDS[kind].columns, KINDS[kind].prepare(record.get(field)), strict=True)
    }


def prepare_frame(fields: Mapping[str, str], frame: pl.DataFrame) -> pl.DataFrame:
    """The same for a whole file, beside its other columns; each distinct value is prepared once."""
    for field, kind in fields.items():
        given = frame[field].unique() if field in frame.columns else pl.Series([None])
        made = _prepared(KINDS[kind], given).rename(
            {suffix: field + suffix for suffix in KINDS[kind].columns} | {"value": "_given"}
        )
        if field not in frame.columns:
            frame = frame.with_columns(pl.lit(None).alias(field))
        frame = frame.rename({field: "_given"}).join(made, on="_given", how="left", nulls_equal=True).drop("_given")
    return frame


def _prepared(kind: Kind, given: pl.Series) -> pl.DataFrame:
    """Different values, as `value`, and their columns by suffix."""
    if kind.prepare_many and given.dtype == pl.String:
        many = kind.prepare_many(given)
        rest = given.filter(~given.is_in(many["value"].implode()).fill_null(value=False))
        return pl.concat([many, _prepared(replace(kind, prepare_many=None), rest).select(many.columns)])
    columns = zip(*map(kind.prepare, given), strict=True)  # quicker than row by row, for polars
    made = pl.DataFrame(
        dict(zip(kind.columns, columns, strict=True)) if len(given) else None, schema=dict(kind.columns)
    )
    return made.with_columns(given.alias("value"))


_PARTS = ("family", "middle", "given")


def vietnamese_name(text: str | Parts | None) -> tuple[Value, ...]:
    """Of a name, or of its parts where it is known which they are: family, middle and given name, each as spelled (one spelling for Hòa and Hoà, Lý and Lí), without marks, and as it sounds;
    whether there is no mark in all of it, as where it was typed without; and whether it is a person's own, and does not only
    say whose child they are.
    """
    text, parts = (text.ordered, text) if isinstance(text, Parts) else (text or "", None)
    parts = parts or clean_parts(text) or normalise_name(text)
    spelled, bare, heard = zip(_forms(parts.surname, True), _forms(parts.middle), _forms(parts.given), strict=True)
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


def _is_own(name: Name | Parts) -> bool | None:
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


def vietnamese_birth(value: Any) -> tuple[Value, ...]:
    """A birth date as text or DeclaredDate; its parts, whether only the year is sure (given alone, or as 1 January), and (true or
    None) whether all of it is.
    """
    born = value if isinstance(value, DeclaredDate) else _born(value)
    if born is None:
        return (None,) * 7
    vague = born.day is None or (born.day, born.month) == (1, 1)
    if born.day is None or born.month is None:
        return (None, born.year, born.month, None, None, True, None)
    digits = f"{born.year:04}{born.month:02}{born.day:02}"
    days = (born.year * 12 + born.month) * 31 + born.day
    return (digits, born.year, born.month, born.day, days, vague, None if vague else True)


@lru_cache(maxsize=1 << 14)
def _born(text: str | None) -> DeclaredDate | None:
    try:
        return normalise_birth(text)[0] if text else None
    except MatchingError:
        return None


def phone(text: str | None) -> tuple[Value, ...]:
    """A telephone number in its one form; None where it is none."""
    try:
        return (normalise_phone(text) if text else None,)
    except MatchingError:
        return (None,)


def as_is(value: Any) -> tuple[Value, ...]:
    """A code that is compared as it stands: a number already read, a commune's code, 1 or 2."""
    return (str(value) if value not in (None, "") else None,)


class Kinds(dict[str, Kind]):
    """The kinds by name; one that takes words in brackets is made when it is asked for: `date(dmy)`."""

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str) or super().__contains__(name):
            return super().__contains__(name)
        return name.partition("(")[0] in WITH_WORDS and name.endswith(")")

    def __missing__(self, name: str) -> Kind:
        base, bracket, words = name.removesuffix(")").partition("(")
        if not bracket or base not in WITH_WORDS:
            raise KeyError(name)
        columns, making = WITH_WORDS[base]
        self[name] = Kind(columns, making(*(word.strip() for word in words.split(","))))
        return self[name]


def degrees(value: Any) -> tuple[Any, ...]:
    """A latitude or a longitude."""
    return (None if value is None else float(value),)


_MANY = {f"_{part}{form}": pl.String for form in ("", "_bare", "_sound") for part in _PARTS} | {
    "_plain": pl.Boolean,
    "_middle_letters": pl.String,
    "_own": pl.Boolean,
}
KINDS = Kinds({
    "vietnamese_name": Kind(_MANY, vietnamese_name, vietnamese_names),
    "vietnamese_birth": Kind(
        {
            "": pl.String, "_year": pl.Int32, "_month": pl.Int32, "_day": pl.Int32, "_days": pl.Int32, "_vague": pl.Boolean,
            "_exact": pl.Boolean,
        },
        vietnamese_birth,
    ),
    "phone": Kind({"": pl.String}, phone),
    "code": Kind({"": pl.String}, as_is),
    "degrees": Kind({"": pl.Float64}, degrees),
    **{name: Kind(*kind) for name, kind in ANYWHERE.items()},
})  # fmt: skip
"""What the fields of a model or a mapping file may be."""

"""What each kind of field is prepared into before it is compared: one function a kind, for one value and for
a whole file.

A prepared value is text, a number, a truth, or None where nothing is known; never an empty text. The prepared
columns of a field begin with its name: the kind `date` of a field `birth` gives `birth`, `birth_year`,
`birth_month` …

Kinds of one country's names or dates are added by whoever knows that country: `add`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from dancu.linkage.model.kinds_anywhere import ANYWHERE, WITH_WORDS

Value = str | int | bool | None


@dataclass(frozen=True)
class Kind:
    """`columns`: what the prepared columns' names end in, with their polars types; `prepare`: one value to
    one of each; `prepare_many`: of different values those that can be prepared all at once, as `value`, with
    such columns.

    For models made from a mapping: `tells`, what of a person it is ("name" with given and family name in one,
    "birth", or nothing of the kind); `keys`, the endings of the columns, alone or several, that may make its
    part of a block, the loosest first; `compared`, the comparisons of a field of this kind, of which those
    that end in `own` are a person's own, and those that end in `family` a family's.
    """

    columns: Mapping[str, Any]
    prepare: Callable[[Any], tuple[Value, ...]]
    prepare_many: Callable[[pl.Series], pl.DataFrame] | None = None
    tells: Literal["", "name", "birth"] = ""
    keys: Sequence[Sequence[str]] = (("",),)
    compared: Callable[[str], list[dict[str, Any]]] | None = None
    own: Sequence[str] = ()
    family: Sequence[str] = ()


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
        frame = (
            frame.rename({field: "_given"})
            .join(made, on="_given", how="left", nulls_equal=True)
            .drop("_given")
        )
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


def as_is(value: Any) -> tuple[Value, ...]:
    """A code that is compared as it stands: a number already read, a commune's code, 1 or 2."""
    return (str(value) if value not in (None, "") else None,)


def degrees(value: Any) -> tuple[Any, ...]:
    """A latitude or a longitude."""
    return (None if value is None else float(value),)


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


KINDS = Kinds({
    "code": Kind({"": pl.String}, as_is),
    "degrees": Kind({"": pl.Float64}, degrees),
    **{name: Kind(*kind) for name, kind in ANYWHERE.items()},
})  # fmt: skip
"""What the fields of a model or a mapping file may be."""


def add(name: str, kind: Kind) -> None:
    """From now on fields may be of this kind as well."""
    KINDS[name] = kind

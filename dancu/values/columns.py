"""A column of values as each would be read by itself: every different value once."""

from collections.abc import Callable
from typing import TypeVar

import polars as pl

from dancu.values.errors import BadValue

Read = TypeVar("Read")


def read_each(values: pl.Series, parse: Callable[[str], Read]) -> list[Read | None]:
    """What `parse` makes of each; None of what is null or refused (BadValue)."""
    known = {text: _read(text, parse) for text in values.unique() if text is not None}
    return [known.get(text) for text in values]


def column_of(
    values: pl.Series, parse: Callable[[str], Read], dtype: pl.DataType | type[pl.DataType]
) -> pl.Series:
    """The same as a column of this type."""
    return pl.Series(values.name, read_each(values, parse), dtype=dtype)


def cleaned(values: pl.Series, clean: Callable[[str], str], plain: str) -> pl.Series:
    """A column of texts, each in its one form. `plain`: the pattern of those that are in it already,
    which are most.
    """
    odd = values.filter(~values.str.contains(plain)).unique().drop_nulls()
    return values.replace({text: clean(text) for text in odd}) if len(odd) else values


def _read(text: str, parse: Callable[[str], Read]) -> Read | None:
    try:
        return parse(text)
    except BadValue:
        return None

"""The sums that modules announce, and how SQL names them. Tables of the sums called NAME:

NAME_change   what came to a cell or left it and is not added up yet: only appended to, taken away by the fold
NAME_count    the cells
NAME_sum      the same by a wider unit than the first dimension, where they are kept for such
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from django.core.exceptions import ImproperlyConfigured

from dancu import modules
from dancu.modules import Rollup
from dancu.rollups.errors import NoSuchRollup

EVERYWHERE = 0  # the wider unit that is all of them together
_BITS = {"smallint": 16, "integer": 32, "date": 32}


@dataclass(frozen=True)
class Sums:
    """What is announced under `code`, as the statements of queries.sql take it."""

    code: str
    said: Rollup

    @cached_property
    def where(self) -> str:
        """The first dimension."""
        return next(iter(self.said.dimensions))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Dimensions, then measures, as rows are given to `note`."""
        return (*self.said.dimensions, *self.said.measures)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The dimensions but for the first."""
        return tuple(self.said.dimensions)[1:]

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Of `columns`."""
        return (*self.said.dimensions.values(), *("integer" for _measure in self.said.measures))

    @cached_property
    def parts(self) -> dict[str, str]:
        """What the statements leave open."""
        dimensions, measures = list(self.said.dimensions), self.said.measures
        wider = self.said.wider.column if self.said.wider else ""
        added = [f"{one} = kept.{one} + excluded.{one}" for one in measures]
        return {
            "code": self.code,
            "where": self.where,
            "wider": wider,
            "columns": ", ".join(self.columns),
            "wide_columns": ", ".join((wider, *self.columns[1:])),
            "arrays": ", ".join(f"%(column_{nth})s::{kind}[]" for nth, kind in enumerate(self.types)),
            "key": ", ".join(dimensions),
            "wide_key": ", ".join((wider, *dimensions[1:])),
            "others": "".join(f", {one}" for one in self.columns[1:]),
            "by": ", ".join(str(nth) for nth in range(1, len(dimensions) + 1)),
            "sums": ", ".join(f"sum({one}) AS {one}" for one in measures),
            "less": ", ".join(f"-{one}" for one in measures),
            "nothing": " AND ".join(f"{one} = 0" for one in measures),
            "something": " OR ".join(f"sum({one}) <> 0" for one in measures),
            "added": ", ".join(added),
            "packed": self._packed,
        }

    @cached_property
    def words(self) -> tuple[tuple[tuple[str, int], ...], ...]:
        """How `others` lie in words of 64 bits: of each word the columns, and from which bit on."""
        words: list[list[tuple[str, int]]] = []
        free = 0
        for column in self.others:
            bits = _BITS[self.said.dimensions[column]]
            if bits > free:
                words.append([])
                free = 64
            free -= bits
            words[-1].append((column, free))
        return tuple(map(tuple, words))

    def bits(self, column: str) -> int:
        return _BITS[self.said.dimensions[column]]

    @cached_property
    def _packed(self) -> str:
        """A cell's other dimensions and measures as bytes."""
        words = [" | ".join(self._shifted(column, bit) for column, bit in word) for word in self.words]
        measures = (f"int4send({one})" for one in self.said.measures)
        return " || ".join([*(f"int8send({word})" for word in words), *measures])

    def _shifted(self, column: str, bit: int) -> str:
        return f"((({self._as_number(column)})::bigint & {(1 << self.bits(column)) - 1}) << {bit})"

    def _as_number(self, column: str) -> str:
        return f"{column} - DATE '1970-01-01'" if self.said.dimensions[column] == "date" else column


@cache
def all_sums() -> Mapping[str, Sums]:
    """Every one by its code."""
    found = modules.in_order(lambda module: module.rollups)
    for code, said in found.items():
        kinds = list(said.dimensions.values())
        if kinds[:1] != ["integer"] or not set(kinds) <= _BITS.keys() or not said.measures:
            raise ImproperlyConfigured(
                f"rollups, {code}: the first dimension is an integer, others are of "
                f"{', '.join(_BITS)}, and something is measured."
            )
    return {code: Sums(code, said) for code, said in found.items()}


def sums(code: str) -> Sums:
    """Raises NoSuchRollup."""
    try:
        return all_sums()[code]
    except KeyError:
        raise NoSuchRollup(code, ", ".join(all_sums())) from None

"""What is told of a unit when some numbers in it are small (cell suppression, as in the Handbook on
Statistical Disclosure Control, Hundepool et al. 2010, ch. 4): no number of one or two, nor what such a number
follows from. For whoever may not see those people one by one, and for tables that are passed on.
docs/decisions/0009-counting-people.md
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

SMALL = 3  # fewer than this are not told of a unit

Unit = TypeVar("Unit", bound=int)


def is_small(many: int) -> bool:
    return 0 < many < SMALL


def guarded(column: Sequence[int]) -> list[int | None]:
    """The numbers of a column whose sum is told, without small ones, and without the least of the others,
    which hides what those add up to.

    Where there are no others, none is told: of small ones alone, the sum could say that each is 1.
    """
    hidden = {nth for nth, many in enumerate(column) if is_small(many)}
    if hidden:
        others = [nth for nth, many in enumerate(column) if many >= SMALL]
        hidden.update(sorted(others, key=lambda nth: column[nth])[:1] or range(len(column)))
    return [None if nth in hidden else many for nth, many in enumerate(column)]


def withheld_units(numbers: Mapping[Unit, int], order: Sequence[Unit]) -> set[Unit]:
    """Of which units a number is not told whose sum over all of them is: the small ones, and one that hides
    each other's, of equal ones the first in `order`. The same for whoever asks.
    """
    column = guarded([numbers.get(unit, 0) for unit in order])
    return {unit for unit, told in zip(order, column, strict=True) if told is None}

"""Which unit hides the small numbers of another, to the second order (complementary suppression, as in
Hundepool et al. 2010, ch. 4).

By itself a unit withholds its small numbers. But what it lies in is told in full, and less all the other
units it would be this one. So what a unit withholds another one withholds too: all tables together tell no
more than what both have together, and of no small number whose it is, since somebody of the one could as well
be somebody of the other.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np

from dancu.rollups.small_numbers import SMALL

Unit = TypeVar("Unit")
Places = frozenset[int]  # in a unit's counts


class Figures:
    """Each number that a reader might ask for, as the places in a unit's counts (so many) that it adds up."""

    def __init__(self, figures: Sequence[Places], counts: int) -> None:
        self._figures = figures
        self._adds = np.array([[n in figure for n in range(counts)] for figure in figures], int)

    def small(self, counts: Sequence[int]) -> list[Places]:
        """Those of which this unit has so few that they are not told."""
        found = self._adds @ counts
        return [self._figures[n] for n in np.flatnonzero((found > 0) & (found < SMALL)).tolist()]


class HiddenNumbers:
    """The small numbers of a unit, and who counts in them, by kind: of each place in its counts all that is
    told of somebody who counts there. Those of one kind can change places unseen.
    """

    def __init__(self, kinds: Sequence[Hashable], inhabited: Places, small: Sequence[Places]) -> None:
        self._kinds = kinds
        self._small = [(each, *self._in_and_out(inhabited, each)) for each in small]

    def beside(self, inhabited: Places) -> bool:
        """Whether each small number could be another one beside a unit with somebody in these places: if
        somebody here and somebody there changed places, one of whom it counts, and all that is told of either
        unit stayed as it is.
        """
        for figure, leaves, stays in self._small:
            counted, others = self._in_and_out(inhabited, figure)
            if leaves.isdisjoint(others) and stays.isdisjoint(counted):
                return False
        return True

    def _in_and_out(self, inhabited: Places, figure: Places) -> tuple[set[Hashable], set[Hashable]]:
        counted = {self._kinds[n] for n in inhabited & figure}
        return counted, {self._kinds[n] for n in inhabited - figure}


def who_hides(
    hidden: HiddenNumbers,
    others: Sequence[Unit],
    inhabited: Callable[[Unit], Places],
    withholds_as_much: Callable[[Unit], bool],
) -> Unit | None:
    """The first of these other units (the smallest first) that hides these numbers: of those that withhold
    as much anyway, so that as little as possible is lost, else of all. Where none can, the last; None where
    there are no others.
    """
    for as_much in (True, False):
        for other in others:
            if withholds_as_much(other) is as_much and hidden.beside(inhabited(other)):
                return other
    return others[-1] if others else None

"""The living of an area in groups, and which of their totals and age bands a commune tells where some
numbers in it are small (dancu/rollups/small_numbers.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dancu.rollups.small_numbers import guarded, is_small

_WIDTH = 5  # years in a band of a commune
_SIDES = (0, 15 // _WIDTH, 60 // _WIDTH, None)  # the bands below 15, from 15 and from 60


@dataclass(frozen=True, slots=True)
class Groups:
    """The living of an area, in the largest groups that all its totals are made of. `aged_15` and
    `aged_16` (16 to 19): of both sexes.
    """

    men_0: int = 0
    men_15: int = 0
    men_60: int = 0
    women_0: int = 0
    women_15: int = 0
    women_60: int = 0
    aged_15: int = 0
    aged_16: int = 0

    @property
    def men(self) -> int:
        return self.men_0 + self.men_15 + self.men_60

    @property
    def women(self) -> int:
        return self.women_0 + self.women_15 + self.women_60

    @property
    def people(self) -> int:
        return self.men + self.women

    @property
    def under_16(self) -> int:
        return self.men_0 + self.women_0 + self.aged_15

    @property
    def from_60(self) -> int:
        return self.men_60 + self.women_60

    @property
    def tell_sexes(self) -> bool:
        """Whether men and women are told apart; one sex follows from the other, and from the bands of the
        other.
        """
        return not (is_small(self.men) or is_small(self.women))

    @property
    def tell_from_60(self) -> bool:
        """Whether one sex's numbers below 15, from 15 to 59 and from 60 may follow, as they do from the
        age totals and the bands.
        """
        parts = (self.men_0, self.men_15, self.men_60, self.women_0, self.women_15, self.women_60)
        return self.tell_sexes and not any(map(is_small, parts))

    @property
    def tell_under_16(self) -> bool:
        """Likewise, and whether it may follow how many of the band from 15 to 19 are aged 15."""
        none_is_16 = (
            self.aged_15 > 0 and self.aged_16 == 0
        )  # then a hidden band from 15 to 19 could not be less
        return self.tell_from_60 and not (is_small(self.aged_15) or is_small(self.aged_16) or none_is_16)


def guarded_bands(people: Sequence[int], groups: Groups) -> list[int | None]:
    """One sex's numbers in bands of five years, as far as they may be told beside the totals that
    `groups` tells.
    """
    if not groups.tell_sexes:
        return [None] * len(people)
    if not groups.tell_from_60:
        return guarded(people)
    told: list[int | None] = []
    for first, end in pairwise(_SIDES):
        told += guarded(people[first:end])
    return told

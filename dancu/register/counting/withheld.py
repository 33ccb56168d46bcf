"""What is withheld of a commune, beside what its province and all its other communes tell.

By itself a commune withholds what groups.py says. But its province is told in full: what a commune withholds
another one of its province withholds too (dancu/rollups/exchange.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np

from dancu.register.codes import ALIVE, MISSING
from dancu.register.counting.groups import Groups, guarded_bands
from dancu.rollups.exchange import Figures, HiddenNumbers, who_hides
from dancu.rollups.small_numbers import SMALL, is_small, withheld_units

STARTS = (0, 5, 10, 15, 16, *range(20, 101, 5))
"""The ages at which the steps begin in which people are counted here: bands of five years, that from 15
in two.
"""
_STEPS = range(len(STARTS))
_AGED_15, _FROM_16, _FROM_60 = (STARTS.index(age) for age in (15, 16, 60))
_BANDS = tuple(start // 5 for start in STARTS)
_NONE = (0,) * len(STARTS)


@dataclass(frozen=True)
class Commune:
    """The living of a commune, by step, and how many others are registered there."""

    men: tuple[int, ...] = _NONE
    women: tuple[int, ...] = _NONE
    missing: int = 0
    dead: int = 0

    @cached_property
    def groups(self) -> Groups:
        sides = (slice(0, _AGED_15), slice(_AGED_15, _FROM_60), slice(_FROM_60, None))
        return Groups(
            *(sum(self.men[side]) for side in sides),
            *(sum(self.women[side]) for side in sides),
            aged_15=self.men[_AGED_15] + self.women[_AGED_15],
            aged_16=self.men[_FROM_16] + self.women[_FROM_16],
        )

    @cached_property
    def people(self) -> tuple[int, ...]:
        """Men by step, then women."""
        return self.men + self.women

    @cached_property
    def inhabited(self) -> frozenset[int]:
        """Where in `people` there are any."""
        return frozenset(n for n, many in enumerate(self.people) if many)

    @property
    def bands(self) -> tuple[list[int], list[int]]:
        """Men and women in bands of five years."""
        bands = [0] * (_BANDS[-1] + 1), [0] * (_BANDS[-1] + 1)
        for in_bands, steps in zip(bands, (self.men, self.women), strict=True):
            for band, people in zip(_BANDS, steps, strict=True):
                in_bands[band] += people
        return bands


def communes_of(
    many: int, nth: np.ndarray, status: np.ndarray, sex: np.ndarray, age: np.ndarray, people: np.ndarray
) -> list[Commune]:
    """So `many` communes from cells, given as columns: in which commune (from 0), who, and how many
    people.
    """
    steps = len(STARTS)
    step = np.searchsorted(STARTS, np.maximum(age, 0), side="right") - 1
    place = np.where(
        status == ALIVE, (sex - 1) * steps + step, np.where(status == MISSING, 2 * steps, 2 * steps + 1)
    )
    places = 2 * steps + 2  # men by step, women by step, the missing, the dead
    counted = np.bincount(nth * places + place, people, many * places).astype(int).reshape(many, places)
    return [Commune(tuple(row[:steps]), tuple(row[steps:-2]), *row[-2:]) for row in counted.tolist()]


@dataclass(frozen=True)
class Withheld:
    """What is not told of a commune. `sexes`: how many are men and how many women. `men`, `women`: the
    bands of which it is not told.
    """

    people: bool = False
    sexes: bool = False
    from_60: bool = False
    under_16: bool = False
    men: frozenset[int] = field(default=frozenset())
    women: frozenset[int] = field(default=frozenset())
    missing: bool = False
    dead: bool = False

    def __or__(self, other: "Withheld") -> "Withheld":
        return Withheld(*(getattr(self, name) | getattr(other, name) for name in self.__dataclass_fields__))

    def covers(self, other: "Withheld") -> bool:
        """Whether all that the other withholds of the living is withheld here too."""
        totals = ("people", "sexes", "from_60", "under_16")
        return (
            self.men >= other.men
            and self.women >= other.women
            and all(getattr(self, name) >= getattr(other, name) for name in totals)
        )


NOTHING = Withheld()


def withheld_alone(commune: Commune) -> Withheld:
    """What a commune withholds because of its own small numbers."""
    groups = commune.groups
    men, women = (
        frozenset(nth for nth, told in enumerate(guarded_bands(bands, groups)) if told is None)
        for bands in commune.bands
    )
    return Withheld(
        people=is_small(groups.people),
        sexes=not groups.tell_sexes,
        from_60=not groups.tell_from_60,
        under_16=not groups.tell_under_16,
        men=men,
        women=women,
        missing=is_small(commune.missing),
        dead=is_small(commune.dead),
    )


def withheld_together(communes: Mapping[int, Commune]) -> dict[int, Withheld]:
    """What each commune of a province withholds, given all of them by id: what it would alone, and what hides
    another's.

    The same for whoever asks, and in whatever order, so that no two tables can be set against each other.
    """
    return _together(tuple((unit, communes[unit]) for unit in sorted(communes)))


@lru_cache(maxsize=64)  # the provinces, as they are counted now: up to 30 ms each
def _together(counted: tuple[tuple[int, Commune], ...]) -> dict[int, Withheld]:
    communes = dict(counted)
    alone = {unit: withheld_alone(commune) for unit, commune in communes.items()}
    together = dict(alone)
    living = {unit: replace(withheld, missing=False, dead=False) for unit, withheld in alone.items()}
    ranked = sorted((commune.groups.people, unit) for unit, commune in communes.items())
    for unit, what in living.items():
        if what != NOTHING and (other := _who_hides(unit, communes, living, ranked)) is not None:
            together[other] |= what
    smallest_first = [unit for _people, unit in ranked]
    for state in ("missing", "dead"):
        numbers = {unit: getattr(commune, state) for unit, commune in communes.items()}
        for unit in withheld_units(numbers, smallest_first):
            together[unit] |= Withheld(missing=state == "missing", dead=state == "dead")
    return together


def _who_hides(
    unit: int, communes: Mapping[int, Commune], living: Mapping[int, Withheld], ranked: list[tuple[int, int]]
) -> int | None:
    """None where nobody lives in any other commune."""
    what, commune = living[unit], communes[unit]
    kinds = [_kind(what, *cell) for cell in _CELLS]
    hidden = HiddenNumbers(kinds, commune.inhabited, [] if what.people else _FIGURES.small(commune.people))
    least = SMALL if what.people else 1
    others = [other for people, other in ranked if people >= least and other != unit]
    return who_hides(
        hidden, others, lambda other: communes[other].inhabited, lambda other: living[other].covers(what)
    )


def _kind(what: Withheld, sex: int, step: int) -> tuple[int | None, ...]:
    """People of whom the same is told can change places unseen."""
    side = (step >= _AGED_15) + (step >= _FROM_60)
    return (
        None if what.sexes else sex,
        None if what.from_60 else side,
        None if what.under_16 else step >= _FROM_16,
        None if _BANDS[step] in (what.women if sex else what.men) else _BANDS[step],
    )


def _figures() -> list[frozenset[int]]:
    """Each number that a reader might ask for, as the places in `_CELLS` that it adds up."""

    def places(first: int, end: int, *sexes: int) -> frozenset[int]:
        return frozenset(n for n, (sex, step) in enumerate(_CELLS) if sex in sexes and first <= step < end)

    sides = ((0, _AGED_15), (_AGED_15, _FROM_60), (_FROM_60, len(STARTS)))
    bands = [(step, step + 1 + (step == _AGED_15)) for step in _STEPS if step != _FROM_16]
    of_one_sex = [(0, len(STARTS)), *sides, *bands]
    of_both = [(0, _FROM_16), sides[2], (_AGED_15, _FROM_16), (_FROM_16, _FROM_16 + 1)]
    return [
        *(places(*ages, sex) for sex in (0, 1) for ages in of_one_sex),
        *(places(*ages, 0, 1) for ages in of_both),
    ]


_CELLS = [(sex, step) for sex in (0, 1) for step in _STEPS]  # in the order of Commune.people
_FIGURES = Figures(_figures(), len(_CELLS))

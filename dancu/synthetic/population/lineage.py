"""Who people are by descent: ethnic group, surname, native place, parents, and the commune where the
household lives.
"""

from dataclasses import dataclass

import numpy as np

from dancu.register.codes import FEMALE
from dancu.synthetic.population import names
from dancu.synthetic.population.census import WIDOWED
from dancu.synthetic.population.families import NOBODY
from dancu.synthetic.population.households import Drawn
from dancu.synthetic.population.kinship import YEAR, find_parents
from dancu.synthetic.population.places import Places

_IN_LAW_FROM_HERE, _IN_LAW_FROM_NEAR = 0.58, 0.92  # of this commune; of this province
_MIXED_MARRIAGES = 0.05
_MOVED_NEARBY = 0.04
_STAYED_IN_PARENTS_COMMUNE = 0.6


@dataclass
class Households:
    """By household: commune (place among the old ones), where it was before, and the day it came, or a
    day before anyone's birth.
    """

    home: np.ndarray
    origin: np.ndarray
    came: np.ndarray


@dataclass
class Descent:
    """By person. `father`, `mother`: positions among the people, NOBODY where not in the file; `own_line`: of
    the line of the head of the household, not married into it; `native`: an old commune; `late_husband`:
    surname, where a widow had one."""

    father: np.ndarray
    mother: np.ndarray
    own_line: np.ndarray
    ethnicity: np.ndarray
    surname: np.ndarray
    native: np.ndarray
    late_husband: np.ndarray


def settle(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, places: Places, today: int
) -> tuple[Households, Descent]:
    """Give every household a place, and everyone their descent. `born` and `today` in days since 1970."""
    homes, group = _homes(rng, people, born, places, today)
    descent = _descend(rng, people, homes, group, places)
    _find_parents(rng, people, born, places, descent)
    _live_near_parents(rng, people, born, today, homes, descent)
    return homes, descent


def _homes(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, places: Places, today: int
) -> tuple[Households, np.ndarray]:
    n = len(people.first)
    home, group = places.homes(rng, n)
    migrated = rng.random(n) < places.arrived[home]
    nearby = ~migrated & (rng.random(n) < _MOVED_NEARBY)
    origin = np.where(migrated, places.origins(rng, group), home)
    origin = np.where(nearby, places.nearby(rng, group, home), origin)
    grown = born[people.first] + int(18 * YEAR)
    latest = np.minimum(today - 30, born[people.first] + int(50 * YEAR))
    came = grown + (rng.random(n) * np.maximum(latest - grown, 1)).astype(int)
    moved = (origin != home) & (latest > grown)
    return Households(home, np.where(moved, origin, home), np.where(moved, came, _long_ago(born))), group


def _long_ago(born: np.ndarray) -> int:
    return int(born.min()) - 1


def _descend(
    rng: np.random.Generator, people: Drawn, homes: Households, group: np.ndarray, places: Places
) -> Descent:
    """Surname, group and native place pass from root to branch; a root is the earliest of a line in the
    household.
    """
    group, origin, home = (
        group[people.household],
        homes.origin[people.household],
        homes.home[people.household],
    )
    line = np.where(names.by_mother(group), people.mothers_line, people.fathers_line)
    own_line = line == line[people.first][people.household]
    may_mix = ~own_line & ~names.by_mother(
        group
    )  # else children would follow a mother whose group follows the father
    mixed = may_mix & (rng.random(len(people)) < _MIXED_MARRIAGES)
    ethnicity = np.where(mixed, places.neighbours(rng, home), group)
    dice = rng.random(len(people))
    in_law = np.where(dice < _IN_LAW_FROM_HERE, home, places.origins(rng, ethnicity))
    near = (dice >= _IN_LAW_FROM_HERE) & (dice < _IN_LAW_FROM_NEAR) & (ethnicity == group)
    in_law[near] = places.nearby(rng, group[near], home[near])
    native = np.where(own_line, origin, in_law)
    surname = names.surnames(rng, ethnicity, places.province[native])
    nobody = np.full(len(people), NOBODY)
    descent = Descent(nobody, nobody, own_line, ethnicity[line], surname[line], native[line], nobody)
    widow = (people.sex == FEMALE) & (people.marital == WIDOWED)
    late = np.where(widow, names.surnames(rng, descent.ethnicity, places.province[descent.native]), NOBODY)
    fatherless = (people.mother >= 0) & (people.father < 0)
    late[people.mother[fatherless]] = descent.surname[fatherless]
    descent.late_husband = late
    return descent


def _find_parents(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, places: Places, descent: Descent
) -> None:
    def key(surname: np.ndarray) -> np.ndarray:
        of_family = (surname * 100 + places.province[descent.native]) * 64 + descent.ethnicity
        return np.where((surname < 0) | names.by_mother(descent.ethnicity), -1, of_family).astype(np.int64)

    descent.father, descent.mother = find_parents(
        rng, people, born, key(descent.surname), key(descent.late_husband)
    )
    elsewhere = (descent.father != people.father) | (descent.mother != people.mother)
    parent = np.where(descent.father >= 0, descent.father, descent.mother)
    line = people.fathers_line
    heir_of = np.where(elsewhere, parent, NOBODY)[line]
    descent.native = np.where(heir_of >= 0, descent.native[np.maximum(heir_of, 0)], descent.native)


def _live_near_parents(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, today: int, homes: Households, descent: Descent
) -> None:
    """Heads whose parents live in another household have left it, mostly for a house in the same commune."""
    head = people.first
    parent = np.where(descent.father[head] >= 0, descent.father[head], descent.mother[head])
    left = (parent >= 0) & (people.household[np.maximum(parent, 0)] != people.household[head])
    from_here = homes.home[people.household[np.maximum(parent, 0)]]
    stayed = left & (homes.origin == homes.home) & (rng.random(len(head)) < _STAYED_IN_PARENTS_COMMUNE)
    grown = born[head] + int(20 * YEAR)
    came = np.minimum(grown + (rng.random(len(head)) * 10 * YEAR).astype(int), today - 20)
    newly = left & (homes.origin == homes.home) & (came > born[head])
    homes.home = np.where(stayed, from_here, homes.home)
    homes.origin = np.where(left, from_here, homes.origin)
    homes.came = np.where(newly, came, homes.came)

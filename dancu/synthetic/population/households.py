"""Households in the shares of the census: how many people live together, of what ages and sexes, how many
are married.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from dancu.synthetic.population import census
from dancu.synthetic.population.families import NOBODY, RELATIONS, SEATS, Families, raise_families
from dancu.synthetic.population.raking import balanced

_LIFE_COURSES = 40_000  # enough that the weights stay even: two thirds of them count in full
_LARGEST_COUNTED = len(census.HOUSEHOLD_SHARES)


@dataclass(frozen=True)
class Pool:
    """Households to draw from. `cumulative`: running sum of their weights; `start`, `size`: where their
    people stand in the arrays of people, whose links (`father` … `twin_of`) count from the household's first
    person, NOBODY for none."""

    cumulative: np.ndarray
    start: np.ndarray
    size: np.ndarray
    age: np.ndarray
    sex: np.ndarray
    marital: np.ndarray
    relation: np.ndarray
    links: dict[str, np.ndarray]


@dataclass(frozen=True)
class Drawn:
    """People in households, a household's people in a row, its head first. `household`: which household each
    is in (from 0); `first`: where each household begins. The links are positions among these people, NOBODY
    for none."""

    household: np.ndarray
    first: np.ndarray
    age: np.ndarray
    sex: np.ndarray
    marital: np.ndarray
    relation: np.ndarray
    father: np.ndarray
    mother: np.ndarray
    spouse: np.ndarray
    fathers_line: np.ndarray
    mothers_line: np.ndarray
    same_parents: np.ndarray
    twin_of: np.ndarray

    def __len__(self) -> int:
        return len(self.age)


def draw(rng: np.random.Generator, people: int) -> Drawn:
    """Exactly `people` people in whole households. Where the last household would not fit, one of the
    right size is taken.
    """
    pool = _pool()
    chosen = np.searchsorted(pool.cumulative, rng.random(people // 3 + 50))
    while pool.size[chosen].sum() < people:
        chosen = np.append(chosen, np.searchsorted(pool.cumulative, rng.random(100)))
    ends = pool.size[chosen].cumsum()
    whole = int(np.searchsorted(ends, people, side="right"))
    rest = people - (int(ends[whole - 1]) if whole else 0)
    return _people(pool, np.append(chosen[:whole], _of_size(pool, rng, rest)) if rest else chosen[:whole])


@cache
def _pool() -> Pool:
    # Its own fixed seed: the shapes of households are the same in every population, which ones occur is not.
    families = raise_families(np.random.Generator(np.random.SFC64(2019)), _LIFE_COURSES)
    present = families.age >= 0
    weights = balanced(*_margins(families, present))
    position = np.where(present, present.cumsum(axis=1) - 1, NOBODY).astype(np.int16)
    rows = np.arange(len(present))[:, None]
    links = {
        name: np.where(seats >= 0, position[rows, seats], NOBODY)[present]
        for name in ("father", "mother", "spouse", "fathers_line", "mothers_line", "same_parents", "twin_of")
        for seats in [getattr(families, name)]
    }
    size = present.sum(axis=1)
    cumulative = weights.cumsum()
    return Pool(
        cumulative / cumulative[-1],
        size.cumsum() - size,
        size,
        families.age[present],
        families.sex[present],
        families.marital[present],
        np.broadcast_to(RELATIONS, (len(present), SEATS))[present],
        links,
    )


def _margins(families: Families, present: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is counted in each household, and what the mean household should have of it."""
    cell = census.age_group(families.age) + len(census.AGE_SHARES) * (families.sex - 1)
    size = np.minimum(present.sum(axis=1), _LARGEST_COUNTED)
    grown = present & (families.age >= 15)
    shares = census.people_by_sex_and_age()
    counted = [((cell == c) & present).sum(axis=1) for c in range(shares.size)]
    wanted = [*(shares.ravel() * census.MEAN_HOUSEHOLD)]
    counted += [size == s for s in range(1, _LARGEST_COUNTED)]
    wanted += [*(census.HOUSEHOLD_SHARES[:-1] / 100)]
    marital = [census.MARRIED, census.WIDOWED, census.DIVORCED, census.SEPARATED]
    counted += [((families.marital == status) & grown).sum(axis=1) for status in marital]
    over_14 = shares[:, 15 // census.GROUP_YEARS :].sum() * census.MEAN_HOUSEHOLD
    wanted += [census.MARITAL_SHARES[status] / 100 * over_14 for status in marital]
    return np.array(counted, float).T, np.array(wanted)


def _of_size(pool: Pool, rng: np.random.Generator, size: int) -> int:
    weights = np.diff(pool.cumulative, prepend=0) * (pool.size == size)
    running = weights.cumsum()
    return int(np.searchsorted(running, rng.random() * running[-1], side="right"))


def _people(pool: Pool, chosen: np.ndarray) -> Drawn:
    size = pool.size[chosen]
    first = size.cumsum() - size
    household = np.repeat(np.arange(len(chosen)), size)
    source = np.arange(len(household)) - first[household] + pool.start[chosen][household]

    def positions(link: np.ndarray) -> np.ndarray:
        return np.where(link[source] >= 0, link[source] + first[household], NOBODY)

    return Drawn(
        household,
        first,
        pool.age[source].astype(np.int64),
        pool.sex[source],
        pool.marital[source],
        pool.relation[source],
        **{name: positions(link) for name, link in pool.links.items()},
    )

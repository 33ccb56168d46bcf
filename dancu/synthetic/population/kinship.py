"""Parents who live in other households: grown children find a father or mother of their name, group and
province.
"""

from dataclasses import dataclass

import numpy as np

from dancu.register.codes import FEMALE, MALE
from dancu.synthetic.population.census import WIDOWED
from dancu.synthetic.population.families import NOBODY
from dancu.synthetic.population.households import Drawn

YEAR = 365.25
_MOST_CHILDREN = 5  # beside those at home
_BETWEEN_BIRTHS = 300  # days
_OWN_GENERATION = [
    1,
    2,
    4,
    7,
]  # head, spouse, parent, child-in-law: those whose parents are not expected here


@dataclass(frozen=True)
class Elders:
    """People who may have grown children elsewhere, one row for a man (with his wife) or a widow:
    positions, or NOBODY.
    """

    father: np.ndarray
    mother: np.ndarray
    key: np.ndarray
    day: np.ndarray  # a father's birth date, or three years before the widow's

    @property
    def one(self) -> np.ndarray:
        return np.where(self.father >= 0, self.father, self.mother)


def find_parents(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, key: np.ndarray, late_key: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Father and mother of everyone, in the same household or another: positions among the people, NOBODY
    where unknown.

    `born`: days; `key`: equal for people of one surname, group and province; `late_key`: the same for the
    late husband of a widow, -1 for all others. A father is 18 years older or more, a mother 18 to 42;
    brothers and sisters are born `_BETWEEN_BIRTHS` apart, unless they are twins.
    """
    elders = _elders(people, born, key, late_key)
    seeking = _seeking(rng, people)
    elder = _match(rng, elders, seeking, born, key)
    seeking, elder = seeking[elder >= 0], elder[elder >= 0]
    suits = _fits(people, elders, seeking, elder, born)
    seeking, elder = seeking[suits], elder[suits]
    kept = _spaced(people, elders, seeking, elder, born)
    seeking, elder = seeking[kept], elder[kept]
    found = np.full(len(people), NOBODY)
    found[seeking] = elder
    would_be_siblings = (people.spouse >= 0) & (found >= 0) & (found == found[people.spouse])
    found[would_be_siblings & (people.spouse < np.arange(len(people)))] = NOBODY
    sibling = (people.father < 0) & (people.mother < 0) & (people.same_parents != np.arange(len(people)))
    found[sibling] = found[people.same_parents[sibling]]
    father, mother = _parents(people, elders, found)
    if len(related := _married_to_relatives(people, father, mother)):
        up = np.concatenate([related, father[related], mother[related]])
        found[people.same_parents[up[up >= 0]]] = NOBODY
        found[sibling] = found[people.same_parents[sibling]]
        father, mother = _parents(people, elders, found)
    return father, mother


def _parents(people: Drawn, elders: Elders, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    grown = found >= 0
    father, mother = people.father.copy(), people.mother.copy()
    father[grown], mother[grown] = elders.father[found[grown]], elders.mother[found[grown]]
    return father, mother


def _married_to_relatives(people: Drawn, father: np.ndarray, mother: np.ndarray) -> np.ndarray:
    """Whose husband or wife has a parent or grandparent in common with them (register/descent.py): nobody
    marries so.
    """

    def of(parent: np.ndarray, whose: np.ndarray) -> np.ndarray:
        return np.where(whose >= 0, parent[np.maximum(whose, 0)], NOBODY)

    married = np.flatnonzero(people.spouse >= 0)
    lines = []
    for one in (married, people.spouse[married]):
        above = [father[one], mother[one]]
        lines.append([one, *above, *(of(parent, each) for each in above for parent in (father, mother))])
    related = np.zeros(len(married), bool)
    for mine in lines[0]:
        for theirs in lines[1]:
            related |= (mine == theirs) & (mine >= 0)
    return married[related]


def _elders(people: Drawn, born: np.ndarray, key: np.ndarray, late_key: np.ndarray) -> Elders:
    men = np.flatnonzero((people.sex == MALE) & (people.age >= 37) & (key >= 0))
    widows = np.flatnonzero(
        (people.sex == FEMALE) & (people.marital == WIDOWED) & (people.age >= 37) & (late_key >= 0)
    )
    wife = np.where(people.spouse[men] >= 0, people.spouse[men], NOBODY)
    elders = Elders(
        np.concatenate([men, np.full(len(widows), NOBODY)]),
        np.concatenate([wife, widows]),
        np.concatenate([key[men], late_key[widows]]),
        np.concatenate([born[men], born[widows] - int(3 * YEAR)]),
    )
    order = np.lexsort((elders.one, elders.day, elders.key))
    return Elders(elders.father[order], elders.mother[order], elders.key[order], elders.day[order])


def _seeking(rng: np.random.Generator, people: Drawn) -> np.ndarray:
    alive = np.clip((78 - people.age) / 55, 0, 0.97)  # chance that a parent is
    rootless = (people.father < 0) & (people.mother < 0) & (people.same_parents == np.arange(len(people)))
    own_home = np.isin(people.relation, _OWN_GENERATION)
    return np.flatnonzero(rootless & own_home & (people.age >= 17) & (rng.random(len(people)) < alive))


def _match(
    rng: np.random.Generator, elders: Elders, seeking: np.ndarray, born: np.ndarray, key: np.ndarray
) -> np.ndarray:
    """For each seeker, the elder with the same key nearest in age to a likely father's, within five
    years; else NOBODY.
    """
    earliest = elders.day.min(initial=0)
    wanted = born[seeking] - (np.clip(rng.normal(28.5, 5, len(seeking)), 20, 40) * YEAR).astype(int)
    ranked = elders.key * 1_000_000 + elders.day - earliest  # a million days is longer than anyone's age
    sought = key[seeking] * 1_000_000 + np.maximum(wanted - earliest, 0)
    after = np.searchsorted(ranked, sought)
    best, distance = np.full(len(seeking), NOBODY), np.full(len(seeking), 5 * YEAR)
    for candidate in (after - 1, after):
        there = (candidate >= 0) & (candidate < len(ranked))
        at = np.where(there, candidate, 0)
        if len(ranked):
            away = np.where(there & (elders.key[at] == key[seeking]), np.abs(elders.day[at] - wanted), np.inf)
            best, distance = np.where(away < distance, candidate, best), np.minimum(away, distance)
    return np.where(key[seeking] >= 0, best, NOBODY)


def _fits(
    people: Drawn, elders: Elders, seeking: np.ndarray, elder: np.ndarray, born: np.ndarray
) -> np.ndarray:
    """Ages are right for the seeker and those who share the parents, and the elder lives in another
    household.
    """
    father, mother = elders.father[elder], elders.mother[elder]
    eldest, youngest = born.copy(), born.copy()
    sibling = np.flatnonzero(people.same_parents != np.arange(len(people)))
    np.minimum.at(eldest, people.same_parents[sibling], born[sibling])
    np.maximum.at(youngest, people.same_parents[sibling], born[sibling])
    by_father = (father < 0) | (eldest[seeking] - born[father] >= 18 * YEAR)
    oldest_birth, youngest_birth = youngest[seeking] - born[mother], eldest[seeking] - born[mother]
    by_mother = (mother < 0) | ((youngest_birth >= 18 * YEAR) & (oldest_birth <= 42 * YEAR))
    return by_father & by_mother & (people.household[elders.one[elder]] != people.household[seeking])


def _spaced(
    people: Drawn, elders: Elders, seeking: np.ndarray, elder: np.ndarray, born: np.ndarray
) -> np.ndarray:
    """Which seekers may keep their elder: the births of one parent's children must lie apart, and not be too
    many.

    Brothers and sisters that live with a seeker come along; they count too.
    """
    with_seeker = np.flatnonzero(
        np.isin(people.same_parents, seeking) & (people.father < 0) & (people.mother < 0)
    )
    of_seeker = np.full(len(people), NOBODY)
    of_seeker[seeking] = np.arange(len(seeking))
    groom = of_seeker[people.same_parents[with_seeker]]
    at_home = np.flatnonzero((people.father >= 0) | (people.mother >= 0))
    parent_at_home = np.where(people.father[at_home] >= 0, people.father[at_home], people.mother[at_home])
    parent = np.concatenate([elders.one[elder[groom]], parent_at_home])
    child = np.concatenate([with_seeker, at_home])
    seeker = np.concatenate([groom, np.full(len(at_home), NOBODY)])
    order = np.lexsort((child, born[child], parent))
    parent, child, seeker = parent[order], child[order], seeker[order]
    close = (parent[1:] == parent[:-1]) & (born[child[1:]] - born[child[:-1]] < _BETWEEN_BIRTHS)
    spoiled = np.concatenate([seeker[1:][close], seeker[:-1][close]])
    kept = np.ones(len(seeking), bool)
    kept[spoiled[spoiled >= 0]] = False
    rank = np.zeros(len(seeking), int)
    by_elder = np.lexsort((seeking, elder))
    new_elder = np.diff(elder[by_elder], prepend=NOBODY - 1) != 0
    starts = np.maximum.accumulate(np.where(new_elder, np.arange(len(by_elder)), 0))
    rank[by_elder] = np.arange(len(by_elder)) - starts
    return kept & (rank < _MOST_CHILDREN)

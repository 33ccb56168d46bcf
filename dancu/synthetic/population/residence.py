"""Where people live: since when, where before, where for a while."""

from dataclasses import dataclass

import numpy as np

from dancu.synthetic.population.households import Drawn
from dancu.synthetic.population.kinship import YEAR
from dancu.synthetic.population.lineage import Descent, Households
from dancu.synthetic.population.names import KINH
from dancu.synthetic.population.places import Places

NOWHERE = -1
_MARRIED_IN = [2, 4, 7, 8]  # relations to the head
_OTHER = 9
_FORMER_KNOWN = 0.75
_TERM = 2 * 365  # temporary residence is registered for two years at most: Law on Residence 2020, art. 27


@dataclass(frozen=True)
class Residence:
    """By person: communes as places among the old ones, NOWHERE where there is none; days counted from
    1970.
    """

    registered: np.ndarray
    since: np.ndarray
    former: np.ndarray
    former_since: np.ndarray
    temporary: np.ndarray
    temporary_since: np.ndarray
    temporary_until: np.ndarray
    current: np.ndarray


def reside(
    rng: np.random.Generator,
    people: Drawn,
    born: np.ndarray,
    homes: Households,
    descent: Descent,
    places: Places,
    here: np.ndarray,
    today: int,
) -> Residence:
    """Residences of everyone. `here`: who is neither dead nor missing; others have no temporary or
    current residence.
    """
    n = len(people)
    home, origin = homes.home[people.household], homes.origin[people.household]
    came = homes.came[people.household]
    joined = _joined(rng, people, born, descent, today)
    before = np.where(joined > born, _parents_home(people, homes, descent), origin)
    since = np.minimum(np.maximum(np.maximum(born, joined), came), today)
    with_parents = (people.father >= 0) | (people.mother >= 0)
    registered = np.where(with_parents & (born >= came), home, np.where(with_parents, origin, before))
    moved = (since > born + 30) & (rng.random(n) < _FORMER_KNOWN)
    temporary = np.where(here & (rng.random(n) < _away(people.age)), places.workplaces(rng, n), NOWHERE)
    temporary[temporary == home] = NOWHERE
    began = np.maximum(today - rng.integers(5, _TERM - 30, n), since)
    current = np.where(rng.random(n) < 0.93, temporary, NOWHERE)
    visiting = np.flatnonzero(here & (temporary < 0) & (rng.random(n) < 0.012))
    current[visiting] = places.nearby(rng, np.full(len(visiting), KINH), home[visiting])
    current[current == home] = NOWHERE
    return Residence(
        registered, since, np.where(moved, before, NOWHERE), born, temporary, began, began + _TERM, current
    )


def _joined(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, descent: Descent, today: int
) -> np.ndarray:
    """The day on which people came to the household by marriage, or in another way; their birth date for
    those born to it.
    """
    n = len(people)
    first_child = np.full(n, today + 220)
    for parent in (people.father, people.mother):
        known = parent >= 0
        np.minimum.at(first_child, parent[known], born[known])
    younger = np.maximum(born, np.where(people.spouse >= 0, born[people.spouse], born))
    wedding = younger + ((20 + 7 * rng.random(n)) * YEAR).astype(int)
    wedding = np.minimum(wedding, first_child - 240)
    married_in = np.isin(people.relation, _MARRIED_IN) & ~descent.own_line
    taken_in = np.maximum(born, today - rng.integers(30, 3000, n))
    return np.where(married_in, wedding, np.where(people.relation == _OTHER, taken_in, born))


def _parents_home(people: Drawn, homes: Households, descent: Descent) -> np.ndarray:
    parent = np.where(descent.father >= 0, descent.father, descent.mother)
    return np.where(parent >= 0, homes.home[people.household[np.maximum(parent, 0)]], descent.native)


def _away(age: np.ndarray) -> np.ndarray:
    """The share registered for a while elsewhere, at work or study."""
    return np.select([age < 16, age < 36, age < 56], [0.0, 0.10, 0.03], 0.005)

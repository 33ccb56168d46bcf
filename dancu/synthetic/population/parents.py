"""Names of parents who are not in the file."""

import numpy as np
import polars as pl

from dancu.register.codes import FEMALE, MALE
from dancu.synthetic.population import names
from dancu.synthetic.population.families import NOBODY
from dancu.synthetic.population.households import Drawn
from dancu.synthetic.population.lineage import Descent
from dancu.synthetic.population.places import Places

_UNKNOWN = 0.015
_MOTHER_YOUNGER, _FATHER_OLDER = 26, 29  # than the child, in years, where nothing is known


def absent_parents(
    rng: np.random.Generator, people: Drawn, birth_year: np.ndarray, descent: Descent, places: Places
) -> dict[str, pl.Series]:
    """`father_name` and `mother_name` for those whose father or mother is not among the people, null for the
    others.

    Brothers and sisters have the same; a child's father has the surname that came down by him.
    """
    province = places.province[descent.native]
    found = {}
    for column, sex, here, other, years in (
        ("father_name", MALE, descent.father, descent.mother, _FATHER_OLDER),
        ("mother_name", FEMALE, descent.mother, descent.father, _MOTHER_YOUNGER),
    ):
        absent = np.flatnonzero(here < 0)
        # One name for all children of the parent who is here; else for those who share both.
        family = np.where(other >= 0, other, len(people) + people.same_parents)[absent]
        keys, example, member = np.unique(family, return_index=True, return_inverse=True)
        child = absent[example]
        ethnicity = descent.ethnicity[child]
        own = names.surnames(rng, ethnicity, province[child])
        hands_down = names.by_mother(ethnicity) == (sex == FEMALE)
        widow = np.where(other[child] >= 0, descent.late_husband[other[child]], NOBODY)
        surname = np.where(hands_down, descent.surname[child], own)
        if sex == MALE:
            surname = np.where(widow >= 0, widow, surname)
        named = names.name(
            rng, surname, ethnicity, np.full(len(keys), sex), birth_year[child] - years, province[child]
        )
        told = rng.random(len(keys)) >= _UNKNOWN
        place = np.full(len(people), len(keys))
        place[absent] = np.where(told[member], member, len(keys))
        found[column] = named.text().extend_constant(None, 1).gather(place)
    return found

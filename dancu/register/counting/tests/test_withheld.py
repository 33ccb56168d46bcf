"""That no number of one or two people of a commune follows from what is told of its province and of all
communes in it.
"""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dancu.register.counting.statistics import FEMALE, MALE
from dancu.register.counting.tests.test_small_numbers import (
    commune,
    counted,
    figures,
    filled,
    published,
    some,
)
from dancu.register.counting.withheld import NOTHING, STARTS, Commune, withheld_alone, withheld_together
from dancu.rollups.small_numbers import SMALL, is_small

Cells = list[dict[str, int]]
Kind = frozenset[str]  # the figures that a person of this sex and age counts in
everywhere = st.lists(st.integers(1, 40), min_size=2 * len(STARTS), max_size=2 * len(STARTS)).map(
    lambda people: commune(
        dict(zip(STARTS, people[: len(STARTS)], strict=True)),
        dict(zip(STARTS, people[len(STARTS) :], strict=True)),
    )
)
NINES = commune(dict.fromkeys(STARTS, 9), dict.fromkeys(STARTS, 9))
communes = st.lists(st.builds(commune, some, some), min_size=1, max_size=4)


def kinds_in(cells: Cells) -> set[Kind]:
    found = set()
    for cell in cells:
        one = commune(
            *[{2026 - cell["birth_year"]: 1} if cell["sex"] == sex else {} for sex in (MALE, FEMALE)]
        )
        found.add(frozenset(name for name, people in figures(filled(one)).items() if people))
    return found


def unseen(one: Cells, told: Kind, others: list[tuple[Cells, Kind]]) -> Iterator[tuple[Kind, Kind]]:
    """Who of one commune could change places with whom of another, or just go there, so that everything told
    stays as it is, the province too, even to the year of age.
    """
    for other, of_other in others:
        for leaves in kinds_in(one):
            if not leaves & (told | of_other):
                yield leaves, frozenset()
            for comes in kinds_in(other):
                if not (leaves ^ comes) & (told | of_other):
                    yield leaves, comes


@pytest.mark.slow
@given(communes, st.tuples(everywhere, everywhere))
@example([commune({70: 2, 41: 60}, {41: 60})], (NINES, NINES))
@example([commune({70: 2, 41: 60}, {41: 60}), commune({41: 3}, {41: 3})], (NINES, NINES))
@example([commune({15: 1, 17: 5, 30: 9}, {2: 7})], (NINES, NINES))
@example([commune({30: 1}, {}), commune({}, {30: 1})], (NINES, NINES))
@settings(max_examples=200, deadline=None)
def test_no_small_number_follows_from_all_tables_of_a_province_together(
    some_communes: list[Cells], large: tuple[Cells]
):
    """In a province of at least two communes in which somebody of every age lives; who is alone in a
    province cannot be hidden.
    """
    province = dict(enumerate([*some_communes, *large]))
    withheld = withheld_together({nth: counted(cells) for nth, cells in province.items()})
    told = {nth: frozenset(published(cells, withheld[nth])) for nth, cells in province.items()}
    for nth, cells in province.items():
        small = {name for name, people in figures(filled(cells)).items() if is_small(people)}
        assert not small & told[nth]
        swaps = (
            list(
                unseen(
                    cells, told[nth], [(province[other], told[other]) for other in province if other != nth]
                )
            )
            if small
            else []
        )
        certain = {name for name in small if not any(name in leaves ^ comes for leaves, comes in swaps)}
        assert not certain


@pytest.mark.slow
@given(communes, everywhere)
def test_nothing_is_told_that_would_not_be_told_of_the_commune_alone(
    some_communes: list[Cells], large: Cells
):
    province = {nth: counted(cells) for nth, cells in enumerate([*some_communes, large])}
    for nth, withheld in withheld_together(province).items():
        assert withheld | withheld_alone(province[nth]) == withheld


@given(communes, everywhere, st.randoms())
def test_it_does_not_depend_on_who_asks_in_which_order(some_communes: list[Cells], large: Cells, random):
    province = {nth: counted(cells) for nth, cells in enumerate([*some_communes, large])}
    province |= {10 + nth: village(dead=dead) for nth, dead in enumerate((1, 5, 5))}
    shuffled = list(province.items())
    random.shuffle(shuffled)
    assert withheld_together(dict(shuffled)) == withheld_together(province)


def village(people: int = 30, **more: int) -> Commune:
    return (
        counted(commune({41: people}, {41: people}))
        if not more
        else Commune((9,) * len(STARTS), (9,) * len(STARTS), **more)
    )


def test_where_nothing_is_small_nothing_is_withheld():
    assert set(withheld_together({1: village(), 2: village(40)}).values()) == {NOTHING}


def test_the_smallest_other_withholds_the_same_and_no_third_does():
    old = counted(commune({41: 60, 70: 2}, {41: 60}))
    told = withheld_together({1: old, 2: village(50), 3: village(40), 4: village(45)})
    assert told[1] == told[3] == withheld_alone(old)
    assert told[2] == told[4] == NOTHING


def test_two_that_withhold_the_same_hide_each_other():
    old = counted(commune({41: 60, 70: 2}, {41: 60}))
    told = withheld_together({1: old, 2: old, 3: village(40)})
    assert told[1] == told[2] == withheld_alone(old)
    assert told[3] == NOTHING


def test_the_dead_and_the_missing_of_one_commune_are_hidden_by_those_of_another():
    told = withheld_together(
        {1: village(dead=1), 2: village(dead=9, missing=4), 3: village(dead=5, missing=1)}
    )
    assert [(told[nth].dead, told[nth].missing) for nth in (1, 2, 3)] == [
        (True, False),
        (False, True),
        (True, True),
    ]


def test_a_commune_of_one_person_is_hidden_by_one_of_several():
    one = counted(commune({41: 1}, {}))
    told = withheld_together({1: one, 2: one, 3: village(20), 4: village(30)})
    assert [told[nth].people for nth in (1, 2, 3, 4)] == [True, True, True, False]
    assert village(20).groups.people >= SMALL

"""That no number of one or two people follows from what is told of a commune."""

from collections.abc import Iterator

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dancu.register.counting.groups import Groups, guarded_bands
from dancu.register.counting.statistics import ALIVE, FEMALE, MALE, _bands, _totals  # pyright: ignore[reportPrivateUsage]
from dancu.register.counting.withheld import Commune, Withheld, communes_of, withheld_alone
from dancu.rollups.small_numbers import guarded, is_small

YEAR, BANDS = 2026, 21
FROM_15, FROM_60 = 3, 12

Filling = tuple[list[int], list[int], int]  # men and women by band, and how many people are aged 15


def commune(men: dict[int, int], women: dict[int, int]) -> list[dict[str, int]]:
    return [
        {"birth_year": YEAR - age, "sex": sex, "status": ALIVE, "people": people}
        for sex, ages in ((MALE, men), (FEMALE, women))
        for age, people in ages.items()
    ]


def filled(cells: list[dict[str, int]]) -> Filling:
    bands = [[0] * BANDS, [0] * BANDS]
    for cell in cells:
        bands[cell["sex"] - 1][min((YEAR - cell["birth_year"]) // 5, BANDS - 1)] += cell["people"]
    return *bands, sum(cell["people"] for cell in cells if cell["birth_year"] == YEAR - 15)


def figures(filling: Filling) -> dict[str, int]:
    """Every number that a reader might ask for."""
    men, women, aged_15 = filling
    both = [sum(pair) for pair in zip(men, women, strict=True)]
    told = {
        "people": sum(both),
        "men": sum(men),
        "women": sum(women),
        "under_16": sum(both[:FROM_15]) + aged_15,
        "from_60": sum(both[FROM_60:]),
        "aged 15": aged_15,
        "aged 16-19": both[FROM_15] - aged_15,
    }
    for name, bands in (("men", men), ("women", women)):
        told |= {f"{name} {nth}": many for nth, many in enumerate(bands)}
        told |= {
            f"{name} below 15": sum(bands[:FROM_15]),
            f"{name} from 60": sum(bands[FROM_60:]),
            f"{name} 15-59": sum(bands[FROM_15:FROM_60]),
        }
    return told


def counted(cells: list[dict[str, int]]) -> Commune:
    columns = [(cell["status"], cell["sex"], YEAR - cell["birth_year"], cell["people"]) for cell in cells]
    return communes_of(1, np.zeros(len(cells), int), *np.array(columns, int).reshape(-1, 4).T)[0]


def published(cells: list[dict[str, int]], withheld: Withheld | None = None) -> dict[str, int]:
    withheld = withheld or withheld_alone(counted(cells))
    told = {k: v for k, v in _totals(cells, YEAR, withheld).items() if k not in ("missing", "dead")}
    for nth, band in enumerate(_bands(cells, YEAR, 5, withheld)):
        told |= {f"men {nth}": band.men, f"women {nth}": band.women}
    return {name: people for name, people in told.items() if people is not None}


def others_like(filling: Filling, told: dict[str, int]) -> Iterator[Filling]:
    """Other fillings near this one with which all that is told agrees: one person more, less, or in
    another band.
    """
    hidden = [
        (sex, nth)
        for sex, name in enumerate(("men", "women"))
        for nth in range(BANDS)
        if f"{name} {nth}" not in told
    ]
    steps = [[], *([(cell, 1)] for cell in hidden), *([(cell, -1)] for cell in hidden)]
    steps += [[(one, 1), (other, -1)] for one in hidden for other in hidden if one != other]
    for step in steps:
        for older in (0, 1, -1):
            men, women = list(filling[0]), list(filling[1])
            for (sex, nth), more in step:
                (men, women)[sex][nth] += more
            aged_15 = filling[2] + older
            fits = min(*men, *women, aged_15, men[FROM_15] + women[FROM_15] - aged_15) >= 0
            if fits and (step or older):
                found = figures((men, women, aged_15))
                if all(found[name] == people for name, people in told.items()):
                    yield men, women, aged_15


ages = st.one_of(st.sampled_from([2, 7, 12, 15, 16, 19, 20, 59, 60, 97]), st.integers(0, 104))
some = st.dictionaries(ages, st.one_of(st.integers(1, 4), st.integers(1, 30)), max_size=12)


@given(some, some)
@example({16: 1, 20: 20, 40: 30, 97: 1, 70: 12}, {30: 12})  # hidden bands on both sides of 60
@example({15: 1, 17: 5, 30: 9}, {2: 7})  # under 16, less the bands, is who is 15
@example({15: 5, 30: 1}, {30: 9})
@example({20: 1, 30: 1, 40: 1}, {30: 9})
@example({20: 1}, {30: 9})
@settings(max_examples=300, deadline=None)
def test_no_small_number_follows_from_what_is_told_of_a_commune(men, women):
    cells = commune(men, women)
    filling, told = filled(cells), published(cells)
    small = {name: people for name, people in figures(filling).items() if is_small(people)}
    assert not small.keys() & told.keys()
    others = [figures(other) for other in others_like(filling, told)]
    certain = [name for name, people in small.items() if all(other[name] == people for other in others)]
    assert not certain, told


@given(some, some)
def test_the_list_of_communes_tells_a_commune_no_more_than_its_own_page(men, women):
    cells = commune(men, women)
    if counted(cells).groups.tell_under_16:  # the last to be told
        assert published(cells).keys() >= {"people", "men", "women", "under_16", "from_60"}


def test_a_man_of_97_is_hidden_beside_another_band_from_60():
    men = [9] * 19 + [1, 0]
    assert [nth for nth, told in enumerate(guarded_bands(men, Groups(27, 81, 64))) if told is None] == [
        12,
        19,
    ]


def test_small_numbers_alone_are_hidden_with_the_empty_ones():
    assert guarded([1, 1, 1, 0]) == [None] * 4

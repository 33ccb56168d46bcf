"""Plausible households: who lives together, of what ages, married or not, whose child.

A life course is played for the head of each household (marriage, births, children leaving or staying, old
parents taken in); the shares come out right afterwards, when `households` weights them. Every household has
the same row of seats.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dancu.register.codes import FEMALE, MALE
from dancu.synthetic.population.census import DIVORCED, MARRIED, SEPARATED, SINGLE, WIDOWED

HEAD, SPOUSE, HEIR, INLAW, FATHER, MOTHER, GRANDMOTHER, OTHER = 0, 1, 2, 9, 13, 14, 15, 18
CHILDREN, GRANDCHILDREN, SIBLINGS = range(3, 9), range(10, 13), range(16, 18)
SEATS = 19
NOBODY = -1
# relation_to_head of each seat: 1 head 2 spouse 3 child 4 parent 5 sibling 6 grandchild 7 child-in-law 8
# grandparent 9 other
RELATIONS = np.array([1, 2, 3, *[3] * 6, 7, 6, 6, 6, 4, 4, 8, 5, 5, 9], np.int8)

_KIDS_BY_COHORT = np.array([  # children born to women now under 45, 45–59, 60 and over: 0 … 6 of them
    [0.05, 0.20, 0.52, 0.17, 0.05, 0.01, 0.0],
    [0.05, 0.13, 0.42, 0.24, 0.10, 0.04, 0.02],
    [0.04, 0.06, 0.16, 0.22, 0.21, 0.16, 0.15],
])  # fmt: skip


@dataclass
class Families:
    """`n` households by SEATS: age in years (NOBODY where the seat is empty), sex, marital status; the seats
    of each one's father, mother and spouse in the household, or NOBODY; the seat one has surname and origin
    from, by the father's line and by the mother's (one's own seat where nobody here hands it down); the seat
    whose parents are one's own too; and the seat of the elder twin, or one's own."""

    age: np.ndarray
    sex: np.ndarray
    marital: np.ndarray
    father: np.ndarray
    mother: np.ndarray
    spouse: np.ndarray
    fathers_line: np.ndarray
    mothers_line: np.ndarray
    same_parents: np.ndarray
    twin_of: np.ndarray


def raise_families(rng: np.random.Generator, n: int) -> Families:
    """Play `n` life courses."""
    families = _empty(n)
    _seat_couple(rng, families)
    born = _births(rng, _age_of_mother(families, HEAD, SPOUSE))
    _seat_children(rng, families, born)
    _seat_grandchildren(rng, families)
    _seat_old_parents(rng, families)
    _seat_siblings_and_others(rng, families)
    _trace_lines(families)
    return families


def _empty(n: int) -> Families:
    def seats(value: int) -> np.ndarray:
        return np.full((n, SEATS), value, np.int16)

    own = np.tile(np.arange(SEATS, dtype=np.int16), (n, 1))
    nobody = [seats(NOBODY) for _ in range(4)]
    return Families(nobody[0], seats(MALE), seats(SINGLE), *nobody[1:], *(own.copy() for _ in range(4)))


def _seat_couple(rng: np.random.Generator, f: Families) -> None:
    n = len(f.age)
    age = np.clip(rng.triangular(17, 42, 97, n), 18, 94).astype(int)
    sex = np.where(rng.random(n) < 0.28, FEMALE, MALE)
    f.age[:, HEAD], f.sex[:, HEAD] = age, sex
    f.marital[:, HEAD] = _marital(rng, age, sex)
    couple = f.marital[:, HEAD] == MARRIED
    older = (
        np.clip(rng.normal(2.8, 3.2, n), -2, 14).round().astype(int)
    )  # years that the husband has over his wife
    other = np.where(sex == MALE, age - older, age + older)
    _seat(f, SPOUSE, couple, np.clip(other, np.where(sex == MALE, 18, 20), 99), MALE + FEMALE - sex, MARRIED)
    _marry(f, HEAD, SPOUSE, couple)


def _marital(rng: np.random.Generator, age: np.ndarray, sex: np.ndarray) -> np.ndarray:
    woman = sex == FEMALE
    married = np.where(woman, 0.955 * _rise(age, 23.5, 2.6), 0.97 * _rise(age, 26.5, 3)) * (
        age >= 20 - 2 * woman
    )
    widowed = np.where(woman, 0.65 * _rise(age, 70, 8), 0.30 * _rise(age, 82, 8))
    chance = rng.random((3, *age.shape))
    once = np.where(chance[2] < 0.028, DIVORCED, np.where(chance[2] < 0.033, SEPARATED, MARRIED))
    once = np.where((chance[1] < widowed) & (age > 28), WIDOWED, once)
    return np.where(chance[0] < married, once, SINGLE)


def _rise(age: np.ndarray, middle: float, width: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(age - middle) / width))


def _age_of_mother(f: Families, one: int, other: int) -> np.ndarray:
    """The mother's age where there were births to expect; where she is not here, what it would be."""
    woman_first = (f.sex[:, one] == FEMALE) | (f.age[:, other] < 0)
    mother = np.where(woman_first, f.age[:, one] - 3 * (f.sex[:, one] == MALE), f.age[:, other])
    return np.where((f.age[:, one] < 0) | (f.marital[:, one] == SINGLE), NOBODY, mother)


def _births(rng: np.random.Generator, mother: np.ndarray) -> np.ndarray:
    """Ages of up to six children, oldest first, NOBODY where there is none: born when the mother was 19
    to 41.
    """
    n = len(mother)
    cohort = np.clip((mother - 30) // 15, 0, 2)
    count = (rng.random(n)[:, None] > _KIDS_BY_COHORT.cumsum(axis=1)[cohort]).sum(axis=1)
    first = np.clip(rng.normal(24.6 - cohort, 3.5), 19, 37).astype(int)
    spacing = 2 + np.minimum(rng.geometric(0.42, (n, 6)) - 1, 7)
    spacing[rng.random((n, 6)) < 0.008] = 0  # twins
    spacing[:, 0] = 0
    at_birth = first[:, None] + spacing.cumsum(axis=1)
    ages = mother[:, None] - at_birth
    return np.where((np.arange(6) < count[:, None]) & (at_birth <= 41) & (ages >= 0), ages, NOBODY)


def _seat_children(rng: np.random.Generator, f: Families, born: np.ndarray) -> None:
    sex = np.where(rng.random(born.shape) < 0.523, MALE, FEMALE)
    marital = _marital(rng, born, sex)
    stays = np.where(born < 15, 0.98, np.where(born < 20, 0.93, np.where(born < 30, 0.82, 0.75)))
    at_home = (born >= 0) & (marital == SINGLE) & (rng.random(born.shape) < stays)
    brings_spouse = rng.random(born.shape) < np.where(sex == MALE, 0.34, 0.08)
    heirs = (born >= 0) & (marital != SINGLE) & brings_spouse
    chosen = 5 - heirs[:, ::-1].argmax(axis=1)  # the youngest of those who could, as is the custom
    rows = np.arange(len(born))
    heir = heirs.any(axis=1)
    _seat(f, HEIR, heir, born[rows, chosen], sex[rows, chosen], marital[rows, chosen])
    for place, seat in enumerate(CHILDREN):
        _seat(f, seat, at_home[:, place], born[:, place], sex[:, place], SINGLE)
    f.marital[:, HEIR] = np.where(f.marital[:, HEIR] == WIDOWED, MARRIED, f.marital[:, HEIR])
    couple = heir & (f.marital[:, HEIR] == MARRIED)
    son = f.sex[:, HEIR] == MALE
    older = np.clip(rng.normal(2.8, 3, len(rows)), -2, 12).round().astype(int)
    age = np.clip(f.age[:, HEIR] + np.where(son, -older, older), np.where(son, 18, 20), None)
    _seat(f, INLAW, couple, age, np.where(son, FEMALE, MALE), MARRIED)
    _marry(f, HEIR, INLAW, couple)
    for seat in (HEIR, *CHILDREN):
        _descend(f, seat, HEAD, SPOUSE)


def _seat_grandchildren(rng: np.random.Generator, f: Families) -> None:
    n = len(f.age)
    born = _births(rng, _age_of_mother(f, HEIR, INLAW))
    for place, seat in enumerate(GRANDCHILDREN):
        present = (born[:, place] >= 0) & (born[:, place] < 20)
        _seat(f, seat, present, born[:, place], np.where(rng.random(n) < 0.525, MALE, FEMALE), SINGLE)
        _descend(f, seat, HEIR, INLAW)
    # Left with grandparents while the parents work elsewhere.
    left = (
        (f.age[:, HEAD] > 50) & (f.age[:, HEIR] < 0) & (f.marital[:, HEAD] != SINGLE) & (rng.random(n) < 0.06)
    )
    age = np.minimum(rng.integers(1, 16, n), f.age[:, HEAD] - 42)
    _seat(f, GRANDCHILDREN[0], left, age, np.where(rng.random(n) < 0.525, MALE, FEMALE), SINGLE)


def _seat_old_parents(rng: np.random.Generator, f: Families) -> None:
    n = len(f.age)
    head = f.age[:, HEAD]
    taken_in = rng.random(n) < np.where(f.sex[:, HEAD] == MALE, 0.22, 0.07) * (head < 62)
    mother = head + np.clip(rng.normal(26, 4.5, n), 19, 41).round().astype(int)
    father = mother + np.clip(rng.normal(2.8, 3, n), -4, 14).round().astype(int)
    has_father = taken_in & (rng.random(n) < _alive(father, 79)) & (father <= 99) & (father - head >= 19)
    has_mother = taken_in & (rng.random(n) < _alive(mother, 86)) & (mother <= 101)
    both = has_father & has_mother
    alone = np.where(rng.random(n) < 0.05, DIVORCED, WIDOWED)
    _seat(f, FATHER, has_father, father, MALE, np.where(both, MARRIED, alone))
    _seat(f, MOTHER, has_mother, mother, FEMALE, np.where(both, MARRIED, alone))
    _marry(f, FATHER, MOTHER, both)
    _descend(f, HEAD, FATHER, MOTHER)
    age = father + np.clip(rng.normal(24, 4, n), 19, 40).round().astype(int)
    old_woman = (has_father | has_mother) & (age <= 104) & (rng.random(n) < 0.25 * _alive(age, 86))
    _seat(f, GRANDMOTHER, old_woman, age, FEMALE, WIDOWED)
    f.mother[:, FATHER] = np.where(old_woman & has_father, GRANDMOTHER, NOBODY)


def _alive(age: np.ndarray, usual: float) -> np.ndarray:
    return np.exp(-np.exp((age - usual) / 9))


def _seat_siblings_and_others(rng: np.random.Generator, f: Families) -> None:
    n = len(f.age)
    head, alone = f.age[:, HEAD], (f.age[:, SPOUSE] < 0) & (f.age[:, HEAD] < 40)
    for seat, side, chance in zip(SIBLINGS, (-1, 1), (0.30, 0.10), strict=True):
        age = head + side * rng.integers(2, 9, n)
        mother, father = f.age[:, MOTHER], f.age[:, FATHER]
        fits = ((mother < 0) | ((mother - age >= 19) & (mother - age <= 41))) & (
            (father < 0) | (father - age >= 19)
        )
        present = (rng.random(n) < np.where(alone, chance, chance / 10 * (head < 50))) & fits & (age >= 5)
        _seat(f, seat, present, age, np.where(rng.random(n) < 0.51, MALE, FEMALE), SINGLE)
        _descend(f, seat, FATHER, MOTHER)
        f.same_parents[:, seat] = HEAD
    _seat(
        f,
        OTHER,
        rng.random(n) < 0.03,
        rng.integers(3, 60, n),
        np.where(rng.random(n) < 0.5, MALE, FEMALE),
        SINGLE,
    )


def _seat(
    f: Families, seat: int, present: np.ndarray, age: np.ndarray, sex: ArrayLike, marital: ArrayLike
) -> None:
    f.age[:, seat] = np.where(present, age, f.age[:, seat])
    f.sex[:, seat] = np.where(present, sex, f.sex[:, seat])
    f.marital[:, seat] = np.where(present, marital, f.marital[:, seat])


def _marry(f: Families, one: int, other: int, couple: np.ndarray) -> None:
    f.spouse[:, one] = np.where(couple, other, f.spouse[:, one])
    f.spouse[:, other] = np.where(couple, one, f.spouse[:, other])


def _descend(f: Families, seat: int, one: int, other: int) -> None:
    """`seat` is a child of those in `one` and `other`, as far as they are here."""
    for parent in (one, other):
        here = (f.age[:, seat] >= 0) & (f.age[:, parent] >= 0)
        man = f.sex[:, parent] == MALE
        f.father[:, seat] = np.where(here & man, parent, f.father[:, seat])
        f.mother[:, seat] = np.where(here & ~man, parent, f.mother[:, seat])


def _trace_lines(f: Families) -> None:
    """From the oldest generation down: whose surname each has. Brothers and sisters share that of an absent
    parent.

    Children of the same parents who are of the same age in years are twins: other births are two years apart.
    """
    rows = np.arange(len(f.age))
    for group in ((HEIR, *CHILDREN), tuple(GRANDCHILDREN)):
        eldest = np.array(group)[(f.age[:, group] >= 0).argmax(axis=1)]
        for seat in group:
            f.same_parents[:, seat] = eldest
            same_age = f.age[:, group] == f.age[:, [seat]]
            f.twin_of[:, seat] = np.array(group)[same_age.argmax(axis=1)]
    for seat in (
        GRANDMOTHER,
        MOTHER,
        FATHER,
        HEAD,
        SPOUSE,
        *SIBLINGS,
        HEIR,
        *CHILDREN,
        INLAW,
        *GRANDCHILDREN,
        OTHER,
    ):
        for line, parent in ((f.fathers_line, f.father), (f.mothers_line, f.mother)):
            absent = parent[:, seat] < 0
            kin = f.same_parents[:, seat]
            line[:, seat] = np.where(absent, kin, line[rows, parent[:, seat]])
    skipped = (f.age[:, HEIR] < 0) & (f.age[:, GRANDCHILDREN[0]] >= 0)
    grandfather = np.where(f.sex[:, HEAD] == MALE, HEAD, SPOUSE)
    of_a_son = skipped & (f.age[rows, grandfather] >= 0)
    f.fathers_line[:, GRANDCHILDREN[0]] = np.where(
        of_a_son, f.fathers_line[rows, grandfather], f.fathers_line[:, GRANDCHILDREN[0]]
    )

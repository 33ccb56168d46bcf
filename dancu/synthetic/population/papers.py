"""What people hold and can be reached by: cards, telephones, e-mail; and blood groups."""

import numpy as np

from dancu.synthetic.population.households import Drawn
from dancu.synthetic.population.kinship import YEAR

BLOOD_GROUPS = ["O", "B", "A", "AB"]
_BLOOD_SHARES = [0.42, 0.31, 0.21, 0.06]
BLOOD_KNOWN = 0.35

_FIRST_CARDS = np.datetime64("2016-01-01").astype(int)  # cards with a PIN; Law on Citizen Identification 2014
_CHIP_CARDS, _CAMPAIGN_END = np.datetime64("2021-01-01").astype(int), np.datetime64("2022-01-01").astype(int)
_AGE_OF_CARD = 14
_EXPIRES_AT = (25, 40, 60)
_LAST_CMND_BORN = 2001


def blood(rng: np.random.Generator, n: int) -> np.ndarray:
    """Positions in BLOOD_GROUPS, -1 where the group is not recorded."""
    group = np.searchsorted(np.cumsum(_BLOOD_SHARES), rng.random(n)).clip(0, 3)
    return np.where(rng.random(n) < BLOOD_KNOWN, group, -1)


def cards_issued(rng: np.random.Generator, born: np.ndarray, today: int) -> np.ndarray:
    """The day each one's present card was issued (days since 1970), -1 for those without one.

    From 14 years; most in the campaign of 2021. A card issued within two years before 25, 40 or 60 runs on to
    the next.
    """
    n = len(born)
    day = np.select(
        [rng.random(n) < 0.15, rng.random(n) < 0.7],
        [rng.integers(_FIRST_CARDS, _CHIP_CARDS, n), rng.integers(_CHIP_CARDS, _CAMPAIGN_END, n)],
        rng.integers(_CAMPAIGN_END, max(today, _CAMPAIGN_END) + 1, n),
    )
    day = np.maximum(day, born + (_AGE_OF_CARD * YEAR + 5 + rng.gamma(1.5, 120, n)).astype(int))
    for age in _EXPIRES_AT:
        expiry = born + int(age * YEAR)
        expired = (day < expiry - 730) & (expiry <= today)
        day = np.where(expired, expiry - rng.integers(0, 600, n), day)
    return np.where((day <= today) & (day >= born + _AGE_OF_CARD * YEAR) & (rng.random(n) < 0.985), day, -1)


def has_cmnd(rng: np.random.Generator, birth_year: np.ndarray) -> np.ndarray:
    """Who had a card of the nine-digit kind, given to those over 14 until 2016 and in places until 2020."""
    share = np.where(birth_year < _LAST_CMND_BORN - 4, 0.92, 0.6)
    return (birth_year < _LAST_CMND_BORN) & (rng.random(len(birth_year)) < share)


def has_phone(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    """Who gave a telephone number; 70 % of adults."""
    share = np.select([age < 12, age < 15, age < 18, age < 60, age < 75], [0.0, 0.15, 0.45, 0.76, 0.58], 0.25)
    return rng.random(len(age)) < share


def whose_phone(rng: np.random.Generator, people: Drawn, has: np.ndarray) -> np.ndarray:
    """Whose number each one gave: mostly their own, for one in sixty the head of household's."""
    head = people.first[people.household]
    lent = has[head] & (rng.random(len(has)) < 1 / 60)
    return np.where(lent, head, np.arange(len(has)))


def has_email(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    return rng.random(len(age)) < np.select([age < 15, age < 45, age < 65], [0.0, 0.14, 0.05], 0.004)

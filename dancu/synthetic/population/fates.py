"""Who has died of late, and who is missing."""

import numpy as np

from dancu.synthetic.population.census import MARRIED, WIDOWED
from dancu.synthetic.population.households import Drawn

ALIVE, DEAD, MISSING = 1, 2, 3
_HEAD = 1


def fates(
    rng: np.random.Generator, people: Drawn, born: np.ndarray, today: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Status (1 alive, 2 dead, 3 missing), the day since when (days since 1970; today for the living), and
    the marital status.

    Deaths are those of the last year; the dead stay in the register with what was recorded. A head of
    household who dies is no longer its head, so only those who lived alone are still recorded as heads.
    """
    n = len(people)
    yearly = 0.0006 + 0.00003 * np.exp(0.09 * people.age)
    alone = np.bincount(people.household)[people.household] == 1
    may_go = (people.relation != _HEAD) | alone
    dice = rng.random(n)
    dead = may_go & (dice < 1.3 * yearly)
    missing = may_go & ~dead & (people.age >= 12) & (rng.random(n) < 0.0003)
    day = np.maximum(today - rng.integers(1, 366, n), born)
    status = np.where(dead, DEAD, np.where(missing, MISSING, ALIVE)).astype(np.int8)
    bereaved = (people.marital == MARRIED) & (people.spouse >= 0) & dead[people.spouse] & ~dead
    return (
        status,
        np.where(status == ALIVE, today, day),
        np.where(bereaved, WIDOWED, people.marital).astype(np.int8),
    )

"""What a file says of people beside what the register knows of them and of their families: whose row it is,
their own lives, relatives, households, homes.
"""

import polars as pl

from dancu.register.importing import (
    borrowed,
    doubles,
    dwelling,
    households,
    kindred,
    kinship,
    lesser,
    marital,
    named_parents,
    own_life,
    siblings,
    whose,
)
from dancu.register.importing.refusing import Told, of_people


def judge() -> tuple[Told, Told]:
    """Rows that say what cannot be are taken out; return these, and those of which something is doubtful."""
    found = [
        whose.part(),
        lesser.judge(),
        whose.part_years(),
        doubles.judge(),
        siblings.judge(),
        borrowed.judge(),
        own_life.judge(),
    ]
    found += [marital.judge(), named_parents.judge(), kinship.refuse(), kindred.judge()]
    if len(found[-1][0]) or len(
        found[-2][0]
    ):  # whose rows rested on those: who would marry one who stays as they were
        found.append((kinship.refuse()[0], of_people([])))
    found += [households.judge(), dwelling.judge()]
    refused, doubted = zip(*found, strict=True)
    return pl.concat(refused), pl.concat(doubted)

"""Homes and households as they would be: two permanent homes at once, a home of the dead, a household
with two heads, none, or a child for one.
"""

from collections.abc import Iterator

from dancu.db.queries import Queries
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.rules import AGE_OF_MAJORITY

_sql = Queries(__file__, "dwelling.sql")

_AFTER_DEATH = {1: "former_since", 2: "temporary_since", 4: "current_code"}


def judge() -> tuple[Told, Told]:
    """Rows that give the dead a home are refused; return these, and the doubtful: those of homes and of
    households.
    """
    dead = [
        (
            row["person_id"],
            f"{_AFTER_DEATH[row['kind']]}: is after the death of {row['died_on']} that the register has",
        )
        for row in _sql.all("after_death")
    ]
    refused = refuse(dead)
    words = "former_since: according to the register, the person had another permanent home at that time"
    at_once = [(row["person_id"], words) for row in _sql.all("at_once")]
    return refused, of_people([*at_once, *_of_households()])


def _of_households() -> Iterator[tuple[int, str]]:
    """Told of the rows by which it is so: who changes or comes, or leaves a household."""
    for row in _sql.all("households", of_age=AGE_OF_MAJORITY):
        field = "household_no" if row["leaves"] else "relation_to_head"
        which = "the household that this person leaves" if row["leaves"] else "the household"
        if row["heads"] > 1 and row["is_head"]:
            yield row["person_id"], f"{field}: {which} has {row['heads']} heads"
        if row["headless"]:
            yield row["person_id"], f"{field}: {which} has no head"
        if row["is_head"] and row["is_minor"] and row["adults"]:
            yield (
                row["person_id"],
                f"{field}: says that someone under {AGE_OF_MAJORITY} is the head of a household in which "
                f"adults live",
            )

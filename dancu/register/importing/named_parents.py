"""Fathers and mothers whom a row names twice, by number and in words: a number that slipped would give a
child a stranger for a father.

The number counts where the name beside it, or the one that the register has, is its holder's, as people write
it; else the row comes back, and where no name stands beside it and the register has a parent of another name.
A parent who takes the place of another is told.
"""

from collections.abc import Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.lesser import name_as_known
from dancu.register.likeness import is_near

_sql = Queries(__file__, "named_parents.sql")

Row = Mapping[str, Any]


def judge() -> tuple[Told, Told]:
    """Rows of which a parent's number is somebody else's are refused; return these, and those in which a
    parent is another one than before.
    """
    wrong, told = [], []
    for row in _sql.all("differing"):
        role, is_meant = row["role"], is_name_of(row["said"], row["full_name"])
        if row["is_new"] and not is_meant:
            words = (
                f"is the number of {row['full_name']}, and {role}_name says {row['said']}: write "
                f"that one's own number, or the name as it is recorded"
            )
            wrong.append((row["person_id"], f"{role}_pin: {words}"))
        elif not is_meant:
            told.append(
                (
                    row["person_id"],
                    f"{role}_name: differs from the {role} in the register: {row['full_name']}",
                )
            )
        elif row["held"] and not row["said"] and not is_name_of(row["held"], row["full_name"]):
            words = (
                f"is the number of {row['full_name']}, and the register has {row['held']}: if that "
                f"is wrong, write {role}_name beside the number"
            )
            wrong.append((row["person_id"], f"{role}_pin: {words}"))
        elif row["held"]:
            told.append(
                (row["person_id"], f"{role}_pin: differs from the register, which had: {row['held']}")
            )
    refused = {person_id for person_id, _problem in wrong}
    return refuse(wrong), of_people(each for each in told if each[0] not in refused)


def is_name_of(said: str | None, full_name: str) -> bool:
    """Whether what is said, if anything, may be this person's name: but for a letter, marks, the order or
    some of its words, or a title.
    """
    return (
        not said
        or is_near(said, full_name)
        or any(name_as_known(*pair)[1] for pair in ((full_name, said), (said, full_name)))
    )

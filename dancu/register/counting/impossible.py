"""What the register holds that cannot be: from before its rules, or written past them. Counted with the
people, so that no sum of it is called right.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.register.rules import DAYS_AFTER_FATHERS_DEATH, EARLIEST_BIRTH, LEAST_AGE_OF_PARENT

_sql = Queries(__file__, "impossible.sql")

SOME = 10
_PARENTS = {"least": LEAST_AGE_OF_PARENT, "after_death": DAYS_AFTER_FATHERS_DEATH}
WRONG = {
    "home": "registered in an area that is not a commune, so they are in no province's statistics",
    "birth_area": "whose birth was registered in an area that is not a commune",
    "native_area": "whose place of origin is not a commune",
    "name": "without a name",
    "birth": f"born before {EARLIEST_BIRTH.year} or in the future",
    "gone": "dead or missing on no day, on one to come, or before their birth",
    "home_of_dead": "dead, with a current permanent residence",
    "home_since": "living somewhere since before their birth, or since a day to come",
    "residence_area": "with another residence in an area that is not a commune",
    "residence_days": "with a residence that ends before it begins, or begins on a day to come",
    "residence_since": "with a residence from before their birth",
    "residence_of_dead": "dead, with another current residence",
    "spouse_gone": "whose husband or wife is not in the register",
    "married_to_dead": "married to someone who has died",
    "not_mutual": "married to someone who is married to nobody, or to someone else",
    "widowed_of_living": "widowed, although the husband or wife is alive",
    "widowed_of_anothers": "widowed, although the husband or wife was married to someone else",
    "parent_gone": "whose father or mother is not in the register",
    "parent_too_young": f"whose father or mother was not {LEAST_AGE_OF_PARENT} years old at their birth",
    "parent_died": "whose father or mother had died too long before their birth",
    "homes_at_once": "with two residences of one kind at once",
}

OF_MARRIAGES = {"spouse_gone", "married_to_dead", "not_mutual", "widowed_of_living", "widowed_of_anothers"}


@dataclass(frozen=True)
class Impossible:
    """`wrong`: one of WRONG; `people`: how many they are (homes, where it is about those); `some`: the
    first of them.
    """

    wrong: str
    people: int
    some: list[int]


@dataclass(frozen=True)
class Between:
    """`wrong`: one of WRONG, between somebody and one of their relatives; of homes between none."""

    wrong: str
    person_id: int
    other_id: int | None


def impossible() -> list[Impossible]:
    """All that is wrong of people by themselves. Reads the whole register; changes nothing: a steward
    corrects it, or a file.
    """
    communes = [area_id for era in areas.ids_by_code_and_era() for area_id in era.ids.values()]
    rows = _sql.all(
        "found", communes=communes, earliest=EARLIEST_BIRTH, today=timezone.localdate(), most=SOME
    )  # fmt: skip
    between = _sql.all(
        "between_all", {"between": _sql.text("between"), "whose": "TRUE"}, **_PARENTS, most=SOME
    )
    return [Impossible(**row) for row in (*rows, *between)]


def between(person_ids: Collection[int]) -> set[Between]:
    """What the records of these people say of each other's marriages, of their parents, or of their own homes
    that cannot be so together: it is the same after whatever is recorded, undone, merged or parted.
    """
    whose = {"whose": "p.person_id = ANY (%(person_ids)s::bigint[])"}
    rows = _sql.all("between", whose, person_ids=list(person_ids), **_PARENTS)
    return {Between(**row) for row in rows}

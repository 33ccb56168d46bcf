"""What the register holds that cannot be: from before its rules, or written past them. Counted with the people, so that no sum of it is called right."""

from dataclasses import dataclass

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.register.rules import EARLIEST_BIRTH

_sql = Queries(__file__, "impossible.sql")

SOME = 10
WRONG = {
    "home": "registered in what is no commune, so they are in no province's statistics",
    "birth_area": "whose birth was registered in what is no commune",
    "native_area": "whose native place is no commune",
    "name": "without a name",
    "birth": f"born before {EARLIEST_BIRTH.year} or in the future",
    "gone": "dead or missing on no day, on one to come, or before their birth",
    "home_of_dead": "dead, with a permanent residence that lasts",
    "home_since": "living somewhere since before their birth, or since a day to come",
    "residence_area": "with another residence in what is no commune",
    "residence_days": "with a residence that ends before it begins, or begins on a day to come",
    "residence_since": "with a residence from before their birth",
    "residence_of_dead": "dead, with another residence that lasts",
}


@dataclass(frozen=True)
class Impossible:
    """`wrong`: one of WRONG; `people`: how many they are (homes, where it is about those); `some`: the first of them."""

    wrong: str
    people: int
    some: list[int]


def impossible() -> list[Impossible]:
    """All that is wrong of people by themselves. Reads the whole register; changes nothing: a steward corrects it, or a file."""
    communes = [area_id for era in areas.ids_by_code_and_era() for area_id in era.ids.values()]
    rows = _sql.all(
        "found", communes=communes, earliest=EARLIEST_BIRTH, today=timezone.localdate(), most=SOME
    )  # fmt: skip
    return [Impossible(**row) for row in rows]

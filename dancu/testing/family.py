"""A family for the tests of events: An and his wife Lan with a child, his mother, and others of the
village.
"""

import datetime as dt
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.register import actions, lookups
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

HOUSEHOLD = 1_000_123
BASIS = "Giấy tờ số 12/2021"
DAY = dt.date(2025, 8, 1)


def hai() -> Acting:
    """Hà, the nation's data steward, at work."""
    return acting_as(ha(username="hai"))


def man(name: str = "Trần Văn Bình", born: dt.date = dt.date(1984, 5, 1), **fields: Any) -> int:
    return someone(full_name=name, birth_date=born, **fields)


def woman(name: str = "Lê Thị Lan", born: dt.date = dt.date(1987, 6, 3), **fields: Any) -> int:
    return someone(full_name=name, birth_date=born, sex=2, **fields)


def couple(**fields: Any) -> tuple[int, int]:
    """An and Lan, married, with a household of their own."""
    lan = woman(household_id=HOUSEHOLD, relation=2, marital_status=2)
    an = someone(household_id=HOUSEHOLD, relation=1, marital_status=2, spouse_id=lan, **fields)
    actions.correct(acting_as(ha(username=f"registrar{an}")), lan, {"spouse_id": an}, BASIS)
    return an, lan


def child_of(
    an: int | None,
    lan: int | None,
    born: dt.date = dt.date(2012, 9, 5),
    name: str = "Nguyễn Minh Khoa",
    **fields: Any,
) -> int:
    known: dict[str, Any] = {"household_id": HOUSEHOLD, "relation": 3}
    return someone(
        full_name=name,
        birth_date=born,
        valid_from=max(born, dt.date(2010, 1, 1)),
        father_id=an,
        mother_id=lan,
        **(known | fields),
    )


def held(person_id: int) -> dict[str, Any]:
    """The person's row of the register."""
    return {**lookups.get(person_id)}


def marriage_of(person_id: int) -> tuple[int | None, int | None]:
    row = held(person_id)
    return row["marital_status"], row["spouse_id"]


def event_of(person_id: int, nth: int = 0) -> Any:
    """The id of the latest thing that happened to this person."""
    return lookups.record_of(person_id).events[nth]["event_id"]


def what_happened(person_id: int) -> list[str]:
    return [event["kind"] for event in lookups.record_of(person_id).events]

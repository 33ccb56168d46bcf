"""How many journeys are due where and when, and how far they are: noted with everything that moves one on."""

from collections.abc import Iterable, Mapping
from typing import Any

from dancu.rollups import actions as rollups

ARRIVALS = "arrivals"  # the code of the sums
COMING, LEAVING = 0, 1
CODES = {
    "declared": 1,
    "told_to_stay": 2,
    "on_the_way": 3,
    "held": 4,
    "turned_back": 5,
    "met": 6,
    "withdrawn": 7,
}
"""The states as the sums hold them."""


def note(moved: Iterable[Mapping[str, Any]]) -> None:
    """In the transaction that moves journeys on: of each where it leads (origin_area, destination_area,
    arrives_on), and the state `before` (None: it is new) and `after`.
    """
    rollups.note(
        ARRIVALS,
        [
            (area_id, leaving, row["arrives_on"], CODES[state], journeys)
            for row in moved
            if row["before"] != row["after"]
            for area_id, leaving in ((row["destination_area"], COMING), (row["origin_area"], LEAVING))
            for state, journeys in ((row["before"], -1), (row["after"], 1))
            if state
        ],
    )


def counted() -> str:
    """The SELECT that counts all journeys."""
    states = ", ".join(f"'{state}'" for state in sorted(CODES, key=CODES.__getitem__))
    return f"""
        SELECT area_id, leaving, arrives_on, array_position(ARRAY[{states}], state)::smallint, count(*) FROM (
            SELECT destination_area AS area_id, {COMING}::smallint AS leaving, arrives_on, state FROM arrival
            UNION ALL
            SELECT origin_area, {LEAVING}::smallint, arrives_on, state FROM arrival
        ) AS journeys GROUP BY 1, 2, 3, 4
    """

"""Numbers of households as files have them: without the zeros that a spreadsheet took, or those of strangers in another commune.

All of a household live at one legal residence (Law on Residence 2020, art. 8 and 10), so that nobody of one commune comes to a household of another.
"""

from collections.abc import Collection

from dancu.db.queries import Queries
from dancu.register.events.places import same_place
from dancu.register.importing.refusing import Told, of_people, refuse

_sql = Queries(__file__, "households.sql")

_ELSEWHERE = (
    "household_no: is the number of a household in another commune: write this household's own number or, if that household moved here, "
    "load the rows of all its members together"
)


def judge() -> tuple[Told, Told]:
    """Rows that bring somebody to a household elsewhere are refused; return these, and what is told of the others."""
    told = [
        (row["person_id"], f"household_no: has lost its zeros; the household stays {row['household_no']}")
        for row in _sql.all("lost_zeros")
    ]
    wrong = []
    for row in _sql.all("joined"):
        if row["settled"]:
            if not _is_among(row["home_area"], row["settled"]):
                wrong.append((row["person_id"], _ELSEWHERE))
        elif not all(_is_among(row["home_area"], [area]) for area in row["coming"]):
            told.append((row["person_id"], "household_no: is the number of people in two communes"))
    return refuse(wrong), of_people(told)


def _is_among(area: int, areas: Collection[int]) -> bool:
    return area in areas or any(unit in areas for unit in same_place(area))

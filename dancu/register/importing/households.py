"""Numbers of households as files have them: without the zeros that a spreadsheet took, or those of strangers
in another commune.

All of a household live at one legal residence (Law on Residence 2020, art. 8 and 10), so that nobody of one
commune comes to a household of another.
"""

from collections.abc import Collection

from dancu.db.queries import Queries
from dancu.register.events.places import same_place
from dancu.register.importing.date_order import STRAY
from dancu.register.importing.refusing import Told, of_people, refuse

_sql = Queries(__file__, "households.sql")

_ELSEWHERE = (
    "household_no: is the number of a household in another commune: write this household's own number or, "
    "if that household moved here, "
    "load the rows of all its members together"
)


_SLIPPED = (
    "write this household's own number or, of who joins them, the relation_to_head or the address there"
)
_FEW = 3  # to whom this may have happened


def judge() -> tuple[Told, Told]:
    """Rows that bring somebody to a household elsewhere are refused; return these, and what is told of
    the others.
    """
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
    strangers, many = _strangers()
    (wrong if many else told).extend(strangers)
    told += _gone()
    return refuse(wrong), of_people(told)


def _strangers() -> tuple[list[tuple[int, str]], bool]:
    """Who comes to people of the own commune who are no relatives; and whether they are so many that the
    column slipped.
    """
    rows = _sql.all("strangers")
    found = [
        (
            row["person_id"],
            f"household_no: is that of {row['name']}, and nobody there is a relative as far as the register "
            f"knows: {_SLIPPED}",
        )
        for row in rows
    ]
    few = len(rows) < _FEW or len(rows) * STRAY <= (_sql.one("staying") or {})["people"]
    return found, not few


def _gone() -> list[tuple[int, str]]:
    """Of whom moves away while as many others of the household stay, that they leave it; where the files
    name the household, or more go, it is only told.
    """
    leaving, told = [], []
    for row in _sql.all("going"):
        places = {area for area in set(row["areas"]) if _is_among(row["home_area"], [area])}
        together = sum(area in places for area in row["areas"])
        if together == len(row["areas"]):
            continue
        if row["is_said"] or 2 * together > len(row["areas"]):
            told.append((row["person_id"], "household_no: others of the household live in another commune"))
        else:
            leaving.append(row["person_id"])
    if leaving:
        _sql.run("leave", person_ids=leaving)
    words = "household_no: is left with this move, since others of the household stay in another commune"
    return [*told, *((person_id, words) for person_id in leaving)]


def _is_among(area: int, areas: Collection[int]) -> bool:
    return area in areas or any(unit in areas for unit in same_place(area))

"""Who else in the register fits a row better than the one who holds its number: a namesake, a twin, a
brother or a sister.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing.births import may_be_one_birth
from dancu.register.likeness import is_near
from dancu.text.folding import fold

_sql = Queries(__file__, "fitting.sql")

Row = Mapping[str, Any]
_WRITTEN, _BARE, _NEAR, _NONE = 3, 2, 1, 0  # how well a name fits


def better(rows: Sequence[Row]) -> dict[int, Row]:
    """Of rows that name somebody of the register otherwise, by person_id, who is more like what they say than
    who holds the number.

    That is somebody else with just this name, birth date and sex or, where it takes only a slip to make it
    the holder's, somebody who shares more with the row: home, household, telephone, card or parents. A
    brother's or sister's name may have a slip itself.
    """
    held = {row["person_id"]: row for row in rows}
    found: dict[int, Row] = {}
    if not held:
        return found
    for other in _sql.all("others"):
        row = held[other["person_id"]]
        if row["person_id"] not in found and _fits_better(row, other):
            found[row["person_id"]] = other
    return found


def as_well() -> Iterator[tuple[Row, bool]]:
    """Of rows that tell no day of birth, the first namesake of that time in the register who shares no less
    of what the row says (home, household, telephone, card, parents) than the one who holds the number; and
    whether they share more.
    """
    shared = _sql.part("shared")
    seen = set()
    for row in _sql.all("of_that_time", {f"shared_by_{who}": shared.replace("{who}", who) for who in "pq"}):
        theirs = row["theirs"] + _is_one_address(row["address"], row["other_address"])
        own = row["own"] + _is_one_address(row["address"], row["held_address"])
        fits = _name_fits(row["full_name"], row["other_name"])
        if (
            row["person_id"] not in seen
            and theirs >= own
            and fits >= max(_BARE, _name_fits(row["full_name"], row["held_name"]))
        ):
            seen.add(row["person_id"])
            yield row, theirs > own


def _is_one_address(said: str | None, known: str | None) -> bool:
    return bool(said and known) and fold(said or "") == fold(known or "")


def _fits_better(row: Row, other: Row) -> bool:
    theirs, own = (
        _name_fits(row["full_name"], other["full_name"]),
        _name_fits(row["full_name"], row["held_name"]),
    )
    least = _NEAR if other["is_sibling"] else _BARE
    is_less = own < theirs or row["birth_date"] != row["held_date"] or row["sex"] != row["held_sex"]
    if theirs < least or theirs < own or not is_less:
        return False
    return other["is_close"] or own == _NONE or not may_be_one_birth(row)


def _name_fits(said: str, known: str) -> int:
    if said.lower() == known.lower():
        return _WRITTEN
    if sorted(fold(said).split()) == sorted(fold(known).split()):
        return _BARE
    return _NEAR if is_near(said, known) else _NONE

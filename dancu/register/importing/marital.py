"""Marriages that a file makes as if they had never been, or outlives: many lists say single of everybody of
whom nothing was asked.

A steward who corrects that is asked whether there never was a marriage (events/corrections.py). A file cannot
be asked, so that its row comes back.
"""

from dancu.db.queries import Queries
from dancu.register.codes import DIVORCED, MARRIED, SEPARATED, SINGLE, WIDOWED
from dancu.register.importing.refusing import Told, of_people, refuse

_sql = Queries(__file__, "marital.sql")

_HELD = {MARRIED: "married", WIDOWED: "widowed", DIVORCED: "divorced", SEPARATED: "separated"}
_RIGHT = {
    SINGLE: "leave it empty or, if there never was a marriage, ask a steward to correct the record first",
    WIDOWED: "load that one's death with it, or ask a steward to record it first",
}


def judge() -> tuple[Told, Told]:
    """Rows that would undo a marriage are refused; return these, and that nothing is told."""
    return refuse(
        [(row["person_id"], _words(row["said"], row["held"])) for row in _sql.all("undone")]
    ), of_people([])


def _words(said: int, held: int) -> str:
    if said == SINGLE:
        return (
            f"marital_status: says single of someone who is {_HELD[held]} according to the "
            f"register: {_RIGHT[SINGLE]}"
        )
    return (
        f"marital_status: says widowed of someone whose husband or wife is alive according to the "
        f"register: {_RIGHT[WIDOWED]}"
    )

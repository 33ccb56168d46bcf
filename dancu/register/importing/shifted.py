"""Birth dates that all stand off the register's in one way: day and month exchanged, a day early since a
midnight was told in UTC, a month or a year off since somebody counts from nought or by the lunar year. One
such row is a slip; of many that are so, as the register shows, they come back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dancu.db.queries import Queries
from dancu.register.importing.date_order import STRAY
from dancu.register.lesser import birth_says_less

_sql = Queries(__file__, "shifted.sql")

_FEW = 3  # of one shift, which may be so many corrections
EXCHANGED = ("exchanged", 0)
_RIGHT = "write 1975-04-30 as in the documents or, if the register is wrong"
_NEW = (
    "birth_date: may be as far off as others in this file are, according to the register; write "
    "1975-04-30 as in the documents"
)

Row = Mapping[str, Any]
Shift = tuple[str, int]


def refused(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """person_id and problem: of these rows, which have another birth date than the register perhaps, those of
    a shift that many have, and of new people who stand in a file that is shifted by days or months.
    """
    found: dict[Shift, list[Row]] = defaultdict(list)
    for row in rows:
        for shift in _shifts(row):
            found[shift].append(row)
    many = {shift: of for shift, of in found.items() if len(of) >= _FEW}
    if not many:
        return []
    agreeing = _sql.one("agreeing") or {}
    wrong: dict[int, str] = {}
    for shift, of in sorted(many.items(), key=lambda each: -len(each[1])):
        if len(of) * STRAY > agreeing["either" if shift == EXCHANGED else "all"]:
            for row in of:
                wrong.setdefault(row["person_id"], _words(shift, row, len(of)))
            if shift != EXCHANGED:
                for row in _sql.all("new_beside", person_ids=[row["person_id"] for row in of]):
                    wrong.setdefault(row["person_id"], _NEW)
    return list(wrong.items())


def _shifts(row: Row) -> Iterator[Shift]:
    said, held = row["birth_date"], row["held_date"]
    if said == held or not row["birth_precision"] == row["held_precision"] == "D":
        return
    if (said.year, said.month, said.day) == (held.year, held.day, held.month):
        yield EXCHANGED
    if birth_says_less(held, "D", said, "D") is None:
        yield "day", (said - held).days
        if said.day == held.day:
            yield "month", (said.year - held.year) * 12 + said.month - held.month


def _words(shift: Shift, row: Row, many: int) -> str:
    unit, number = shift
    if shift == EXCHANGED:
        how = (
            f"has day and month exchanged beside the register's {row['held_date']}, as {many} rows "
            f"of these files have"
        )
    else:
        apart = f"{abs(number)} {unit}{'s' if abs(number) > 1 else ''} {'before' if number < 0 else 'after'}"
        how = f"is {apart} the register's {row['held_date']}, as {many} rows of these files are"
    return f"birth_date: {how}; {_RIGHT}, ask a steward to correct it"

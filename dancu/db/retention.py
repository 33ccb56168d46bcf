"""How long the months of the big tables are kept, and that they go when that is over.

Each module says so of its own tables (modules.MonthlyTable). A month goes in one step and one transaction:
detached, dropped, and on record. Detaching takes the whole table from everybody for a moment, and whoever
comes meanwhile waits behind it; so it waits for the table half a second at most, and comes another time.
"""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from uuid import uuid4

import psycopg
import structlog
from django.conf import settings
from django.db import OperationalError, transaction

from dancu import modules
from dancu.db.errors import MonthInUse
from dancu.db.partitions import months_after, tables
from dancu.db.queries import Queries
from dancu.modules import MonthlyTable

PATIENCE = "500ms"  # pages wait as long at most, and give up after two seconds
TRIES, PAUSE = 5, 3.0  # seconds
_AT_ONCE = 10_000  # rows; about 0.1 s

_sql = Queries(__file__, "retention.sql")
_log = structlog.get_logger(__name__)
_MONTH = re.compile(r"_(\d{4})_(\d{2})")


@dataclass(frozen=True)
class StoredMonth:
    """A month of a table. `month`: its first day; None: what lies outside the months made. `about_rows`: as
    the server estimates them; None where it never counted. `kept_until`: from this day on it may go; None:
    never.
    """

    table: str
    part: str
    month: date | None
    about_rows: int | None
    bytes: int
    kept_until: date | None


@cache
def announced() -> Mapping[str, MonthlyTable]:
    """What modules say of their monthly tables."""
    return modules.brought(lambda module: module.monthly_tables)


def kept_months(table: str) -> int | None:
    """For how many months after its end a month of this table is kept, as the operator or else its module
    says; None: for ever.
    """
    said = announced().get(table)
    return settings.KEPT_MONTHS.get(table, said.kept_months if said else None)


def months() -> list[StoredMonth]:
    """Every month of every such table, by table and month; last what lies outside them."""
    return [_month(**row) for row in _sql.all("parts", tables=list(tables()))]


def past_keeping(today: date | None = None) -> list[StoredMonth]:
    """Those that may go on that day (today, UTC): the oldest of each table first."""
    day = today or datetime.now(UTC).date()
    return [month for month in months() if month.kept_until and month.kept_until <= day]


def early_rows(today: date | None = None) -> list[str]:
    """The tables in whose partition for the rest there is something that is kept no more."""
    before = _kept_since(today or datetime.now(UTC).date())
    return [table for table, parts, since in before if _sql.all("has_early", parts, before=since)[0]["there"]]


def let_go(today: date | None = None) -> list[StoredMonth]:
    """Let go of what is kept no more on that day (today, UTC). Returns the months that went.

    Raises MonthInUse where a table could not be had: the rest went, and it is tried another time.
    """
    gone, in_use, busy = [], [], set[str]()
    for month in past_keeping(today):
        if month.table not in busy and _has_gone(month):
            gone.append(month)
        else:  # nor are its later months tried: each time whoever comes meanwhile waits
            in_use.append(month)
            busy.add(month.table)
    for table, parts, since in _kept_since(today or datetime.now(UTC).date()):
        _forget_early(table, parts, since)
    if in_use:
        raise MonthInUse(", ".join(month.part for month in in_use))
    return gone


def let_go_of_months() -> None:
    """The worker's."""
    let_go()


def _has_gone(month: StoredMonth) -> bool:
    for attempt in range(1, TRIES + 1):
        try:
            _let_go(month)
        except OperationalError as problem:
            if not isinstance(problem.__cause__, psycopg.errors.LockNotAvailable):
                raise
            if attempt < TRIES:
                time.sleep(PAUSE)
        else:
            _log.warning("month let go", part=month.part, about_rows=month.about_rows, bytes=month.bytes)
            return True
    _log.warning("month could not be let go: its table is in use", part=month.part)
    return False


def _let_go(month: StoredMonth) -> None:
    with transaction.atomic():
        parts = {"table": month.table, "part": month.part, "patience": PATIENCE}
        for step in ("patience", "detach", "drop"):
            _sql.run(step, parts)
        rows = "rows uncounted" if month.about_rows is None else f"about {month.about_rows} rows"
        _sql.run("tell", entry_id=uuid4(), detail=f"{month.part}: {rows}")


def _forget_early(table: str, parts: dict[str, str], since: datetime) -> None:
    """In steps, each of which nobody waits for."""
    forgotten = 0
    while rows := _sql.run("forget_early", parts, before=since, most=_AT_ONCE):
        forgotten += rows
    if forgotten:
        _sql.run("tell", entry_id=uuid4(), detail=f"{table}_default: {forgotten} rows before {since:%Y-%m}")
        _log.warning("rows outside the months let go", table=table, rows=forgotten)


def _kept_since(today: date) -> Iterator[tuple[str, dict[str, str], datetime]]:
    """Of each table that is not kept for ever, since when it is."""
    for table, key in tables().items():
        if (kept := kept_months(table)) is not None:
            first = months_after(today, -kept)
            yield table, {"table": table, "key": key}, datetime(first.year, first.month, 1, tzinfo=UTC)


def _month(table_name: str, part: str, about_rows: int, bytes: int) -> StoredMonth:
    found, kept = _MONTH.fullmatch(part.removeprefix(table_name)), kept_months(table_name)
    month = date(int(found[1]), int(found[2]), 1) if found else None
    until = months_after(month, kept + 1) if month and kept is not None else None
    return StoredMonth(table_name, part, month, None if about_rows < 0 else about_rows, bytes, until)

"""The months that the big append-only tables are kept in: one partition each, so that a month that is kept no
more goes in one step (retention.py).

Such a table is partitioned by range of one timestamp and has a `…_default` partition for what falls outside
the months made. Months begin at 00:00 UTC.
"""

from datetime import UTC, date, datetime

from django.db import transaction

from dancu.db.grants import close_part
from dancu.db.queries import Queries

_queries = Queries(__file__, "partitions.sql")


def tables() -> dict[str, str]:
    """The tables kept by month, each with the column that tells the month."""
    return {row["name"]: row["key"] for row in _queries.all("kept_by_month")}


def make_this_year(table: str) -> list[str]:
    """The twelve months of the current year. Returns the names of the partitions that were not there yet."""
    year = datetime.now(UTC).year
    return [name for month in range(1, 13) if (name := make_month(table, date(year, month, 1)))]


def make_year_ahead() -> None:
    """Make what is missing of the next twelve months of every table that has months."""
    for table in tables():
        make_months_ahead(table, 12)


def make_months_ahead(table: str, months: int) -> list[str]:
    """This month and the `months` after it. Returns the names of the partitions that were not there yet."""
    month, made = datetime.now(UTC).date().replace(day=1), []
    for _ in range(months + 1):
        if name := make_month(table, month):
            made.append(name)
        month = months_after(month, 1)
    return made


def make_month(table: str, month: date) -> str | None:
    """Make the partition of the month that begins on `month`, and give it what the default partition caught
    of it.

    Returns its name, or None where it is there already. Rows being written at that moment wait for it.
    """
    name = f"{table}_{month:%Y_%m}"
    if _queries.one("is_there", month=name):
        return None
    parts = {"table": table, "key": tables()[table], "name": name}
    parts |= {"from": f"{month}T00:00Z", "to": f"{months_after(month, 1)}T00:00Z"}
    with transaction.atomic():
        for step in ("create_month", "fill_month", "attach_month"):
            _queries.run(step, parts)
        close_part(name)
    return name


def months_after(month: date, many: int) -> date:
    """The first day of the month so many months after (or, negative, before) that of `month`."""
    year, nth = divmod(month.year * 12 + month.month - 1 + many, 12)
    return date(year, nth + 1, 1)

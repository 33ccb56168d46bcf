"""The months that the audit is kept in: one partition each, so that an old year is detached and archived in one step.

Months begin at 00:00 UTC.
"""

from datetime import UTC, date, datetime

from django.db import transaction

from dancu.db.queries import Queries

_queries = Queries(__file__, "partitions.sql")


def make_this_year() -> list[str]:
    """The twelve months of the current year. Returns the names of the partitions that were not there yet."""
    year = datetime.now(UTC).year
    return [name for month in range(1, 13) if (name := make_month(date(year, month, 1)))]


def make_months_ahead(months: int) -> list[str]:
    """This month and the `months` after it. Returns the names of the partitions that were not there yet."""
    month, made = datetime.now(UTC).date().replace(day=1), []
    for _ in range(months + 1):
        if name := make_month(month):
            made.append(name)
        month = _month_after(month)
    return made


def make_month(month: date) -> str | None:
    """Make the partition of the month that begins on `month`, and give it what the default partition caught of it.

    Returns its name, or None where it is there already. Entries being written at that moment wait for it.
    """
    name = f"audit_entry_{month:%Y_%m}"
    if _queries.one("is_there", month=name):
        return None
    names = {"name": name, "from": f"{month}T00:00Z", "to": f"{_month_after(month)}T00:00Z"}
    with transaction.atomic():
        for step in ("create_month", "fill_month", "attach_month"):
            _queries.run(step, names)
    return name


def _month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)

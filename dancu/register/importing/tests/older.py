"""An and Lan, files of several days that tell of them, and what the register says then."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from dancu.register import importing, lookups
from dancu.register.importing.tests.test_rules_of_files import AN, LAN, lan
from dancu.register.importing.tests.test_rules_of_files import an as an_
from dancu.testing.database import rows

FIRST = dt.date(2026, 1, 1)  # the day of the first file
OLD, NEW = dt.date(2026, 10, 1), dt.date(2026, 11, 1)  # those of the next ones
DIED, MOVED, MARRIED = dt.date(2026, 10, 20), dt.date(2026, 10, 20), dt.date(2026, 10, 21)
HERE, THERE, ELSEWHERE = "26740", "26743", "26737"


def an(**fields: Any) -> dict[str, str | None]:
    return an_(
        **{"permanent_address": "12 Lê Lợi", "permanent_since": "2010-01-01", "phone": "0912345678", **fields}
    )


def couple(**of_an: Any) -> list[dict[str, str | None]]:
    return [
        an(**{"spouse_pin": LAN, "marital_status": 2, **of_an}),
        lan(spouse_pin=AN, marital_status=2, household_no=AN, phone="0987654321"),
    ]


def load(tmp_path: Path, people: list[dict[str, str | None]], on: dt.date = FIRST) -> importing.Report:
    columns = list({name: None for each in people for name in each})
    rows_of = [{name: each.get(name) for name in columns} for each in people]
    pl.DataFrame(rows_of, schema=dict.fromkeys(columns, pl.String)).write_csv(tmp_path / "people.csv")
    return importing.import_files([tmp_path / "people.csv"], tmp_path / "rejected.csv", on)


def one(pin: str) -> int:
    return lookups.by_number(pin)[0].person_id


def record(pin: str) -> dict[str, Any]:
    return dict(lookups.get(one(pin)))


def recorded_yesterday() -> None:
    """All events that stand: against what is recorded on the day of a file it says nothing."""
    rows("UPDATE life_event SET recorded_at = recorded_at - interval '1 day'")


def homes(pin: str, kind: int = 1) -> list[tuple]:
    """The oldest first: where, since, to."""
    lived = lookups.record_of(one(pin)).residences
    return sorted((r["valid_from"], r["valid_to"], r["area_id"]) for r in lived if r["kind"] == kind)

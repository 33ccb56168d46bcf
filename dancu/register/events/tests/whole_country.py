"""All that the register says of everybody, to be compared before and after."""

import datetime as dt
from typing import Any

from django.utils import timezone

from dancu.register import lookups
from dancu.register.versions import FIELDS, person_as_of
from dancu.testing.database import rows

DAYS = [dt.date(2025, 8, day) for day in range(1, 5)]
LOOKED_AT = [dt.date(2000, 1, 1), dt.date(2025, 7, 31), *DAYS, dt.date(2026, 1, 1)]
_BESIDE = ("residence", "former_number", "named_relative")


def country() -> dict[str, Any]:
    """All that the register says of everybody, on every day, and how many it counts."""
    ids = [person_id for (person_id,) in rows("SELECT person_id FROM person ORDER BY 1")]
    now = timezone.now() + dt.timedelta(days=1)
    said = {person_id: {day: person_as_of(person_id, day, now) for day in LOOKED_AT} for person_id in ids}
    return {
        "said": {
            person_id: {day: row and {name: row[name] for name in FIELDS} for day, row in days.items()}
            for person_id, days in said.items()
        },
        "now": {
            person_id: {name: row[name] for name in FIELDS} for person_id, row in lookups.people(ids).items()
        },
        "beside": {table: sorted(map(str, rows(f"SELECT * FROM {table}"))) for table in _BESIDE},
        "homes": lookups.homes(ids),
        "households": sorted(
            rows("SELECT household_id, person_id, relation FROM person WHERE household_id IS NOT NULL")
        ),
    }

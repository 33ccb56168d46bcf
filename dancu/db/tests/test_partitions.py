from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.db import connection

from dancu.db import partitions
from dancu.db.commands import db

pytestmark = pytest.mark.django_db


def write_at(at: datetime) -> str:
    """An entry of that time. Returns the partition that holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, entry_id, actor_kind, action) VALUES (%s, %s, 'system', 'tested')"
            " RETURNING tableoid::regclass::text",
            [at, uuid4()],
        )
        return cursor.fetchone()[0]


def test_every_month_of_this_year_has_its_partition_from_the_start():
    year = datetime.now(UTC).year
    for month in range(1, 13):
        assert write_at(datetime(year, month, 1, tzinfo=UTC)) == f"audit_entry_{year}_{month:02}"


def test_an_entry_before_its_month_is_made_is_caught_and_later_moved_there():
    new_years_eve = datetime(2051, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert write_at(new_years_eve) == "audit_entry_default"
    assert partitions.make_month("audit_entry", date(2051, 12, 1)) == "audit_entry_2051_12"
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM audit_entry WHERE at = %s", [new_years_eve])
        assert cursor.fetchall() == [("audit_entry_2051_12",)]
    assert write_at(datetime(2052, 1, 1, tzinfo=UTC)) == "audit_entry_default"


def test_a_month_is_made_once():
    assert partitions.make_month("audit_entry", date(2051, 1, 1)) == "audit_entry_2051_01"
    assert partitions.make_month("audit_entry", date(2051, 1, 1)) is None


def test_a_month_made_later_has_the_same_key_and_indexes():
    partitions.make_month("audit_entry", date(2051, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE tablename = 'audit_entry_2051_01'")
        assert cursor.fetchone() == (3,)


def test_the_command_makes_the_months_ahead_of_every_big_table():
    result = CliRunner().invoke(db, ["partitions", "--months", "24"])
    assert result.exit_code == 0
    assert [line.split(":")[0] for line in result.output.splitlines()] == ["audit_entry", "crossing"]
    again = CliRunner().invoke(db, ["partitions", "--months", "24"]).output
    assert again == "audit_entry: 0 created, 25 already existed.\ncrossing: 0 created, 25 already existed.\n"

"""The user that serves, as whom everything here is tried, may work and rewrites nothing that is kept."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from dancu.db import grants, partitions
from dancu.db.grants import KEPT
from dancu.register.merging.catalogue import STAYS

pytestmark = pytest.mark.django_db
SERVES = "serves_in_a_test"


@pytest.fixture
def serving():
    """From now on the connection is that of the user that serves."""
    run(f"CREATE ROLE {SERVES}")
    run(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {SERVES}")  # as somebody may have done before
    run(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {SERVES}")
    grants.grant(SERVES)
    become(SERVES)
    yield
    become(None)


def run(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def become(role: str | None) -> None:
    run(f"SET LOCAL ROLE {role or 'NONE'}")


def parts_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table]
        )
        return [name for (name,) in cursor.fetchall()]


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [table]
        )
        return [name for (name,) in cursor.fetchall()]


def is_denied(statement: str) -> bool:
    try:
        run(statement)
    except ProgrammingError as problem:
        assert "permission denied" in str(problem), problem
        return True
    return False


@pytest.mark.parametrize("table", KEPT)
def test_what_is_kept_is_not_rewritten(serving, table):
    columns = [name for name in columns_of(table) if name not in KEPT[table].changed]
    for name in columns:
        assert is_denied(f"UPDATE {table} SET {name} = {name}"), name
    assert len(columns) > 1
    assert is_denied(f"TRUNCATE {table}")
    assert is_denied(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", KEPT)
def test_when_a_row_came_is_the_databases_word(serving, table):
    for name in KEPT[table].made_by_the_database:
        assert is_denied(f"INSERT INTO {table} ({name}) VALUES (DEFAULT)"), name
        assert table == "row_aside" or default_of(table, name) in ("now()", "clock_timestamp()")
    assert KEPT[table].made_by_the_database or KEPT[table].by_the_owner


@pytest.mark.parametrize("table", KEPT)
def test_what_comes_later_no_new_row_says(serving, table):
    for name in {*KEPT[table].changed, *KEPT[table].by_the_owner} - {*KEPT[table].said_at_once}:
        assert is_denied(f"INSERT INTO {table} ({name}) VALUES (DEFAULT)"), name
    assert not {*KEPT[table].said_at_once} - {*KEPT[table].changed}


def default_of(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_default FROM information_schema.columns WHERE table_name = %s AND column_name = "
            "%s",
            [table, column],
        )
        return cursor.fetchone()[0]


def test_what_is_kept_of_a_person_is_carried_by_the_owner_or_stays():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text FROM pg_attribute WHERE col_description(attrelid, attnum) = "
            "'person, carried by the owner'"
        )
        carried = {name for (name,) in cursor.fetchall()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'person_id'")
        of_people = {name for (name,) in cursor.fetchall()}
    assert carried == (KEPT.keys() & of_people) - {table for table, column in STAYS if column == "person_id"}


@pytest.mark.parametrize("table", ["audit_entry", "crossing"])
def test_nor_in_any_months_part_of_it(serving, table):
    become(None)
    partitions.make_month(table, date(2052, 3, 1))
    become(SERVES)
    parts = parts_of(table)
    assert len(parts) >= 13
    assert f"{table}_2052_03" in parts
    for part in parts:
        for statement in (
            f"UPDATE {part} SET person_id = 0",
            f"DELETE FROM {part}",
            f"TRUNCATE {part}",
            f"SELECT FROM {part}",
        ):
            assert is_denied(statement), statement
        assert is_denied(f"INSERT INTO {part} DEFAULT VALUES")


def test_an_entry_of_the_audit_has_the_time_at_which_it_came(serving):
    columns = "entry_id, actor_kind, action"
    values = "gen_random_uuid(), 'system', 'tested'"
    assert is_denied(f"INSERT INTO audit_entry ({columns}, at) VALUES ({values}, '2026-11-01')")
    run(f"INSERT INTO audit_entry ({columns}) VALUES ({values})")
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - at < interval '1 minute' FROM audit_entry WHERE action = 'tested'")
        assert cursor.fetchall() == [(True,)]


def test_the_past_of_a_record_can_be_ended_and_not_changed(serving):
    assert not is_denied("UPDATE person_history SET superseded_at = now() WHERE false")
    assert is_denied("UPDATE person_history SET record = '{}' WHERE false")
    assert is_denied("DELETE FROM person_history WHERE false")


def test_who_serves_makes_and_drops_no_table(serving):
    for statement in ("ALTER TABLE audit_entry RENAME TO other", "DROP TABLE audit_entry"):
        with pytest.raises(ProgrammingError, match="must be owner"):
            run(statement)


def test_the_owner_does_these_things_for_who_serves_and_no_others():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
            "ORDER BY 1"
        )
        assert [name for (name,) in cursor.fetchall()] == [
            "carry_declared_rows",
            "carry_merged_rows",
            "decide_proposal",
            "end_late_proposals",
            "end_merge",
            "end_role",
            "release_counts",
            "take_numbers_back",
            "tell_merge",
        ]

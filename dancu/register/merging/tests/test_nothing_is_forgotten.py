"""Whatever names a person is carried along, and comes back whole."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.register import merging, versions
from dancu.register.merging import catalogue
from dancu.register.merging.tests.merged import ALWAYS, CMND, OTHER_PIN, PIN, merge, now_held, undo
from dancu.testing.database import database, rolled_back, rows, where_said
from dancu.testing.hangings import hang, hangings
from dancu.testing.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def test_what_was_under_way_under_the_old_number_is_gathered(acting, new_tables):
    keep, other = someone(), someone()
    merge_id = merge(acting, keep, other)
    hang(other, [("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"})])
    assert merging.settle() == 2
    assert rows("SELECT person_id FROM dose") == [(keep,)]
    undo(acting, merge_id)
    assert rows("SELECT person_id FROM dose") == [(other,)]


def test_what_a_large_table_names_is_put_right_in_the_night(acting, monkeypatch):
    keep, other, child = someone(), someone(), someone()
    versions.change(child, {"father_id": other}, ALWAYS)
    monkeypatch.setattr(catalogue, "MANY", -2)
    merge_id = merge(acting, keep, other)
    assert now_held(child)["father_id"] == other
    merging.settle()
    assert now_held(child)["father_id"] == keep
    undo(acting, merge_id)
    assert now_held(child)["father_id"] == other


# Columns that end in _id or _person and hold something else, as far as it is not the key of another table.
NOT_PEOPLE = {"official_id", "grant_id", "jurisdiction_id", "household_id", "facility_id", "user_id"}


def test_every_column_that_holds_a_person_is_carried_or_says_why_not():
    """New column here? Name it …_person_id (or comment it 'person'), or put it in STAYS with the reason,
    or in NOT_PEOPLE.
    """
    found = rows(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum "
        "> 0 AND NOT a.attisdropped"
        " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = "
        "current_schema()::regnamespace"
        " AND a.atttypid IN ('bigint'::regtype, 'bigint[]'::regtype) AND a.attname ~ "
        "'(_id|_ids|person|people|holder|head)$'"
        " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND "
        "a.attnum = ANY (k.conkey))"
        " AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary"
        "                 AND a.attnum = i.indkey[i.indnatts - 1] AND a.attname <> 'person_id')"
    )
    keys = {
        name
        for (name,) in rows(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = "
            "i.indkey[i.indnatts - 1]"
            " WHERE i.indisprimary AND a.attname <> 'person_id'"
        )
    }
    carried = {(column.table, column.name) for column in catalogue.columns()}
    unknown = [(table, name) for table, name in found if (table, name) not in carried | set(catalogue.STAYS)]
    assert [(table, name) for table, name in unknown if name not in NOT_PEOPLE | keys] == []
    assert {("crossing", "person_id"), ("person", "father_id"), ("outbox", "person_id")} <= carried
    assert all(column.key for column in catalogue.columns()), (
        "without a primary key no row can be brought back"
    )


def test_after_a_merge_the_old_number_is_written_nowhere_but_where_it_belongs(acting, new_tables):
    keep, other, child = someone(), someone(), someone()
    versions.change(child, {"father_id": other}, ALWAYS)
    hang(keep, [("contact", {"place": "bus"})], known=other)
    merge(acting, keep, other)
    assert where_said(other) == {"person_history", "person_merge"}


def clean(said, *person_ids):
    """But for the kept records, whose fields were changed and changed back: of those, what is said of any
    day.
    """
    tables = {table: each for table, each in said.items() if table not in ("person", "person_history")}
    days = [dt.date(year, 6, 30) for year in range(2009, 2027)]
    return tables, [
        {name: value for name, value in row.items() if name not in ("recorded_at", "valid_from")}
        if row
        else None
        for person_id in person_ids
        for row in (versions.person_as_of(person_id, day, timezone.now()) for day in days)
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hangings, hangings)
def test_a_merge_undone_leaves_the_database_as_it_was(acting, new_tables, of_keep, of_other):
    with rolled_back():
        keep, other, third = someone(), someone(cmnd=CMND), someone()
        for person_id, rows_of, known in (
            (keep, of_keep, other),
            (other, of_other, keep),
            (third, of_keep, other),
        ):
            hang(person_id, rows_of, known=known)
        before = database()
        merge_id = merge(acting, keep, other)
        assert not where_said(other) - {"person_history", "person_merge", "row_aside"}
        undo(acting, merge_id)
        assert database() == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hangings, hangings, st.sets(st.sampled_from(sorted(merging.MERGE_FIELDS))), st.booleans())
def test_two_merges_in_a_chain_undone_in_reverse_leave_everything_as_it_was(
    acting, new_tables, of_second, of_third, fields, deeper
):
    with rolled_back():
        first, second = (
            someone(pin=PIN),
            someone(full_name="Nguyễn Văn Ân", phone="0987654321", cmnd=CMND, pin=OTHER_PIN),
        )
        third = someone(full_name="Nguyễn Ân", birth_date=dt.date(1985, 1, 1), birth_precision="Y", sex=2)
        hang(second, of_second, known=third)
        hang(third, of_third, known=second)
        before = clean(database(), first, second, third)
        one = merge(acting, second, third, fields=fields)
        two = merge(acting, *((first, second) if deeper else (second, first)), fields=fields)
        undo(acting, two)
        undo(acting, one)
        assert clean(database(), first, second, third) == before

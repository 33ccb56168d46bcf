"""A merge and its undoing, as the database user that serves (dancu.db.grants): it rewrites nothing that
is kept, and forges no merge.
"""

import datetime as dt
import json
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from dancu.db import grants
from dancu.register import actions
from dancu.register.errors import MovedRowGone
from dancu.register.merging.tests.merged import CMND, OTHER_CMND, OTHER_PIN, PIN, THIRD_PIN, merge, undo
from dancu.testing.database import database, rows, where_said
from dancu.testing.hangings import KINDS, hang, insert
from dancu.testing.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
OF_OURS = set(KINDS) - {"dose", "contact"}
HANGING = [(table, {name: values[0] for name, values in KINDS[table].items()}) for table in sorted(OF_OURS)]
CARRIED = ["former_number", "life_event", "crossing", "revocation", "person_merge"]


@pytest.fixture
def serving():
    rows("CREATE ROLE serves_merges")
    grants.grant("serves_merges")
    rows("SET LOCAL ROLE serves_merges")
    yield
    rows("SET LOCAL ROLE NONE")


@contextmanager
def as_owner():
    rows("SET LOCAL ROLE NONE")
    yield
    rows("SET LOCAL ROLE serves_merges")


@pytest.fixture
def people(serving):
    """Three records of one person, each with rows of every kind, the first two with the same ones."""
    found = [someone(), someone(), someone()]
    with as_owner():
        for person_id in found:
            hang(person_id, HANGING)
    return found


def carry(table: str, from_id: int, to_id: int, keys: str | None = None) -> list[tuple[object, ...]]:
    with transaction.atomic():
        return rows("SELECT * FROM carry_merged_rows(%s, %s, %s, %s)", table, from_id, to_id, keys)


def end_merges() -> None:
    rows("SELECT end_merge(person_id, merge_id, 1, 'no longer') FROM person_merge")


def refuses(table: str, from_id: int, to_id: int, keys: str | None = None) -> bool:
    with pytest.raises(ProgrammingError, match=r"No merge carries|No rows of|permission denied"):
        carry(table, from_id, to_id, keys)
    return True


def test_two_records_become_one_and_two_again(acting, people):
    keep, other, _third = people
    before = database()
    merge_id = merge(acting, keep, other)
    assert not where_said(other) - {"person_history", "person_merge", "row_aside"}
    undo(acting, merge_id)
    assert database() == before


def test_three_become_one_and_three_again(acting, people):
    first, second, third = people
    before = database()
    one = merge(acting, second, third)
    two = merge(acting, first, second)
    assert (
        rows("SELECT DISTINCT person_id FROM crossing")
        == rows("SELECT DISTINCT person_id FROM person_merge")
        == [(first,)]
    )
    undo(acting, two)
    assert rows("SELECT person_id, undone_at IS NULL FROM person_merge ORDER BY undone_at NULLS FIRST") == [
        (second, True),
        (first, False),
    ]
    undo(acting, one)
    assert database() == before


@pytest.mark.parametrize("table", CARRIED)
def test_without_a_merge_nobody_carries_anything(people, table):
    first, second, _third = people
    before = database()
    assert refuses(table, first, second)
    assert refuses(table, first, first)
    assert refuses(table, first, -7)
    assert refuses(table, -7, first)
    assert database() == before


@pytest.mark.parametrize("table", CARRIED)
def test_a_merge_carries_one_way_and_to_no_third_one(acting, people, table):
    keep, other, third = people
    merge(acting, keep, other)
    assert refuses(table, keep, other)
    assert refuses(table, keep, third)
    assert refuses(table, third, keep)


@pytest.mark.parametrize("table", CARRIED)
def test_a_merge_that_was_undone_before_carries_nothing(acting, people, table):
    keep, other, _third = people
    undo(acting, merge(acting, keep, other))
    with as_owner():
        rows(
            "UPDATE person_merge SET undone_at = undone_at - interval '1 second'"
        )  # an earlier transaction's
    assert refuses(table, keep, other)
    assert refuses(table, other, keep)


@pytest.mark.parametrize(
    "table",
    [
        "audit_entry",
        "person_history",
        "row_aside",
        "person",
        "residence",
        "nothing",
        "life_event; DROP TABLE person",
    ],
)
def test_nothing_else_is_carried_so(acting, people, table):
    keep, other, _third = people
    merge(acting, keep, other)
    assert refuses(table, other, keep)


def test_whatever_is_carried_is_on_the_record_of_both(acting, people):
    keep, other, _third = people
    merge(acting, keep, other)
    told = "SELECT person_id FROM audit_entry WHERE action = 'register.carried' AND detail = %s ORDER BY 1"
    assert rows(told, f"1 of life_event from {other} to {keep}") == [(keep,), (other,)]
    assert len(rows(told, f"2 of crossing from {other} to {keep}")) == 0


def test_a_row_keeps_the_time_at_which_it_came(acting, people):
    keep, other, _third = people
    with as_owner():
        rows(
            "UPDATE crossing SET received_at = '2021-01-01 00:00+00', crossing_id = gen_random_uuid() WHERE "
            "person_id = %s",
            other,
        )
    merge(acting, keep, other)
    assert rows(
        "SELECT count(*) FROM crossing WHERE person_id = %s AND received_at = '2021-01-01 00:00+00'", keep
    ) == [(1,)]


def test_only_who_serves_calls_what_carries_and_not_what_is_behind_it(people):
    first, second, _third = people
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows("SELECT carry_kept_rows('crossing', %s, %s, NULL)", first, second)
    with as_owner():
        rows("CREATE ROLE a_stranger")
        rows("SET LOCAL ROLE a_stranger")
        assert refuses("crossing", first, second)


def test_a_table_of_ones_own_does_not_stand_in_for_the_owners(people):
    first, second, _third = people
    rows("CREATE TEMPORARY TABLE person_merge AS SELECT * FROM public.person_merge")
    rows("INSERT INTO pg_temp.person_merge (person_id, other_id) VALUES (%s, %s)", second, first)
    assert refuses("crossing", first, second)


@pytest.mark.parametrize("fields", [[], ["pin"], ["cmnd"], ["pin", "cmnd"]])
def test_numbers_of_a_merge_are_theirs_again_when_it_is_undone(acting, serving, fields):
    keep, other = someone(pin=PIN, cmnd=CMND), someone(pin=OTHER_PIN, cmnd=OTHER_CMND)
    numbers = "SELECT person_id, pin, cmnd, (SELECT count(*) FROM former_number) FROM person ORDER BY 1"
    before = rows(numbers)
    merge_id = merge(acting, keep, other, fields=fields)
    assert rows("SELECT person_id FROM former_number") == [(keep,), (keep,)]
    undo(acting, merge_id)
    assert rows(numbers) == before == [(keep, PIN, CMND, 0), (other, OTHER_PIN, OTHER_CMND, 0)]


def test_a_number_that_was_replaced_while_two_records_were_one_stays_a_former_one(acting, serving):
    keep, other, on = someone(pin=PIN), someone(pin=OTHER_PIN), dt.date(2021, 8, 12)
    merge_id = merge(acting, keep, other, fields=["pin"])
    actions.replace_pin(acting, keep, THIRD_PIN, on, "x")
    undo(acting, merge_id)
    assert rows("SELECT person_id, pin FROM person ORDER BY 1") == [(keep, THIRD_PIN), (other, OTHER_PIN)]
    assert (keep, PIN) in rows("SELECT person_id, number FROM former_number")


def test_that_a_number_was_somebodys_is_forgotten_only_where_they_bear_it_again(acting, serving):
    person, on = someone(pin=PIN), dt.date(2021, 8, 12)
    actions.replace_pin(acting, person, OTHER_PIN, on, "x")
    number = json.dumps([{"kind": "pin", "number": PIN}])
    for statement in (
        "DELETE FROM former_number",
        "UPDATE former_number SET person_id = 7",
        "UPDATE former_number SET number = '1'",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(statement)
    assert rows("SELECT take_numbers_back(%s, %s)", person, number) == [(0,)]
    ((event,),) = rows("SELECT event_id FROM life_event WHERE person_id = %s AND kind = 'new_number'", person)
    actions.undo_event(acting, person, event, "x")
    assert rows("SELECT pin FROM person WHERE person_id = %s", person) == [(PIN,)]
    assert rows("SELECT number FROM former_number") == []
    assert rows("SELECT person_id, detail FROM audit_entry WHERE action = 'register.number_again'") == [
        (person, "pin")
    ]


def test_a_number_that_was_replaced_twice_is_given_back_as_it_was_after_the_first(acting, serving):
    person, days = someone(pin=PIN), [dt.date(2021, 8, day) for day in (11, 12, 13)]
    read = "SELECT number, ended_on, replaced_by FROM former_number ORDER BY 1"
    for day, number in zip(days[:2], (OTHER_PIN, PIN), strict=True):
        actions.replace_pin(acting, person, number, day, "x")
    before = rows(read)
    actions.replace_pin(acting, person, THIRD_PIN, days[2], "x")
    ((event,),) = rows(
        "SELECT event_id FROM life_event WHERE person_id = %s ORDER BY recorded_at DESC, event_id DESC "
        "LIMIT 1",
        person,
    )
    assert (PIN, days[2], THIRD_PIN) in rows(read)
    actions.undo_event(acting, person, event, "x")
    assert rows(read) == before


def invent(kept_id: int, other_id: int) -> int:
    """A merge that no steward decided."""
    return run(
        "INSERT INTO person_merge (person_id, merge_id, kept_id, other_id, merged_at, merged_by, basis, "
        "other, history, moved, pointed, aside, added, taken)"
        " VALUES (%s, gen_random_uuid(), %s, %s, now(), 3, 'x', '{}', '{}', '[]', '[]', '[]', '[]', '{}')",
        kept_id,
        kept_id,
        other_id,
    )


def leave(person_id: int) -> str:
    """The record leaves the register, as that of one who is merged; returns it."""
    ((record,),) = rows("DELETE FROM person WHERE person_id = %s RETURNING to_jsonb(person)::text", person_id)
    return record


def come_back(record: str) -> None:
    rows("INSERT INTO person SELECT * FROM jsonb_populate_record(NULL::person, %s::jsonb)", record)


def run(statement: str, *values: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def noted(detail: str) -> list[int]:
    return [
        who
        for (who,) in rows(
            "SELECT person_id FROM audit_entry WHERE action = 'register.carried' AND detail = %s ORDER BY 1",
            detail,
        )
    ]


@pytest.mark.parametrize("table", CARRIED)
def test_an_invented_merge_of_two_who_both_stand_in_the_register_carries_nothing(people, table):
    keep, other, _third = people
    invent(keep, other)
    before = database()
    assert refuses(table, other, keep)
    assert refuses(table, keep, other)
    assert database() == before


def test_nobody_is_merged_with_themselves(people):
    keep, other, _third = people
    with pytest.raises(IntegrityError, match="person_merge_check"):
        invent(keep, keep)
    invent(keep, other)
    end_merges()
    with as_owner():
        run("UPDATE person_merge SET person_id = other_id")  # as an undone one goes with its person
    assert refuses("crossing", other, other)


def test_a_merge_is_undone_once_and_never_in_force_again(acting, people):
    keep, other, _third = people
    merge_id = merge(acting, keep, other)
    undo(acting, merge_id, basis="two people after all")
    assert rows("SELECT undone_basis, basis <> undone_basis FROM person_merge") == [
        ("two people after all", True)
    ]
    before = rows("SELECT * FROM person_merge")
    end_merges()
    for column in ("undone_at", "undone_by", "undone_basis"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(f"UPDATE person_merge SET {column} = NULL")
    assert rows("SELECT * FROM person_merge") == before


def test_two_who_were_parted_become_one_the_other_way_round(acting, people):
    keep, other, _third = people
    undo(acting, merge(acting, keep, other))
    before = database()
    undo(acting, merge(acting, other, keep))
    assert database() == before


def test_what_is_put_aside_and_put_back_is_on_the_record_of_both(people):
    keep, other, _third = people
    before = database()
    invent(keep, other)
    record = leave(other)
    carry("crossing", other, keep)
    assert noted(f"1 of crossing from {other} to {keep}, put aside") == [keep, other]
    come_back(record)
    end_merges()
    carry("crossing", keep, other, "[]")
    assert noted(f"1 of crossing from {keep} to {other}, put back") == [keep, other]
    assert database() == before


def test_nothing_takes_the_place_of_a_row_that_was_aside(people):
    keep, other, _third = people
    invent(keep, other)
    record = leave(other)
    carry("crossing", other, keep)
    (table, true) = next(one for one in HANGING if one[0] == "crossing")
    insert(table, {"person_id": other} | true | {"decision": "back"})
    come_back(record)
    end_merges()
    with pytest.raises(IntegrityError, match="already exists"):
        carry("crossing", keep, other, "[]")
    assert rows("SELECT person_id, kept_row ->> 'decision' FROM row_aside") == [(other, "through")]


def test_who_undoes_a_merge_is_told_that_a_forged_row_stands_where_one_was(acting, people):
    keep, other, _third = people
    merge_id = merge(acting, keep, other)
    (table, true) = next(one for one in HANGING if one[0] == "crossing")
    insert(table, {"person_id": other} | true | {"decision": "back"})
    with pytest.raises(MovedRowGone), transaction.atomic():
        undo(acting, merge_id)
    assert ("crossing",) in rows("SELECT of_table FROM row_aside WHERE person_id = %s", other)


def test_what_a_merge_moved_is_added_to_and_never_taken_away(acting, people):
    keep, other, _third = people
    before = database()
    merge_id = merge(acting, keep, other)
    read = "SELECT history, moved, pointed, aside, added, taken FROM person_merge"
    (told,) = rows(read)
    for column in ("history", "moved", "pointed", "aside", "added", "taken"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(f"UPDATE person_merge SET {column} = '{{}}'")
    nothing = {"moved": [], "history": {"written": None, "ended": []}, "aside": [], "taken": {}}
    run("SELECT tell_merge(%s, %s, %s::jsonb)", keep, merge_id, json.dumps(nothing))
    assert rows(read) == [told]
    undo(acting, merge_id)
    assert database() == before

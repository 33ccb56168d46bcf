from pathlib import Path

import pytest
from django.db import connection

from dancu.accounts.lookups import Acting
from dancu.audit import actions, lookups

AN = 1_000_001
CHI = Acting(7, "commune_officer", "area", 42, "residence", "10.1.2.3", "request-1")

pytestmark = pytest.mark.django_db


def entries() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT *, host(address) AS from_address FROM audit_entry ORDER BY person_id")
        return [
            dict(zip((c.name for c in cursor.description), row, strict=True)) for row in cursor.fetchall()
        ]


def test_one_statement_writes_an_entry_for_each_person(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.record(CHI, "person_seen", range(1, 501))
    assert [entry["person_id"] for entry in entries()] == list(range(1, 501))


def test_an_entry_says_who_where_what_for_and_from_which_address():
    actions.record(CHI, "person_seen", [AN], detail="page record")
    (entry,) = entries()
    assert entry["actor_kind"] == "official"
    assert (entry["actor_id"], entry["actor_role"]) == (7, "commune_officer")
    assert (entry["jurisdiction_kind"], entry["jurisdiction_id"]) == ("area", 42)
    assert (entry["purpose"], entry["action"], entry["detail"]) == ("residence", "person_seen", "page record")
    assert (entry["from_address"], entry["request_id"]) == ("10.1.2.3", "request-1")


def test_a_search_that_found_nobody_is_recorded_too():
    actions.record(CHI, "search", [])
    assert [entry["person_id"] for entry in entries()] == [0]


def test_a_person_named_twice_has_one_entry():
    actions.record(CHI, "search", [AN, AN])
    assert len(entries()) == 1


def test_a_citizen_acts_on_their_own_data_or_on_their_childs():
    actions.record_citizen(AN, "declared", "2001:db8::7")
    actions.record_citizen(AN, "declared", "2001:db8::7", about=[AN + 1])
    assert [(e["actor_kind"], e["actor_id"], e["person_id"]) for e in entries()] == [
        ("citizen", AN, AN),
        ("citizen", AN, AN + 1),
    ]


def test_what_the_system_does_has_no_address():
    actions.record_system("imported", detail="batch 3")
    (entry,) = entries()
    assert (entry["actor_kind"], entry["address"], entry["detail"]) == ("system", None, "batch 3")


def test_the_audit_module_has_no_way_to_change_or_remove_an_entry():
    statements = (Path(actions.__file__).parent / "queries.sql").read_text("utf-8").upper()
    assert "UPDATE" not in statements
    assert "DELETE" not in statements


def test_a_database_user_that_may_only_add_and_read_can_record_but_not_change():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE audit_writer; GRANT INSERT, SELECT ON audit_entry TO audit_writer")
        cursor.execute("SET LOCAL ROLE audit_writer")
    actions.record(CHI, "person_seen", [AN])
    assert [seen.action for seen in lookups.of_person(AN)] == ["person_seen"]
    for forbidden in (
        "UPDATE audit_entry SET action = 'nothing'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
    ):
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("SAVEPOINT before_it")
            try:
                cursor.execute(forbidden)
            finally:
                cursor.execute("ROLLBACK TO before_it")

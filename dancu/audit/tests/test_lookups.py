from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from dancu.accounts.lookups import Acting
from dancu.audit import actions, lookups

AN = 1_000_001
CHI = Acting(7, "commune_officer", "area", 42, "residence", "10.1.2.3")
BINH = Acting(8, "checkpoint_officer", "station", 5, "passage", "10.1.2.4")

pytestmark = pytest.mark.django_db


def last_hour() -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    return now - timedelta(hours=1), now + timedelta(minutes=1)


def test_an_sees_when_in_which_role_where_and_what_for_but_no_name():
    actions.record(CHI, "person_seen", [AN])
    actions.record(BINH, "pass_scanned", [AN])
    actions.record(BINH, "pass_scanned", [AN + 1])
    seen = lookups.of_person(AN)
    assert [(s.actor_role, s.jurisdiction_kind, s.jurisdiction_id, s.purpose, s.action) for s in seen] == [
        ("checkpoint_officer", "station", 5, "passage", "pass_scanned"),
        ("commune_officer", "area", 42, "residence", "person_seen"),
    ]
    assert not hasattr(seen[0], "actor_id")


def test_only_the_last_entries_are_read():
    for _ in range(5):
        actions.record(CHI, "person_seen", [AN])
    assert len(lookups.of_person(AN, limit=3)) == 3


def test_a_search_by_official_person_or_action():
    actions.record(CHI, "person_seen", [AN])
    actions.record(BINH, "pass_scanned", [AN])
    actions.record(BINH, "pass_scanned", [AN + 1])
    actions.record_citizen(8, "declared", "10.9.9.9")  # a citizen with the number 8 is not the official 8
    assert len(lookups.search(*last_hour())) == 4
    assert [e.person_id for e in lookups.search(*last_hour(), official_id=8)] == [AN + 1, AN]
    assert [e.actor_id for e in lookups.search(*last_hour(), person_id=AN)] == [8, 7]
    assert [e.actor_id for e in lookups.search(*last_hour(), action="person_seen")] == [7]
    assert lookups.search(*last_hour(), person_id=AN)[0].address == "10.1.2.4"


def test_a_search_keeps_to_its_days():
    actions.record(CHI, "person_seen", [AN])
    now = datetime.now(UTC)
    assert lookups.search(now - timedelta(days=2), now - timedelta(days=1)) == []


def test_pages_follow_each_other_without_gap_or_repetition_even_within_one_moment():
    with connection.cursor() as cursor:
        for person in range(25):
            at = datetime.now(UTC) if person % 2 else datetime(2026, 3, 1, tzinfo=UTC)
            cursor.execute(
                "INSERT INTO audit_entry (person_id, at, entry_id, actor_kind, action)"
                " VALUES (%s, %s, %s, 'system', 'tested')",
                [person, at, uuid4()],
            )
    found, before = [], None
    while page := lookups.search(
        datetime(2026, 1, 1, tzinfo=UTC), last_hour()[1], action="tested", before=before, limit=10
    ):
        found += page
        before = page[-1].place
    assert sorted(entry.person_id for entry in found) == list(range(25))
    assert [entry.at for entry in found] == sorted((entry.at for entry in found), reverse=True)


def test_a_persons_entries_are_found_through_the_key_and_not_by_reading_the_table():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN {lookups._queries.text('of_person')}", {"person_ids": [AN, AN + 1], "limit": 100}
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan

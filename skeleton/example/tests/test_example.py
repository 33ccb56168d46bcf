"""Notes: who may write and read them, what the audit and a merge make of them."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from dancu.accounts import lookups as accounts
from dancu.accounts.tokens import create_token
from dancu.register import actions as register
from dancu.register.merging import actions as merging
from dancu.rollups import actions as rollups
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import meaning, text
from dancu.testing.people import BEN_THANH, area, chi, ha, someone

from .. import actions, keeping, lookups, sums
from ..errors import NobodyHere

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]
PIN = "001085000123"
KEY = "0198f6a4-0000-7000-8000-00000000000a"


def test_an_office_notes_something_about_somebody_of_its_area_and_reads_it_on_the_page(client: Client):
    person_id = someone(pin=PIN)
    officer = signed_in(client, chi())
    assert "Notes" in text(officer.get("/office/", headers={"Accept-Language": "en"}))
    meant = meaning(officer, "/example/", "Nguyễn Văn An 12/3/1985")
    sent = officer.post("/example/", {"text": "Cần gọi mỗi ngày", **meant}, follow=True)
    assert "Cần gọi mỗi ngày" in text(sent)
    done = rows("SELECT action FROM audit_entry WHERE person_id = %s AND action LIKE 'example.%%'", person_id)
    assert {action for (action,) in done} == {"example.noted", "example.listed"}


def test_who_lives_elsewhere_is_told_apart_from_nobody_by_nothing(client: Client):
    someone(area(BEN_THANH), pin=PIN)
    officer = signed_in(client, chi())
    told = [
        text(officer.post("/example/", {"person": number, "text": "x"}, headers={"Accept-Language": "en"}))
        for number in (PIN, "001085000999")
    ]
    assert "Nobody in your area was found" in told[0]
    assert told[0] == told[1]
    assert rows("SELECT 1 FROM example_note") == []


def test_nothing_is_noted_of_who_lives_elsewhere_whoever_asks():
    away = someone(area(BEN_THANH), pin=PIN)
    with pytest.raises(NobodyHere):
        actions.note_about(acting_as(chi()), away, "x")
    assert rows("SELECT person_id FROM audit_entry WHERE action = 'example.refused'") == [(away,)]


def test_notes_about_who_moved_away_hide_no_others_and_are_not_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lookups, "MOST", 2)
    stays, goes = someone(pin=PIN), someone(pin="001085000124")
    officer = acting_as(chi())
    for number in (PIN, "001085000124", "001085000124"):
        actions.note(officer, number, "x")
    moving = {"area_id": area(BEN_THANH), "address": "1 Lê Lợi", "moved_on": timezone.localdate()}
    register.record_move(acting_as(ha()), goes, basis="Phiếu 1/2026", **moving)
    assert [note["person_id"] for note in lookups.notes(officer)] == [stays]
    assert lookups.count(officer) == 1


def test_notes_are_counted_where_they_are_written():
    someone(pin=PIN)
    officer = acting_as(chi())
    actions.note(officer, PIN, "một")
    assert sums.written(officer) == 1
    rollups.fold(sums.NOTES)
    actions.note(officer, PIN, "hai")
    assert sums.written(officer) == 2
    assert rollups.recount(sums.NOTES) == []


def test_the_rule_says_how_long_a_note_is_kept_and_the_page_until_when(client: Client):
    someone(pin=PIN)
    officer, today = chi(), timezone.localdate()
    actions.note(acting_as(officer), PIN, "x")
    (young, old) = (keeping.ends_on(dt.date(today.year - age, 7, 1)) for age in (36, 70))
    assert [(ends_on - today).days for ends_on in (young, old)] == [90, 365]
    page = text(signed_in(client, officer).get("/example/", headers={"Accept-Language": "en"}))
    assert f"Kept until {young:%d/%m/%Y}" in page


def test_the_worker_removes_what_is_kept_no_more_and_the_sums_know(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "_AT_ONCE", 2)
    person_id, officer = someone(pin=PIN), acting_as(chi())
    for words in ("một", "hai", "ba", "bốn"):
        actions.note(officer, PIN, words)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE example_note SET ends_on = current_date - 2 WHERE text <> 'bốn'")
    assert keeping.left() == 3
    keeping.forget()
    keeping.forget()
    assert rows("SELECT text FROM example_note") == [("bốn",)]
    assert keeping.left() == 0
    assert sums.written(officer) == 1
    assert rollups.recount(sums.NOTES) == []
    forgotten = rows("SELECT person_id FROM audit_entry WHERE action = 'example.forgotten'")
    assert set(forgotten) == {(person_id,)}


def test_another_offices_notes_are_not_read():
    someone(pin=PIN)
    actions.note(acting_as(chi()), PIN, "của phường")
    assert lookups.notes(acting_as(chi(BEN_THANH, "lan"))) == []
    with pytest.raises(NobodyHere):
        actions.note(acting_as(chi(BEN_THANH, "mai")), PIN, "x")


def test_a_merge_carries_the_notes():
    first, second = someone(pin=PIN), someone()
    actions.note(acting_as(chi()), PIN, "của bản ghi thứ nhất")
    merging.merge_people(acting_as(ha()), second, first, basis="Biên bản 7/2021")
    assert rows("SELECT person_id FROM example_note") == [(second,)]


def a_token() -> str:
    """Of a system that acts as Chi."""
    officer = chi()
    return create_token(officer.pk, accounts.grants(officer.pk)[0].grant_id, "a system")


def send(client: Client, token: str, body: dict, key: str):
    """A note, under the request's own key."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Accept-Language": "en"}
    return client.post("/api/example/notes", body, "application/json", headers=headers)


def test_a_system_with_the_duty_notes_something_and_asks_how_many_there_are(client: Client):
    person_id, token = someone(pin=PIN), a_token()
    sent = send(client, token, {"number": PIN, "text": "một"}, KEY)
    assert rows("SELECT note_id::text, person_id FROM example_note") == [(sent.json()["note_id"], person_id)]
    asked = client.get("/api/example/count", headers={"Authorization": f"Bearer {token}"})
    assert asked.json() == {"notes": 1}


def test_a_request_that_is_repeated_writes_one_note(client: Client):
    someone(pin=PIN)
    token = a_token()
    sent = [send(client, token, {"number": PIN, "text": "một"}, KEY) for _ in range(3)]
    assert {answer.content for answer in sent} == {sent[0].content}
    assert len(rows("SELECT 1 FROM example_note")) == 1
    other = send(client, token, {"number": PIN, "text": "hai"}, KEY)
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")


def test_a_system_is_told_why_nothing_was_noted_and_it_is_on_record(client: Client):
    someone(area(BEN_THANH), pin=PIN)
    told = send(client, a_token(), {"number": PIN, "text": "x"}, KEY)
    assert (told.status_code, told.json()["code"], told.json()["field"]) == (
        422,
        "example-nobody-here",
        "number",
    )
    assert told.json()["detail"].startswith("We cannot tell who in your area has this number")
    assert PIN not in told.content.decode()
    assert len(rows("SELECT 1 FROM audit_entry WHERE action = 'example.refused'")) == 1

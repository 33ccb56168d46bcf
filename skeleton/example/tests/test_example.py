"""Notes: who may write and read them, what the audit and a merge make of them."""

import pytest
from django.test import Client
from django.utils import timezone

from dancu.accounts import lookups as accounts
from dancu.accounts.tokens import create_token
from dancu.register import actions as register
from dancu.register.merging import actions as merging
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import text
from dancu.testing.people import BEN_THANH, area, chi, ha, someone

from .. import actions, lookups
from ..errors import NobodyHere

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]
PIN = "001085000123"


def test_an_office_notes_something_about_somebody_of_its_area_and_reads_it_on_the_page(client: Client):
    person_id = someone(pin=PIN)
    officer = signed_in(client, chi())
    assert "Notes" in text(officer.get("/office/", headers={"Accept-Language": "en"}))
    sent = officer.post("/example/", {"number": PIN, "text": "Cần gọi mỗi ngày"}, follow=True)
    assert "Cần gọi mỗi ngày" in text(sent)
    done = rows("SELECT action FROM audit_entry WHERE person_id = %s AND action LIKE 'example.%%'", person_id)
    assert {action for (action,) in done} == {"example.noted", "example.listed"}


def test_who_lives_elsewhere_is_told_apart_from_nobody_by_nothing(client: Client):
    someone(area(BEN_THANH), pin=PIN)
    officer = signed_in(client, chi())
    for number in (PIN, "001085000999"):
        sent = officer.post("/example/", {"number": number, "text": "x"}, headers={"Accept-Language": "en"})
        assert "We cannot tell who in your area has this number" in text(sent)
    assert rows("SELECT 1 FROM example_note") == []
    refused = rows("SELECT person_id FROM audit_entry WHERE action = 'example.refused' ORDER BY entry_id")
    assert len(refused) == 2


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


def test_a_system_with_the_duty_asks_how_many_there_are(client: Client):
    someone(pin=PIN)
    officer = chi()
    actions.note(acting_as(officer), PIN, "một")
    token = create_token(officer.pk, accounts.grants(officer.pk)[0].grant_id, "a system")
    asked = client.post(
        "/api/example/count", "{}", "application/json", headers={"Authorization": f"Bearer {token}"}
    )
    assert asked.json() == {"notes": 1}

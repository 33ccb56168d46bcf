"""The declaration itself, one fold away: the nurse at the door decides on it."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.testing.pages import sealed, text
from dancu.testing.people import BEN_THANH, CAU_GIAY, area
from dancu.testing.travellers import AN, add_an, declare
from dancu.web.commune.tests.pages import people, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture(autouse=True)
def _key(published_areas: None, db: None) -> Iterator[None]:
    keyring.forget()
    credentials.create_key("pass")
    yield
    keyring.forget()


def recorded(person_id: int, action: str) -> int:
    return [entry.action for entry in audit.of_person(person_id)].count(action)


def declared(**changes):
    said = {
        "destination_area": area(CAU_GIAY),
        "home_area": area(BEN_THANH),
        "home_detail": "5 Lê Lợi",
        "companions": 3,
        "places": "Chợ Bến Thành",
        "symptoms": ("fever", "cough"),
        "contact": True,
        "test_kind": "pcr",
        "test_result": "positive",
        "tested_on": timezone.localdate() - dt.timedelta(days=1),
        "doses": 2,
        "reason": "health",
        "reason_detail": "tái khám",
    }
    return declare(**(said | changes))


def test_the_fold_has_all_that_was_declared_and_masks_the_number(desk):
    add_an()
    made = declared()
    fold = desk.get(f"/commune/journeys/{made.declaration_id}/declared/")
    said = text(fold)
    for fact in (
        "Symptoms Fever, Cough",
        "Contact with a case yes",
        f"Test result PCR test, Positive, {timezone.localdate() - dt.timedelta(days=1):%d/%m/%Y}",
        "Vaccine doses 2",
        "5 Lê Lợi, Phường Bến Thành, Hồ Chí Minh",
        "Companions 3",
        "Places visited Chợ Bến Thành",
        "Purpose Medical treatment, tái khám",
        "Vehicle Motorbike",
        "59X1-12345",
        "Birth date",
    ):
        assert fact in said
    assert str(AN["pin"]) not in fold.content.decode()
    assert f"••••••••{str(AN['pin'])[-4:]}" in said
    assert recorded(made.person_id, "arrivals.view") == 1


def test_the_persons_page_has_the_same_open_where_they_may_be_ill(desk):
    made = declared()
    page = desk.get(f"/commune/journeys/{made.declaration_id}/")
    assert "Symptoms Fever, Cough" in text(page)
    assert 'id="declared" open' in page.content.decode()
    assert str(AN["pin"]) not in page.content.decode()


def test_the_number_is_shown_in_full_when_asked_for_and_that_is_on_the_record(desk, neighbours_desk):
    add_an()
    made = declared()
    address = f"/commune/journeys/{made.declaration_id}/number/"
    assert neighbours_desk.post(address).status_code == 404
    assert desk.get(address).status_code == 405
    assert recorded(made.person_id, "arrivals.number_shown") == 0
    for headers in ({"HX-Request": "true"}, {}):
        shown = text(desk.post(address, headers=headers)).replace(" ", "")
        assert str(AN["pin"]) in shown
    assert recorded(made.person_id, "arrivals.number_shown") == 2


def test_a_neighbour_gets_no_declaration(neighbours_desk):
    made = declared()
    assert neighbours_desk.get(f"/commune/journeys/{made.declaration_id}/declared/").status_code == 404
    assert recorded(made.person_id, "arrivals.view") == 0


def test_the_registers_telephone_stands_beside_the_declared_one_only_for_those_who_may_see_it(desk):
    away = add_an(phone="0911222333")
    made = declared(phone="0999000111")
    assert made.person_id == away
    page = desk.get(f"/commune/journeys/{made.declaration_id}/")
    assert "The declared phone number is not the one in the register" in text(page)
    assert "0911 222 333" not in text(page)  # An lives in Sài Gòn: that record is not this commune's
    assert "The declared phone number is not the one in the register" in row_of(
        desk.get("/commune/"), str(AN["full_name"])
    )


def test_of_a_resident_both_telephones_are_shown(desk):
    add_an(phone="0911222333", home_area=area(CAU_GIAY))
    made = declared(phone="0999000111")
    page = desk.get(f"/commune/journeys/{made.declaration_id}/")
    assert "0999 000 111 in the register: 0911 222 333" in text(page)
    assert "The declared phone number is not the one in the register" in text(page)


def test_a_card_number_finds_the_declaration_in_the_list(desk):
    declared()
    number = str(AN["pin"])
    assert people(desk.get(sealed(desk, f"/commune/?q={number}", "q"))) == [AN["full_name"]]
    assert people(desk.get(sealed(desk, f"/commune/?q={number[:3]}+{number[3:6]}.{number[6:]}", "q"))) == [
        AN["full_name"]
    ]
    assert (
        people(desk.get(sealed(desk, f"/commune/?q={number[:-1]}", "q"))) == []
    )  # part of a number finds nobody: none is guessed digit by digit

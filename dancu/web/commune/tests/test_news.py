"""From the declaration and the scan to the commune's list, with the very actions that citizens' and
checkpoints' pages call.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, chi
from dancu.testing.travellers import add_an, declare, my_thuan
from dancu.web.commune.tests.pages import as_htmx, people, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture(autouse=True)
def _key(published_areas: None, db: None) -> Iterator[None]:
    keyring.forget()
    credentials.create_key("pass")
    yield
    keyring.forget()


@pytest.mark.parametrize(
    ("decision", "said"), [("through", "Passed"), ("secondary", "Held at"), ("back", "Turned back at")]
)
def test_both_communes_see_a_declaration_at_once_and_a_scan_at_the_next_question(decision, said):
    destination, origin = (
        signed_in(Client(), chi(code, name)) for code, name in ((CAU_GIAY, "chi"), (BEN_THANH, "saigon"))
    )
    add_an()
    declared = declare(destination_area=area(CAU_GIAY))
    coming, left = destination.get("/commune/"), origin.get("/commune/?list=left")
    assert people(coming) == people(left) == ["Nguyễn Văn An"]
    assert "Agrees with the register" in row_of(coming, "Nguyễn Văn An")

    actions.record_crossing(
        acting_as(make_official("binh", "checkpoint_officer")),
        crossing_id=uuid7(),
        pass_id=declared.pass_id,
        station_id=my_thuan(),
        direction="in",
        decision=decision,
        reason=Reason()
        if decision == "through"
        else Reason("no_test" if decision == "secondary" else "not_permitted"),
    )
    for desk, page, address in ((destination, coming, "/commune/"), (origin, left, "/commune/?list=left")):
        seen = re.search(r'"Dancu-Seen": "([^"]+)"', page.content.decode())
        assert seen
        news = desk.get(address, **as_htmx(**{"Dancu-Seen": seen[1]}))
        assert f"{said} Cầu Mỹ Thuận at" in row_of(news, "Nguyễn Văn An")


def test_a_wrong_name_reaches_the_commune_with_what_differs_where_an_officer_keyed_it_in():
    add_an()
    declared = {"destination_area": area(CAU_GIAY), "full_name": "Trần Thị Bé", "symptoms": ("fever",)}
    declare(acting_as(make_official("binh", "checkpoint_officer")), **declared)
    said = row_of(signed_in(Client(), chi()).get("/commune/"), "Trần Thị Bé")
    for words in ("Check first", "Disagrees with the register : name", "Symptoms"):
        assert words in said


def test_of_a_wrong_name_that_anybody_declared_the_commune_hears_that_it_disagrees_and_no_more():
    add_an()
    declare(destination_area=area(CAU_GIAY), full_name="Trần Thị Bé", symptoms=("fever",))
    said = row_of(signed_in(Client(), chi()).get("/commune/"), "Trần Thị Bé")
    for words in ("Check first", "Disagrees with the register", "Symptoms"):
        assert words in said
    assert "Disagrees with the register :" not in said

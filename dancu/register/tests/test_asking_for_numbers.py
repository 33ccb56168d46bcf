"""Who is told that a number is another person's, or that a record like the one they enter exists, is
counted, and on the record of both.
"""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from dancu.accounts import reading
from dancu.accounts.errors import TooMuchRead
from dancu.accounts.lookups import Acting
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints import travellers
from dancu.checkpoints.errors import TooManyLookups
from dancu.matching import lookups as matching
from dancu.register import actions
from dancu.register.errors import NoSuchPerson, NumberTaken
from dancu.register.events.lookups import shown
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

TAKEN, FREE = "079085000077", "001085000099"
ON, BASIS = dt.date(2025, 8, 1), "Giấy tờ số 12/2021"


@pytest.fixture
def acting() -> Acting:
    """The data steward of Cầu Giấy."""
    return acting_as(ha(CAU_GIAY))


@pytest.fixture
def an() -> int:
    return someone(pin="001085000015")


@pytest.fixture
def far() -> int:
    """Somebody of Bến Thành, with a number."""
    return someone(area(BEN_THANH), full_name="Trần Thị Xa", sex=2, pin=TAKEN)


def looks(action: str) -> list[int]:
    return sorted(person for (person,) in rows("SELECT person_id FROM audit_entry WHERE action = %s", action))


def renumber(acting: Acting, an: int, pin: str) -> None:
    actions.replace_pin(acting, an, pin, ON, BASIS)


def test_a_number_of_another_persons_is_on_the_record_of_both(acting: Acting, an: int, far: int) -> None:
    with pytest.raises(NumberTaken):
        renumber(acting, an, TAKEN)
    assert looks("register.number_asked") == sorted([an, far])


def test_also_where_it_is_only_rehearsed_though_nothing_else_of_that_stays(
    acting: Acting, an: int, far: int
) -> None:
    with pytest.raises(NumberTaken):
        actions.rehearse(lambda _answered: renumber(acting, an, TAKEN))
    assert looks("register.number_asked") == sorted([an, far])
    actions.rehearse(lambda _answered: renumber(acting, an, FREE))
    assert looks("register.number_asked") == sorted([an, an, far])
    assert looks("register.new_number") == []


def test_a_number_that_was_given_up_is_another_persons_too(acting: Acting, an: int, far: int) -> None:
    actions.replace_pin(None, far, "079085000088", ON, BASIS)
    with pytest.raises(NumberTaken):
        renumber(acting, an, TAKEN)
    assert looks("register.number_asked") == sorted([an, far])


def test_whoever_enters_a_new_person_with_a_number_is_on_the_record_of_its_holder(
    acting: Acting, far: int
) -> None:
    with pytest.raises(NumberTaken):
        actions.add_person(
            acting,
            full_name="Lê Văn Mới",
            birth_date=dt.date(1990, 1, 1),
            sex=1,
            home_area=area(CAU_GIAY),
            pin=TAKEN,
            valid_from=ON,
            basis=BASIS,
        )
    assert looks("register.number_asked") == [far]


def test_the_page_writes_it_down_and_stops_who_asks_for_very_many(an: int, far: int, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 9)
    desk = signed_in(Client(), ha(CAU_GIAY))
    given = {"pin": TAKEN, "on_0": "1", "on_1": "8", "on_2": "2025", "basis": BASIS}
    answers = [
        desk.post(f"/office/person/{an}/new-number/", given | {"pin": f"0790850{nth:05}"})
        for nth in range(77, 83)
    ]
    assert [answer.status_code for answer in answers][-1] == 429
    assert {answer.status_code for answer in answers} <= {200, 422, 429}
    assert looks("register.number_asked").count(far) == 1
    assert len(rows("SELECT 1 FROM audit_entry WHERE action = 'register.reading_stopped'")) == 1


def enter(acting: Acting, an: int) -> Any:
    return renumber(acting, an, TAKEN)


def rehearsed(acting: Acting, an: int) -> Any:
    return actions.rehearse(lambda _answered: renumber(acting, an, TAKEN))


def of_whom_a_form_asks(acting: Acting, _an: int) -> Any:
    if not matching.candidates_for(acting, TAKEN).hits:
        raise NoSuchPerson


@pytest.mark.parametrize("ask", [enter, rehearsed, of_whom_a_form_asks])
def test_every_way_to_ask_for_a_number_is_counted(
    ask: Any, acting: Acting, an: int, far: int, monkeypatch
) -> None:
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 3)
    for _nth in range(3):
        with pytest.raises((NumberTaken, NoSuchPerson)):
            ask(acting, an)
    with pytest.raises(TooMuchRead):
        ask(acting, an)
    assert len(rows("SELECT 1 FROM audit_entry WHERE action = 'register.reading_stopped'")) == 1


def test_that_a_record_exists_elsewhere_is_on_its_record(acting: Acting, an: int, far: int) -> None:
    assert [found.person_id for found in shown(acting, [an, far])] == [an]
    assert looks("register.known_of") == [far]


def test_a_declaration_that_is_keyed_in_is_counted_and_alarms(monkeypatch) -> None:
    monkeypatch.setattr(travellers, "MOST_AN_HOUR", 2)
    binh = acting_as(make_official("binh", "checkpoint_officer"))
    checkpoints.count_keyed_in(binh)
    checkpoints.count_keyed_in(binh)
    for _nth in range(2):
        with pytest.raises(TooManyLookups):
            checkpoints.count_keyed_in(binh)
    assert len(rows("SELECT 1 FROM audit_entry WHERE action = 'register.reading_stopped'")) == 1

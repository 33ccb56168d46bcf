import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction

from dancu.audit import lookups as audit
from dancu.register import actions, lookups
from dancu.register.errors import LaterResidence, NoSuchPerson, NothingChanged, NumberTaken, UnknownField
from dancu.register.lookups import ALIVE, DEAD, MISSING, PERMANENT, TEMPORARY
from dancu.register.versions import person_as_of
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, BORN, CAU_GIAY, SINCE, YEN_HOA, area, ha, someone
from dancu.text.sounds import given_key
from dancu.values.errors import BadNumber

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN = "001085001234", "001085005678"
MOVED = dt.date(2025, 8, 1)


@pytest.fixture
def acting():
    return acting_as(ha())


def record(person_id: int) -> lookups.View:
    return lookups.record_of(person_id)


def residences(person_id: int) -> list[tuple]:
    return [
        (row["kind"], row["area_id"], row["valid_from"], row["valid_to"])
        for row in record(person_id).residences
    ]


def recorded(person_id: int) -> list[str]:
    return [entry.action for entry in audit.of_person(person_id)]


def test_a_new_person_has_a_record_a_home_an_event_and_an_entry_in_the_audit():
    person_id = someone(pin=PIN)
    view = record(person_id)
    assert (view.person["pin"], view.person["given_key"], view.person["status"]) == (
        PIN,
        given_key("An"),
        ALIVE,
    )
    assert residences(person_id) == [(PERMANENT, area(CAU_GIAY), SINCE, None)]
    assert [(event["kind"], event["basis"], event["recorded_by"]) for event in view.events] == [
        ("entry", "Sổ hộ khẩu", 0)
    ]
    assert recorded(person_id) == ["register.entry"]


def test_a_number_belongs_to_one_person():
    someone(pin=PIN)
    with pytest.raises(NumberTaken):
        someone(pin=PIN)
    assert lookups.number_of_people() == 1


@pytest.mark.parametrize("pin", ["12", "003085001234", "00108500123A"])
def test_what_is_no_personal_number_is_refused(pin):
    with pytest.raises(BadNumber):
        someone(pin=pin)


def test_a_number_that_disagrees_with_sex_or_year_is_taken_because_it_occurs():
    assert someone(pin="001190001234")


def test_a_correction_keeps_the_old_value_and_its_legal_basis(acting):
    person_id = someone()
    actions.correct(acting, person_id, {"full_name": "Nguyễn Văn Ân"}, "Giấy khai sinh số 12")
    view = record(person_id)
    assert view.person["full_name"] == "Nguyễn Văn Ân"
    event = view.events[0]
    assert (event["kind"], event["basis"], event["recorded_by"]) == (
        "correction",
        "Giấy khai sinh số 12",
        acting.official_id,
    )
    assert event["changes"] == {"full_name": ["Nguyễn Văn An", "Nguyễn Văn Ân"]}
    assert recorded(person_id)[0] == "register.correction"


def test_a_correction_that_corrects_nothing_leaves_no_trace(acting):
    person_id = someone()
    with pytest.raises(NothingChanged):
        actions.correct(acting, person_id, {"full_name": "Nguyễn Văn An"}, "x")
    with pytest.raises(UnknownField):
        actions.correct(acting, person_id, {"recorded_at": "2020-01-01"}, "x")
    assert len(record(person_id).events) == 1
    assert recorded(person_id) == ["register.entry"]


def test_a_move_ends_one_permanent_residence_and_begins_another(acting):
    person_id = someone()
    actions.record_move(
        acting, person_id, area_id=area(YEN_HOA), address="5 Trung Kính", moved_on=MOVED, basis="CT07"
    )
    assert residences(person_id) == [
        (PERMANENT, area(YEN_HOA), MOVED, None),
        (PERMANENT, area(CAU_GIAY), SINCE, MOVED),
    ]
    assert record(person_id).person["home_area"] == area(YEN_HOA)
    assert record(person_id).events[0]["changes"] == {"home_area": [area(CAU_GIAY), area(YEN_HOA)]}


def test_where_somebody_lived_on_a_day_is_known_after_they_moved(acting):
    person_id = someone()
    actions.record_move(acting, person_id, area_id=area(YEN_HOA), address="", moved_on=MOVED, basis="CT07")
    now = record(person_id).person["recorded_at"]
    days = (MOVED - dt.timedelta(days=1), MOVED)
    assert [(person_as_of(person_id, day, now) or {})["home_area"] for day in days] == [
        area(CAU_GIAY),
        area(YEN_HOA),
    ]


def test_a_temporary_residence_leaves_the_permanent_one_as_it_is(acting):
    person_id, until = someone(), dt.date(2099, 12, 31)
    actions.record_move(
        acting,
        person_id,
        area_id=area(BEN_THANH),
        address="",
        moved_on=MOVED,
        basis="CT01",
        kind=TEMPORARY,
        until=until,
    )
    assert residences(person_id) == [
        (TEMPORARY, area(BEN_THANH), MOVED, None),
        (PERMANENT, area(CAU_GIAY), SINCE, None),
    ]
    assert record(person_id).person["home_area"] == area(CAU_GIAY)
    assert record(person_id).residences[0]["until"] == until


def test_a_move_recorded_wrongly_is_recorded_again_for_the_same_day(acting):
    person_id = someone()
    actions.record_move(acting, person_id, area_id=area(BEN_THANH), address="", moved_on=MOVED, basis="CT07")
    actions.record_move(acting, person_id, area_id=area(YEN_HOA), address="", moved_on=MOVED, basis="CT07")
    assert residences(person_id) == [
        (PERMANENT, area(YEN_HOA), MOVED, None),
        (PERMANENT, area(CAU_GIAY), SINCE, MOVED),
    ]


def test_a_move_before_the_present_residence_began_is_refused(acting):
    person_id = someone()
    actions.record_move(acting, person_id, area_id=area(YEN_HOA), address="", moved_on=MOVED, basis="CT07")
    with pytest.raises(LaterResidence, match="01/08/2025"):
        actions.record_move(
            acting,
            person_id,
            area_id=area(BEN_THANH),
            address="",
            moved_on=MOVED - dt.timedelta(days=1),
            basis="CT07",
        )
    assert len(residences(person_id)) == 2


def test_one_who_died_lives_nowhere_and_one_who_returned_is_alive(acting):
    person_id, died = someone(), dt.date(2025, 8, 20)
    actions.record_death(acting, person_id, died, "Giấy báo tử")
    assert (record(person_id).person["status"], record(person_id).person["status_on"]) == (DEAD, died)
    assert residences(person_id) == [(PERMANENT, area(CAU_GIAY), SINCE, died)]
    actions.record_return(acting, person_id, dt.date(2025, 9, 1), "Bản án số 7")
    assert (record(person_id).person["status"], record(person_id).person["status_on"]) == (ALIVE, None)
    assert [event["kind"] for event in record(person_id).events] == ["return", "death", "entry"]


def test_a_missing_person_keeps_the_home(acting):
    person_id = someone()
    actions.record_missing(acting, person_id, MOVED, "Quyết định số 3")
    assert record(person_id).person["status"] == MISSING
    assert residences(person_id)[0][3] is None


def test_a_cancelled_number_keeps_leading_to_its_holder(acting):
    person_id = someone(pin=PIN)
    actions.replace_pin(acting, person_id, OTHER_PIN, MOVED, "Sai giới tính")
    view = record(person_id)
    assert view.person["pin"] == OTHER_PIN
    assert [(row["number"], row["replaced_by"], row["reason"]) for row in view.former_numbers] == [
        (PIN, OTHER_PIN, "Sai giới tính")
    ]
    assert [found.person_id for found in lookups.by_number(PIN)] == [person_id]


def test_a_number_given_back_and_taken_again_is_cancelled_once_more(acting):
    person_id = someone(pin=PIN)
    for number in (OTHER_PIN, PIN, "001085009999"):
        actions.replace_pin(acting, person_id, number, MOVED, "Cấp nhầm")
    assert {row["number"] for row in record(person_id).former_numbers} == {PIN, OTHER_PIN}
    assert [found.person_id for found in lookups.by_number(PIN)] == [person_id]


def test_nobody_is_given_the_number_of_another(acting):
    someone(pin=OTHER_PIN)
    person_id = someone(pin=PIN)
    with pytest.raises(NumberTaken):
        actions.replace_pin(acting, person_id, OTHER_PIN, MOVED, "x")
    with pytest.raises(BadNumber):
        actions.replace_pin(acting, person_id, "123", MOVED, "x")
    assert record(person_id).person["pin"] == PIN
    assert record(person_id).former_numbers == []


def test_a_number_once_given_is_never_given_again(acting):
    one, another = someone(pin=PIN), someone(pin="001085007777")
    actions.replace_pin(acting, one, OTHER_PIN, MOVED, "Sai giới tính")
    with pytest.raises(NumberTaken):
        actions.replace_pin(acting, another, PIN, MOVED, "x")
    with pytest.raises(NumberTaken):
        someone(pin=PIN)
    assert [found.person_id for found in lookups.by_number(PIN)] == [one]
    assert record(another).person["pin"] == "001085007777"


@pytest.mark.django_db(transaction=True)
def test_nor_in_the_moment_in_which_its_holder_gives_it_up(acting):
    """Another is recorded with it while the cancelling waits to be committed."""
    one, given_up, found = someone(pin=PIN), threading.Event(), []

    def record_another() -> None:
        given_up.wait()
        try:
            found.append(someone(pin=PIN))
        except NumberTaken:
            found.append("taken")
        finally:
            connection.close()

    other = threading.Thread(target=record_another)
    other.start()
    with transaction.atomic():
        actions.replace_pin(acting, one, OTHER_PIN, MOVED, "Sai giới tính")
        given_up.set()
        time.sleep(0.5)
    other.join()
    assert found == ["taken"]


@pytest.mark.parametrize(
    "act",
    [
        lambda acting: actions.correct(acting, 999_999_999, {"sex": 2}, "x"),
        lambda acting: actions.record_death(acting, 999_999_999, MOVED, "x"),
        lambda acting: actions.replace_pin(acting, 999_999_999, PIN, MOVED, "x"),
        lambda acting: actions.record_move(
            acting, 999_999_999, area_id=1, address="", moved_on=MOVED, basis="x"
        ),
    ],
)
def test_nothing_happens_to_nobody(acting, act):
    with pytest.raises(NoSuchPerson):
        act(acting)


def test_a_birth_date_is_corrected_for_all_time(acting):
    person_id = someone()
    actions.correct(acting, person_id, {"birth_date": dt.date(1985, 12, 3)}, "Giấy khai sinh")
    now = record(person_id).person["recorded_at"]
    assert (person_as_of(person_id, SINCE, now) or {})["birth_date"] == dt.date(1985, 12, 3)
    assert (person_as_of(person_id, SINCE, now - dt.timedelta(microseconds=1)) or {})["birth_date"] == BORN

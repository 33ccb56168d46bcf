import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.matching.lookups import Outcome, PartialDate, declared_identity, identify
from dancu.register import actions
from dancu.testing.officials import acting_as
from dancu.testing.people import BEFORE, BEN_THANH, BORN, CAU_GIAY, DICH_VONG, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN, CMND = "001085001234", "001085005678", "012345678"


def compared(
    number: str = PIN,
    name: str = "Nguyễn Văn An",
    birth: dt.date = BORN,
    sex: int = 1,
    home: int | None = None,
):
    return identify(declared_identity(number, name, PartialDate.of(birth), sex, home))


def test_a_number_leads_to_its_holder_and_what_agrees_is_confirmed():
    an = someone(pin=PIN)
    comparison = compared(home=area(CAU_GIAY))
    assert comparison.outcome == Outcome.CONFIRMED
    assert comparison.person
    assert comparison.person.person_id == an


@pytest.mark.parametrize("number", ["001 085 001 234", "001.085.001.234", "٠٠١٠٨٥٠٠١٢٣٤"])
def test_a_number_is_read_however_it_is_written(number):
    someone(pin=PIN)
    assert compared(number).outcome == Outcome.CONFIRMED


def test_a_commune_declared_by_its_old_name_is_the_home_of_today():
    someone(pin=PIN)
    comparison = compared(home=area(DICH_VONG, on=BEFORE))
    assert (comparison.outcome, comparison.levels["residence"]) == (Outcome.CONFIRMED, "same")


def test_a_home_registered_under_the_old_commune_is_the_one_declared_today():
    someone(area(DICH_VONG, on=BEFORE), pin=PIN)
    assert compared(home=area(CAU_GIAY)).levels["residence"] == "same"


@pytest.mark.parametrize(("code", "level"), [(YEN_HOA, "same_province"), (BEN_THANH, "different")])
def test_another_commune_is_a_difference(code, level):
    someone(pin=PIN)
    comparison = compared(home=area(code))
    assert (comparison.outcome, comparison.differing) == (Outcome.DIFFERENCES, {"residence": level})


def test_a_cancelled_number_leads_to_its_holder():
    an = someone(pin=PIN)
    actions.replace_pin(acting_as(ha()), an, OTHER_PIN, dt.date(2021, 8, 1), "Sai giới tính")
    comparison = compared(PIN)
    assert comparison.outcome == Outcome.CONFIRMED
    assert comparison.person
    assert comparison.person.person_id == an


def test_of_two_who_hold_one_old_card_number_the_better_match_counts():
    someone(cmnd=CMND, full_name="Trần Thị Bé", sex=2)
    an = someone(cmnd=CMND)
    someone(cmnd=CMND, full_name="Lê Văn Chín")
    comparison = compared(CMND)
    assert comparison.outcome == Outcome.CONFIRMED
    assert comparison.person
    assert comparison.person.person_id == an


def test_the_number_of_one_who_is_dead_disagrees():
    an = someone(pin=PIN)
    actions.record_death(acting_as(ha()), an, dt.date(2021, 8, 1), "Giấy báo tử")
    comparison = compared()
    assert (comparison.outcome, comparison.levels["status"]) == (Outcome.DISAGREES, "dead")


def test_the_number_of_somebody_else_disagrees():
    someone(pin=PIN)
    assert compared(name="Trần Thị Bé").outcome == Outcome.DISAGREES


def test_a_number_that_nobody_holds_is_not_found():
    comparison = compared("001085009999")
    assert (comparison.outcome, comparison.person) == (Outcome.NOT_FOUND, None)


@pytest.mark.parametrize("number", ["", "12345", "0010850012345", "00108500123A", "B1234567"])
def test_what_is_no_number_is_unreadable(number):
    assert compared(number).outcome == Outcome.UNREADABLE


def test_a_number_of_nobody_takes_the_same_steps_as_one_of_somebody_else():
    someone(pin=PIN)
    steps = []
    for number in (PIN, "001085009999"):
        with CaptureQueriesContext(connection) as queries:
            compared(number, name="Trần Thị Bé", birth=dt.date(1990, 5, 20))
        said = [query["sql"].partition("\n")[0] for query in queries.captured_queries]
        steps.append(
            [step for step in said if "Which edition" not in step]
        )  # asked every five seconds, in tests always
    assert steps[0] == steps[1]


NEIGHBOURS_SWAPPED, YEAR_WRONG, SPREADSHEET = "001085001243", "001095001234", "1085001234"


@pytest.mark.parametrize(
    ("number", "level"),
    [
        (NEIGHBOURS_SWAPPED, "transposed"),
        (YEAR_WRONG, "one_digit"),
        (SPREADSHEET, "lost_zero"),
        ("1085001234.0", "lost_zero"),
        ("OO1085001234", "look_alike"),
    ],
)
def test_a_person_with_a_slip_in_the_number_is_found_and_the_officer_is_told_why(number, level):
    an = someone(pin=PIN)
    comparison = compared(number)
    assert comparison.person
    assert comparison.person.person_id == an
    assert (comparison.outcome, comparison.differing) == (Outcome.DIFFERENCES, {"number": level})


def test_an_old_card_number_without_its_zero_is_found():
    someone(cmnd=CMND)
    assert compared(CMND[1:]).differing == {"number": "lost_zero"}


def test_the_number_as_given_stands_where_it_leads_to_the_person_declared():
    an = someone(pin=PIN)
    someone(pin=NEIGHBOURS_SWAPPED)  # of the same name and birth date
    comparison = compared(PIN)
    assert comparison.outcome == Outcome.CONFIRMED
    assert comparison.person
    assert comparison.person.person_id == an


def test_a_number_that_leads_to_another_is_repaired_where_name_and_birth_date_are_the_neighbours():
    someone(pin=NEIGHBOURS_SWAPPED, full_name="Trần Thị Bé", sex=2)
    an = someone(pin=PIN)
    comparison = compared(NEIGHBOURS_SWAPPED)
    assert comparison.differing == {"number": "transposed"}
    assert comparison.person
    assert comparison.person.person_id == an


@pytest.mark.parametrize(
    ("said", "also"),
    [
        ({"name": "Nguyễn An"}, {"name": "shortened"}),
        ({"name": "Nguyễn Văn Ân"}, {"name": "marks"}),
        ({"birth": dt.date(1985, 3, 13)}, {"birth_date": "one_digit"}),
    ],
)
def test_one_more_fault_beside_the_slip_is_forgiven_and_named(said, also):
    someone(pin=PIN)
    comparison = compared(NEIGHBOURS_SWAPPED, **said)
    assert (comparison.outcome, comparison.differing) == (
        Outcome.DIFFERENCES,
        {"number": "transposed"} | also,
    )


def test_a_slip_that_leads_to_somebody_of_another_name_leads_nowhere():
    someone(pin=PIN)
    assert compared(NEIGHBOURS_SWAPPED, name="Trần Thị Bé").outcome == Outcome.NOT_FOUND


def test_a_relatives_number_disagrees_and_the_officer_is_told_whom_all_else_means():
    someone(pin=PIN, full_name="Nguyễn Thị Lan", birth_date=dt.date(1960, 1, 9), sex=2)
    an = someone(pin=OTHER_PIN)
    comparison = compared(PIN, home=area(CAU_GIAY))
    assert comparison.person
    assert (comparison.person.person_id, comparison.outcome) == (an, Outcome.DISAGREES)
    assert comparison.levels["number"] == "another"
    assert {"given_name", "birth_date", "home"} <= {reason.field for reason in comparison.reasons}


def test_who_gives_an_official_no_number_is_found_by_name_birth_date_and_commune():
    an = someone(pin=PIN)
    comparison = identify(
        declared_identity("", "Nguyen Van An", PartialDate.of(BORN), 1, area(CAU_GIAY)), by_official=True
    )
    assert comparison.person
    assert (comparison.person.person_id, comparison.outcome) == (an, Outcome.DIFFERENCES)
    assert comparison.differing == {"number": "not_declared"}


def test_a_stranger_who_knows_name_birth_date_and_commune_is_told_that_it_does_not_agree():
    someone(pin=PIN)
    assert not compared("", home=area(CAU_GIAY)).outcome.agrees


@pytest.mark.parametrize("number", ["", PIN, "001085009999"], ids=["none", "the wife's", "nobody's"])
def test_the_surest_found_otherwise_than_by_the_number_are_put_before_people(number):
    someone(pin=PIN, full_name="Nguyễn Thị Lan", birth_date=dt.date(1988, 1, 9), sex=2)
    an = someone(pin=OTHER_PIN, phone="0912345678")
    comparison = identify(
        declared_identity(number, "Nguyễn Văn An", PartialDate.of(BORN), 1, area(CAU_GIAY), "0912345678")
    )
    assert comparison.person
    assert (comparison.person.person_id, comparison.outcome.agrees, comparison.doubtful) == (an, False, True)
    assert not compared("001085005678", home=area(CAU_GIAY)).doubtful


def test_of_two_whom_a_repaired_number_may_mean_neither_is_chosen():
    someone(pin=PIN)
    someone(pin="001085002143")  # of the same name and birth date
    assert compared(NEIGHBOURS_SWAPPED).outcome == Outcome.NOT_FOUND


def test_the_dead_are_found_by_a_repaired_number_and_do_not_travel():
    an = someone(pin=PIN)
    actions.record_death(acting_as(ha()), an, dt.date(2021, 8, 1), "Giấy báo tử")
    comparison = compared(NEIGHBOURS_SWAPPED)
    assert (comparison.outcome, comparison.differing) == (
        Outcome.DISAGREES,
        {"number": "transposed", "status": "dead"},
    )


def test_a_number_that_a_spreadsheet_rounded_is_unreadable():
    assert compared("1.09E+09").outcome == Outcome.UNREADABLE


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.text(max_size=14) | st.from_regex(r"[0-9]{9}|[0-9]{12}", fullmatch=True),
    name=st.text(max_size=40),
)
def test_whatever_is_declared_has_an_outcome(number, name):
    assert identify(declared_identity(number, name, None)).outcome in (Outcome.NOT_FOUND, Outcome.UNREADABLE)

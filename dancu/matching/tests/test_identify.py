import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.accounts.tests.factories import acting_as
from dancu.matching.lookups import DeclaredDate, Outcome, declared_identity, identify
from dancu.register import actions
from dancu.register.tests.factories import BEFORE, BEN_THANH, BORN, CAU_GIAY, DICH_VONG, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN, CMND = "001085001234", "001085005678", "012345678"


def compared(
    number: str = PIN, name: str = "Nguyễn Văn An", birth: dt.date = BORN, sex: int = 1, home: int | None = None
):
    return identify(declared_identity(number, name, DeclaredDate.of(birth), sex, home))


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


def test_a_number_of_nobody_takes_the_same_queries_as_one_of_somebody(django_assert_num_queries):
    someone(pin=PIN)
    for number in (PIN, "001085009999"):
        with django_assert_num_queries(2):
            compared(number)


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
    "said", [{"name": "Nguyễn An"}, {"name": "Nguyễn Văn Ân"}, {"birth": dt.date(1985, 3, 13)}, {"name": "Trần Thị Bé"}]
)
def test_a_repaired_number_needs_that_very_name_and_birth_date(said):
    someone(pin=PIN)
    assert compared(NEIGHBOURS_SWAPPED, **said).outcome == Outcome.NOT_FOUND


def test_of_two_whom_a_repaired_number_may_mean_neither_is_chosen():
    someone(pin=PIN)
    someone(pin="001085002143")  # of the same name and birth date
    assert compared(NEIGHBOURS_SWAPPED).outcome == Outcome.NOT_FOUND


def test_the_dead_are_found_by_a_repaired_number_and_do_not_travel():
    an = someone(pin=PIN)
    actions.record_death(acting_as(ha()), an, dt.date(2021, 8, 1), "Giấy báo tử")
    comparison = compared(NEIGHBOURS_SWAPPED)
    assert (comparison.outcome, comparison.differing) == (Outcome.DISAGREES, {"number": "transposed", "status": "dead"})


def test_a_number_that_a_spreadsheet_rounded_is_unreadable():
    assert compared("1.09E+09").outcome == Outcome.UNREADABLE


def test_a_slip_takes_the_same_queries_as_the_right_number(django_assert_num_queries):
    someone(pin=PIN)
    for number in (PIN, NEIGHBOURS_SWAPPED, YEAR_WRONG):
        with django_assert_num_queries(2):
            compared(number)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.text(max_size=14) | st.from_regex(r"[0-9]{9}|[0-9]{12}", fullmatch=True), name=st.text(max_size=40))
def test_whatever_is_declared_has_an_outcome(number, name):
    assert identify(declared_identity(number, name, None)).outcome in (Outcome.NOT_FOUND, Outcome.UNREADABLE)

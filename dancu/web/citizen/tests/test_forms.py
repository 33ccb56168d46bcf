import datetime as dt

import pytest
from django.utils import timezone

from dancu.web.citizen.tests.factories import answer, answers, date, errors_in, step_at, walk

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _all_answered(phone):
    walk(phone, who={"who": "other"}, vehicle={"vehicle": "bus"}, test={"test_kind": "pcr"})


def told(phone, step: str, /, **given) -> list[str]:
    """What is said of these answers in place of An's."""
    response = answer(phone, step, **(answers()[step] | given))
    return (
        [error.replace("&#x27;", "'") for error in errors_in(response)] if response.status_code == 200 else []
    )


@pytest.mark.parametrize(
    ("step", "given", "message"),
    [
        ("who", {"who": "nobody"}, "Select a valid choice"),
        ("declarer", {"declarer_name": ""}, "Enter your full name"),
        ("declarer", {"declarer_phone": ""}, "Enter the phone number"),
        ("number", {"number_kind": ""}, "Choose the type of number"),
        ("number", {"number": ""}, "Enter the number, or choose “No number”"),
        (
            "number",
            {"number": "79200001234"},
            "A 0 is missing at the front: the personal number has 12 digits.",
        ),
        (
            "number",
            {"number": "025123456"},
            "This is an old card number of 9 digits; the personal number has 12.",
        ),
        (
            "number",
            {"number": "003200001234"},
            "No province has the code 003, with which this number begins.",
        ),
        (
            "number",
            {"number_kind": "cmnd"},
            "This is a personal number of 12 digits; an old card number has 9.",
        ),
        (
            "number",
            {"number_kind": "passport", "number": "C-12/3"},
            "A passport number must only have letters and digits",
        ),
        ("identity", {"full_name": ""}, "Enter the full name"),
        (
            "identity",
            {"full_name": "079200001234"},
            "A name must only have letters and spaces: check what you typed",
        ),
        ("identity", {"birth_2": ""}, "Enter the year"),
        ("identity", {"birth_0": "", "birth_1": "", "birth_2": ""}, "Enter the birth date, or only the year"),
        (
            "identity",
            {"birth_0": "31"},
            "This date does not exist: check the day, month and year",
        ),
        ("identity", {"birth_1": ""}, "Enter the month too, or leave the day blank"),
        ("identity", {"birth_2": "1850"}, "The year of birth must be 1890 or later"),
        ("identity", {"birth_2": "2190"}, "The birth date must not be in the future"),
        ("identity", {"sex": ""}, "Choose the sex"),
        ("phone", {"phone": "123"}, "Enter a phone number with 10 digits starting with 0"),
        ("home", {"home_area": ""}, "Enter the commune"),
        ("home", {"home_area": "Atlantis"}, "We could not find this commune."),
        ("home", {"permanent_here": ""}, "Choose whether the permanent residence is registered there"),
        ("destination", {"destination_area": "Tân Lập"}, "communes match “Tân Lập”."),
        ("reason", {"reason": ""}, "Choose the purpose of the journey"),
        ("reason", {"reason": "other"}, "Enter the reason in a few words"),
        ("vehicle", {"vehicle": ""}, "Choose the means of transport"),
        ("vehicle", {"companions": ""}, "Enter how many other people are travelling, or 0"),
        ("vehicle", {"companions": "-1"}, "Enter a number from 0 to 99"),
        ("vehicle", {"companions": "hai"}, "Enter a number from 0 to 99"),
        ("plate", {"plate": "???"}, "A number plate has letters and digits, such as 51F-123.45"),
        ("health", {"symptoms": []}, "Choose the symptoms, or “None of these”"),
        ("health", {"symptoms": ["none", "fever"]}, "Choose symptoms or “None of these”, not both"),
        (
            "health",
            {"contact": ""},
            "Choose whether the traveller has been near someone who has or may have COVID-19",
        ),
        ("places", {"places": "x" * 501}, "The list must be 500 characters or fewer"),
        ("test", {"test_kind": ""}, "Choose the type of test, or “No test in the last 30 days”"),
        ("test", {"doses": ""}, "Choose the number of doses"),
        ("result", {"test_result": ""}, "Choose the result"),
    ],
)
def test_what_is_wrong_is_said_in_the_summary(phone, step, given, message):
    assert any(message in error for error in told(phone, step, **given)), told(phone, step, **given)


def test_a_departure_too_far_ahead_is_declared_nearer_to_that_day(phone):
    later = TODAY() + dt.timedelta(days=4)
    (error,) = told(phone, "when", **date("departs_on", later), **date("arrives_on", later))
    assert error.startswith("The departure date must be")


def test_a_journey_that_has_begun_may_still_be_declared(phone):
    yesterday = TODAY() - dt.timedelta(days=1)
    assert told(phone, "when", **date("departs_on", yesterday)) == []
    long_ago = TODAY() - dt.timedelta(days=9)
    assert told(phone, "when", **date("departs_on", long_ago))


def test_an_arrival_comes_after_the_departure_and_within_a_fortnight(phone):
    tomorrow, far = (TODAY() + dt.timedelta(days=days) for days in (1, 30))
    assert told(phone, "when", **date("departs_on", tomorrow)) == [
        "The arrival date must not be before the departure date"
    ]
    assert told(phone, "when", **date("arrives_on", far)) == [
        "The arrival date must be within 14 days of the departure date"
    ]


def test_a_test_is_at_most_a_month_old_and_not_of_tomorrow(phone):
    for days in (-31, 1):
        assert told(phone, "result", **date("tested_on", TODAY() + dt.timedelta(days=days)))
    assert told(phone, "result", **date("tested_on", TODAY() - dt.timedelta(days=29))) == []


def test_the_day_and_the_month_of_birth_may_be_unknown(phone):
    assert told(phone, "identity", birth_0="", birth_1="") == []
    assert told(phone, "identity", birth_0="") == []


def test_a_number_may_be_typed_as_it_is_printed(phone):
    assert told(phone, "number", number="079 200 001 234") == []
    page = phone.get("/declare/check/").content.decode()
    assert "079200001234" in page


def test_who_has_no_number_needs_none(phone):
    assert told(phone, "number", number_kind="none", number="079200001234") == []
    assert "079200001234" not in phone.get("/declare/check/").content.decode()


@pytest.mark.parametrize(
    "name", ["Y", "Y Blô Niê", "H'Hen Niê", "H’Hen Niê", "Nguyễn", "Nguyễn-Trần Anh", "Ng. Văn An"]
)
def test_names_of_every_people_are_names(phone, name):
    assert told(phone, "identity", full_name=name) == []


def test_without_a_script_several_communes_of_one_name_are_offered(phone):
    response = answer(phone, "destination", destination_area="Tân Lập", destination_detail="")
    page = response.content.decode()
    assert 'type="radio"' in page
    chosen = page.split('name="destination_area_choice"')[1].split('value="')[1].split('"')[0]
    response = answer(phone, "destination", destination_area="Tân Lập", destination_area_choice=chosen)
    assert step_at(response) == "check"


def test_the_seat_of_a_train_needs_no_plate(phone):
    answer(phone, "vehicle", vehicle="train", companions="0")
    assert step_at(answer(phone, "plate", seat="Toa 5, ghế 12")) == "check"


def test_a_page_keeps_no_more_than_its_form_asks(phone):
    answer(phone, "phone", phone="0901234567", anything="x" * 5000, csrfmiddlewaretoken="y")
    assert phone.session["draft"]["kept"]["phone"] == {"phone": ["0901234567"]}


def test_nationalities_are_named_in_the_readers_language(phone):
    answer(phone, "number", number_kind="passport", number="M12345678")
    assert ">South Korea</option>" in phone.get("/declare/nationality/").content.decode()
    page = phone.get("/declare/nationality/", headers={"Accept-Language": "vi"}).content.decode()
    assert ">Hàn Quốc</option>" in page

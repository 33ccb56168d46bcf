import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dancu.checkpoints import lookups as checkpoints
from dancu.register import actions as register
from dancu.web.citizen.tests.factories import NOBODYS, answer, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations

pytestmark = pytest.mark.django_db

SWAPPED = {"birth_0": "2", "birth_1": "1", "birth_2": "2001"}
SLIPPED = "079200001243"  # the last two digits of An's number exchanged
WRONG_NAME = {"full_name": "Trần Thị Bưởi"}


@pytest.mark.parametrize(
    ("changes", "outcome", "agrees"),
    [
        ({}, "confirmed", True),
        ({"identity": {"full_name": "NGUYEN VAN AN"}}, "confirmed", True),
        ({"identity": {"full_name": "Nguyễn An"}}, "differences", True),
        ({"number": {"number": SLIPPED}}, "differences", True),
        ({"number": {"number": SLIPPED}, "identity": WRONG_NAME}, "not_found", False),
        ({"identity": WRONG_NAME}, "disagrees", False),
        ({"identity": SWAPPED}, "disagrees", False),
        ({"number": {"number": NOBODYS}}, "not_found", False),
        ({"number": {"number_kind": "none", "number": ""}}, "unreadable", False),
        ({"number": {"number_kind": "passport", "number": "M12345678"}}, "unreadable", False),
    ],
)
def test_a_citizen_learns_only_whether_it_agrees(an, phone, changes, outcome, agrees):
    response = declare(phone, **changes)

    assert declarations()[0]["outcome"] == outcome
    assert ("/pass/" in response["Location"]) == agrees
    assert (response["Location"] == "/declare/outcome/") == (not agrees)


def told(response, phone: Client) -> str:
    """All that came back, but for what is random in every page."""
    page = phone.get(response["Location"])
    text = f"{response.status_code} {response['Location']} {sorted(response.headers)} {page.content.decode()}"
    text = re.sub(
        r"\d\d:\d\d|data-[a-z-]*(ends|left|until|seconds)[a-z-]*=\"[^\"]*\"", "", text
    )  # until when answers are kept
    return re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"', "", text)


def test_a_wrong_number_a_wrong_name_and_a_wrong_birth_date_are_told_alike(an):
    pages = []
    for changes in (
        {"number": {"number": NOBODYS}},
        {"identity": WRONG_NAME},
        {"identity": SWAPPED},
        {"number": {"number": NOBODYS}, "identity": WRONG_NAME},
    ):
        phone = Client(headers={"Accept-Language": "en"})
        pages.append(told(declare(phone, **changes), phone))
    assert len(set(pages)) == 1
    assert "could not be confirmed" in pages[0]


def test_the_dead_are_told_like_a_wrong_number(country):
    person_id = register.add_person(
        None, full_name="Nguyễn Văn An", birth_date=dt.date(2000, 2, 15), sex=1, pin="079200001234", home_area=1,
        valid_from=dt.date(2000, 2, 15), basis="birth certificate",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET status = 2 WHERE person_id = %s", [person_id])
    phones = [Client(headers={"Accept-Language": "en"}) for _ in range(2)]
    pages = [told(declare(phones[0]), phones[0]), told(declare(phones[1], number={"number": NOBODYS}), phones[1])]
    assert pages[0] == pages[1]


def test_a_wrong_number_takes_the_same_steps_as_a_wrong_name(an):
    """The same statements in the same order: so they take the same time, but for what the database's cache does."""
    declare(Client())  # so that the signing key is at hand for both
    steps = []
    for changes in (
        {"number": {"number": NOBODYS}},
        {"identity": WRONG_NAME},
        {"number": {"number": SLIPPED}, "identity": WRONG_NAME},
    ):
        phone = Client()
        walk(phone, **changes)
        phone.get("/declare/check/")
        with CaptureQueriesContext(connection) as queries:
            phone.post("/declare/check/", {"honest": "on"})
        said = [re.sub(r"_x\d+|\d+", "", query["sql"])[:36] for query in queries.captured_queries]
        # What is asked every few seconds, whoever declares.
        steps.append([step for step in said if not step.startswith(("-- Which edition", "-- How many people"))])
    assert steps[0] == steps[1] == steps[2]


def test_the_pass_of_a_wrong_number_looks_like_the_pass_of_a_wrong_name(an):
    pages = []
    for number in ("079200001234", NOBODYS):
        phone = Client(headers={"Accept-Language": "en"})
        declare(phone, number={"number": number}, identity=WRONG_NAME)
        page = phone.get(phone.post("/declare/go-on/")["Location"]).content.decode()
        page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
        page = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(\.[\w-]+)?", "", page)
        page = re.sub(r"\d\d:\d\d( \d\d/\d\d/\d{4})?", "", page)
        pages.append(re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"', "", page))
    assert pages[0] == pages[1]


def test_going_on_gives_a_pass_that_an_officer_checks_by_hand(an, phone):
    declare(phone, identity=WRONG_NAME)
    response = phone.post("/declare/go-on/")
    page = phone.get(response["Location"]).content.decode()
    assert "will look at the traveller's papers" in page
    assert "<svg" in page
    assert "draft" not in phone.session


def test_pressing_go_on_twice_shows_the_same_pass(an, phone):
    declare(phone, identity=WRONG_NAME)
    declaration = str(declarations()[0]["declaration_id"])
    first = phone.post("/declare/go-on/", {"declaration": declaration})
    second = phone.post("/declare/go-on/", {"declaration": declaration})
    assert first["Location"] == second["Location"]


def test_correcting_keeps_the_answers_and_withdraws_the_first_pass(an, phone):
    declare(phone, identity=WRONG_NAME)
    assert phone.post("/declare/correct/")["Location"] == "/declare/check/"
    assert "Trần Thị Bưởi" in phone.get("/declare/check/").content.decode()
    answer(phone, "identity", full_name="Nguyễn Văn An", birth_0="15", birth_1="2", birth_2="2000", sex="1")

    response = send(phone)

    assert "/pass/" in response["Location"]
    first, second = declarations()
    assert first["declaration_id"] != second["declaration_id"]
    assert second["outcome"] == "confirmed"
    assert checkpoints.pass_of_declaration(first["declaration_id"])["revoked_at"]
    assert not checkpoints.pass_of_declaration(second["declaration_id"])["revoked_at"]


def test_answering_otherwise_after_going_back_is_a_correction_too(an, phone):
    declare(phone, identity=WRONG_NAME)
    answer(phone, "identity", full_name="Nguyễn Văn An", birth_0="15", birth_1="2", birth_2="2000", sex="1")
    assert "/pass/" in send(phone)["Location"]
    assert checkpoints.pass_of_declaration(declarations()[0]["declaration_id"])["revoked_at"]


def test_sending_again_without_a_change_asks_again_what_to_do(an, phone):
    declare(phone, identity=WRONG_NAME)
    assert phone.post("/declare/check/", {"honest": "on"})["Location"] == "/declare/outcome/"
    assert len(declarations()) == 1


def test_without_a_number_the_page_says_that_papers_are_checked(an, phone):
    response = declare(phone, number={"number_kind": "none", "number": ""})
    page = phone.get(response["Location"]).content.decode()
    assert "An officer will check the papers" in page
    assert "could not be confirmed" not in page


def test_a_passport_of_nine_digits_is_not_taken_for_an_old_card_number(an, phone):
    declare(phone, number={"number_kind": "passport", "number": "025123456"}, nationality={"nationality": "USA"})
    assert declarations()[0]["outcome"] == "unreadable"


def test_there_is_no_outcome_without_a_declaration(phone):
    assert phone.get("/declare/outcome/")["Location"] == "/declare/"
    assert phone.post("/declare/go-on/")["Location"] == "/declare/"
    assert phone.post("/declare/correct/")["Location"] == "/declare/"

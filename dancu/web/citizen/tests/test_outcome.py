import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.passes import unseal
from dancu.register import actions as register
from dancu.testing.travellers import commune
from dancu.web.citizen.tests.factories import NOBODYS, WRONG_NAME, answer, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations
from dancu.web.citizen.tests.test_sign_in import sign_in

pytestmark = pytest.mark.django_db

SWAPPED = {"birth_0": "2", "birth_1": "1", "birth_2": "2001"}
SLIPPED = "079200001243"  # the last two digits of An's number exchanged


OUTCOMES = [
    ({}, "confirmed", True),
    ({"identity": {"full_name": "NGUYEN VAN AN"}}, "confirmed", True),
    ({"identity": {"full_name": "Nguyễn An"}}, "differences", True),
    ({"number": {"number": SLIPPED}}, "differences", True),
    ({"number": {"number": SLIPPED}, "identity": WRONG_NAME}, "not_found", False),
    ({"identity": WRONG_NAME}, "disagrees", False),
    ({"identity": SWAPPED}, "disagrees", False),
    ({"number": {"number": NOBODYS}}, "not_found", False),
]
PAPERS = [
    {"number": {"number_kind": "none", "number": ""}},
    {"number": {"number_kind": "passport", "number": "M12345678"}},
]


@pytest.mark.parametrize(("changes", "outcome", "agrees"), OUTCOMES)
def test_who_has_not_shown_who_they_are_learns_nothing(an, phone, changes, outcome, agrees):
    response = declare(phone, **changes)

    assert declarations()[0]["outcome"] == outcome, "the officer sees it all the same"
    assert "/pass/" in response["Location"]
    assert phone.get("/declare/outcome/")["Location"] == "/declare/sent/"


@pytest.mark.parametrize(("changes", "outcome", "agrees"), OUTCOMES)
def test_nor_does_who_reads_the_code(an, phone, changes, outcome, agrees):
    declare(phone, **changes)
    facts = unseal(
        checkpoints.pass_of_declaration(declarations()[0]["declaration_id"])["qr_text"], timezone.now()
    )
    assert not facts.agrees
    assert len(facts.number_end) == 2


@pytest.mark.parametrize(
    "changes", [changes for changes, _outcome, agrees in OUTCOMES if not agrees and "number" not in changes]
)
def test_who_has_signed_in_learns_that_their_own_answers_do_not_agree(an, phone, changes):
    sign_in(phone)
    assert declare(phone, **changes)["Location"] == "/declare/outcome/"


def test_who_has_signed_in_learns_that_they_agree(an, phone):
    sign_in(phone)
    page = phone.get(declare(phone)["Location"]).content.decode()
    assert "will check the traveller's papers" not in page
    assert unseal(
        checkpoints.pass_of_declaration(declarations()[0]["declaration_id"])["qr_text"], timezone.now()
    ).agrees


@pytest.mark.parametrize("number", [NOBODYS, "079200001242"])
def test_who_has_signed_in_learns_nothing_of_other_numbers(an, phone, number):
    sign_in(phone)
    assert "/pass/" in declare(phone, number={"number": number}, identity=WRONG_NAME)["Location"]


@pytest.mark.parametrize("changes", PAPERS)
def test_without_a_number_papers_are_looked_at(an, phone, changes):
    assert declare(phone, **changes)["Location"] == "/declare/outcome/"


def told(response, phone: Client) -> str:
    """All that came back, but for what is random in every page."""
    page = phone.get(response["Location"])
    location = re.sub(r"/pass/.*", "/pass/", response["Location"])
    return f"{response.status_code} {location} {sorted(response.headers)} {plain(page.content.decode())}"


def plain(page: str) -> str:
    """Without what is random, and what was typed."""
    page = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    page = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(\.[\w-]+)?", "", page)
    page = re.sub(
        r"\d\d:\d\d( \d\d/\d\d/\d{4})?|data-[a-z-]*(ends|left|until|seconds)[a-z-]*=\"[^\"]*\"", "", page
    )
    return re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value|name="pass" value)="[^"]+"', "", page)


def test_a_wrong_name_and_a_wrong_birth_date_are_told_alike(an):
    pages = []
    for changes in ({"identity": WRONG_NAME}, {"identity": SWAPPED}):
        phone = Client(headers={"Accept-Language": "en"})
        sign_in(phone)
        pages.append(told(declare(phone, **changes), phone))
    assert len(set(pages)) == 1
    assert "could not confirm what you typed" in pages[0]


def test_the_dead_are_told_like_a_wrong_number(country):
    person_id = register.add_person(
        None,
        full_name="Nguyễn Văn An",
        birth_date=dt.date(2000, 2, 15),
        sex=1,
        pin="079200001234",
        home_area=commune("Phường Bến Thành, Hồ Chí Minh"),
        valid_from=dt.date(2000, 2, 15),
        basis="birth certificate",
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET status = 2, home_since = NULL WHERE person_id = %s", [person_id])
    phones = [Client(headers={"Accept-Language": "en"}) for _ in range(2)]
    pages = [
        told(declare(phones[0]), phones[0]),
        told(declare(phones[1], number={"number": NOBODYS}), phones[1]),
    ]
    assert pages[0] == pages[1]


def test_every_answer_takes_the_same_steps(an):
    """The same statements in the same order: so they take the same time, but for what the database's
    cache does.
    """
    declare(Client())  # so that the signing key is at hand for all
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
        steps.append(
            [step for step in said if not step.startswith(("-- Which edition", "-- How many people"))]
        )
    assert steps[0] == steps[1] == steps[2]


def test_the_pass_of_a_stranger_looks_the_same_whatever_the_register_holds(an):
    """Name, birth date and number in every combination of right, nearly right and wrong: nothing on any
    page tells them apart.
    """
    pages = set()
    for changes, _outcome, _agrees in OUTCOMES:
        name = changes.get("identity", {}).get("full_name", "Nguyễn Văn An")
        phone = Client(headers={"Accept-Language": "en"})
        pages.add(told(declare(phone, **changes), phone).replace(name, "…"))
    assert len(pages) == 1


def test_going_on_gives_a_pass_that_an_officer_checks_by_hand(an, phone):
    sign_in(phone)
    declare(phone, identity=WRONG_NAME)
    response = phone.post("/declare/go-on/")
    page = phone.get(response["Location"]).content.decode()
    assert "will check the traveller's papers" in page
    assert "<svg" in page
    assert "draft" not in phone.session


def test_pressing_go_on_twice_shows_the_same_pass(an, phone):
    sign_in(phone)
    declare(phone, identity=WRONG_NAME)
    declaration = str(declarations()[0]["declaration_id"])
    first = phone.post("/declare/go-on/", {"declaration": declaration})
    second = phone.post("/declare/go-on/", {"declaration": declaration})
    assert first["Location"] == second["Location"]


def test_correcting_keeps_the_answers_and_withdraws_the_first_pass(an, phone):
    sign_in(phone)
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
    sign_in(phone)
    declare(phone, identity=WRONG_NAME)
    answer(phone, "identity", full_name="Nguyễn Văn An", birth_0="15", birth_1="2", birth_2="2000", sex="1")
    assert "/pass/" in send(phone)["Location"]
    assert checkpoints.pass_of_declaration(declarations()[0]["declaration_id"])["revoked_at"]


def test_sending_again_without_a_change_asks_again_what_to_do(an, phone):
    sign_in(phone)
    declare(phone, identity=WRONG_NAME)
    assert phone.post("/declare/check/", {"honest": "on"})["Location"] == "/declare/outcome/"
    assert len(declarations()) == 1


def test_without_a_number_the_page_says_that_papers_are_checked(an, phone):
    response = declare(phone, number={"number_kind": "none", "number": ""})
    page = phone.get(response["Location"]).content.decode()
    assert "An officer will check the papers" in page
    assert "could not confirm what you typed" not in page


def test_a_passport_of_nine_digits_is_not_taken_for_an_old_card_number(an, phone):
    declare(
        phone, number={"number_kind": "passport", "number": "025123456"}, nationality={"nationality": "USA"}
    )
    assert declarations()[0]["outcome"] == "unreadable"


def test_there_is_no_outcome_without_a_declaration(phone):
    assert phone.get("/declare/outcome/")["Location"] == "/declare/"
    assert phone.post("/declare/go-on/")["Location"] == "/declare/"
    assert phone.post("/declare/correct/")["Location"] == "/declare/"

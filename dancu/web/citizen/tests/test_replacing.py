"""One journey, one pass: who declares it again is asked first, and nobody learns of a stranger's."""

import pytest
from django.db import connection
from django.test import Client

from dancu.accounts.lookups import Acting
from dancu.checkpoints import lookups as checkpoints
from dancu.isolation import actions as isolation
from dancu.isolation.lookups import state_of
from dancu.testing.officials import acting_as, make_official
from dancu.web.citizen.tests.factories import NUMBER, answer, answers, declare, errors_in, send, walk
from dancu.web.citizen.tests.test_again import WELL, token_of
from dancu.web.citizen.tests.test_declare import declarations
from dancu.web.citizen.tests.test_sign_in import sign_in
from dancu.web.citizen.tokens import pass_page, together_page

pytestmark = pytest.mark.django_db

ASKED = "Nguyễn Văn An, born 2000, already has a pass for this journey, valid until"


@pytest.fixture
def chi(db: None) -> Acting:
    return acting_as(make_official("chi", "commune_officer"))


def passes() -> list[dict]:
    return [checkpoints.pass_of_declaration(row["declaration_id"]) for row in declarations()]


def test_who_sent_it_before_is_asked_whether_to_replace_it(an, phone):
    first = declare(phone)["Location"]
    walk(phone)
    assert ASKED in phone.get("/declare/check/").content.decode()
    page = phone.get(phone.post("/declare/check/", {"honest": "on"})["Location"])
    assert errors_in(page) == ["Choose whether this declaration replaces the earlier pass"]

    second = send(phone, replace="yes")["Location"]

    old, new = passes()
    assert old["superseded_by"] == new["declaration_id"]
    assert (
        "It replaced the earlier pass of Nguyễn Văn An for this journey."
        in phone.get(second).content.decode()
    )
    page = phone.get(first).content.decode()
    assert "A newer declaration for the same journey replaced it" in page
    assert second in page
    assert "Valid until" not in page


def test_who_keeps_the_old_one_sends_nothing(an, phone):
    first = declare(phone)["Location"]
    walk(phone)
    response = phone.post("/declare/check/", {"replace": "no"})
    assert response["Location"] == first
    assert "Nothing was sent. The pass of Nguyễn Văn An is still valid." in phone.get(first).content.decode()
    assert len(declarations()) == 1
    assert "draft" not in phone.session


SON = {
    "full_name": "Nguyễn Văn Ân",
    "birth_0": "3",
    "birth_1": "6",
    "birth_2": "2019",
    "sex": "1",
    "number_kind": "pin",
    "number": NUMBER,
}
DAUGHTER = SON | {"full_name": "Nguyễn Văn Anh", "birth_2": "2015", "sex": "2"}
YEAR_ALONE = SON | {"birth_0": "", "birth_1": ""}
NUMBERLESS = {"number_kind": "none", "number": ""}
TWINS = (
    SON | NUMBERLESS | {"full_name": "Nguyễn Gia Hùng"},
    SON | NUMBERLESS | {"full_name": "Nguyễn Gia Hưng"},
)


@pytest.mark.parametrize(
    "children", [[SON], [YEAR_ALONE], [SON, DAUGHTER], TWINS], ids=["son", "year", "both", "twins"]
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_child_declared_with_a_parents_number_has_a_pass_beside_theirs(an, phone, children, signed_in):
    if signed_in:
        sign_in(phone)
    first = declare(phone)
    for child in children:
        phone.post("/declare/for-companion/", {"pass": token_of(first)})
        answer(phone, "card", skip="1")
        answer(phone, "companion", **child)
        answer(phone, "companion-health", **WELL)
        assert "has a pass for this journey" not in phone.get("/declare/check/").content.decode()
        onward = send(phone)["Location"]
        tells = signed_in or child["number_kind"] == "none"
        assert (onward == "/declare/outcome/") == tells, "whoever has not signed in learns nothing"
        theirs = phone.get(phone.post("/declare/go-on/")["Location"] if tells else onward).content.decode()
        assert child["full_name"] in theirs
        assert "It replaced" not in theirs
    assert [shown["superseded_at"] for shown in passes()] == [None] * (1 + len(children))
    assert "Valid until" in phone.get(first["Location"]).content.decode()


def test_the_question_names_whose_pass_it_is(an, phone):
    first = declare(phone)
    for _ in range(2):
        phone.post("/declare/for-companion/", {"pass": token_of(first)})
        answer(phone, "card", skip="1")
        answer(phone, "companion", **SON)
        answer(phone, "companion-health", **WELL)
        page = phone.get("/declare/check/").content.decode()
        send(phone, replace="yes")
        phone.post("/declare/go-on/")
    assert "Nguyễn Văn Ân, born 2019, already has a pass for this journey, valid until" in page
    assert [bool(shown["superseded_at"]) for shown in passes()] == [False, True, False]


def test_nobody_else_is_asked_or_told(an, phone):
    first = declare(phone)["Location"]
    other = Client(headers={"Accept-Language": "en"})
    walk(other)
    assert ASKED not in other.get("/declare/check/").content.decode()
    second = send(other)["Location"]
    page = Client(headers={"Accept-Language": "en"}).get(first).content.decode()
    assert (
        "for the same journey replaced it" not in page
    )  # else a pass declared in somebody's name would tell when they travel
    assert second not in page


def english() -> Client:
    return Client(headers={"Accept-Language": "en"})


def test_the_page_of_all_codes_tells_a_stranger_no_more_than_the_passes_own_page(an, phone):
    stranger = english()
    first = declare(stranger)["Location"]
    sign_in(phone)
    declare(phone)
    old, _new = passes()
    assert old["superseded_by"]
    for address in (first, together_page([old["pass_id"]])):
        told = stranger.get(address).content.decode()
        assert "no longer valid" not in told
        assert checkpoints.pass_code(old["pass_id"]) in told
    slips = stranger.get(together_page([old["pass_id"]], "citizen:together-pdf"))
    assert slips["Content-Type"] == "application/pdf"


def test_a_stranger_does_not_learn_that_the_commune_has_met_the_traveller(phone, chi):
    without = {"number": {"number_kind": "none", "number": ""}}
    stranger, traveller = english(), phone
    for one in (stranger, traveller):
        declare(one, **without)
    theirs, mine = passes()
    isolation.meet(chi, mine["declaration_id"])
    assert {state_of(one["person_id"], one["declaration_id"]) for one in (theirs, mine)} == {"met"}
    for address in (pass_page(theirs["pass_id"]), together_page([theirs["pass_id"]])):
        told = stranger.get(address).content.decode()
        assert "The journey is over" not in told
        assert "no longer valid" not in told


def test_who_signed_in_learns_that_the_journey_is_over(an, phone, chi):
    declare(phone)
    isolation.meet(chi, passes()[0]["declaration_id"])
    page = pass_page(passes()[0]["pass_id"])
    for anybody in (phone, english()):
        assert "The journey is over" not in anybody.get(page).content.decode()
    sign_in(signed := english())
    assert "The journey is over" in signed.get(page).content.decode()


def test_who_signed_in_is_asked_about_their_own(an, phone):
    declare(Client())
    sign_in(phone)
    walk(phone)
    assert ASKED in phone.get("/declare/check/").content.decode()


def test_another_destination_is_another_journey(an, phone):
    declare(phone)
    walk(phone, destination={"destination_area": "Phường Hải Vân, Thành phố Đà Nẵng"})
    assert ASKED not in phone.get("/declare/check/").content.decode()
    send(phone)
    assert [shown["superseded_at"] for shown in passes()] == [None, None]


def test_a_pass_whose_journey_is_over_is_not_asked_about_of_who_signed_in(an, phone):
    sign_in(phone)
    declare(phone)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival SET state = 'met', met_at = now()")
    walk(phone)
    assert ASKED not in phone.get("/declare/check/").content.decode()


def test_who_is_ill_now_is_not_offered_to_keep_the_pass(an, phone):
    declare(phone)
    walk(
        phone,
        test={"test_kind": "pcr", "doses": "2"},
        result=answers()["result"] | {"test_result": "positive"},
    )
    assert ASKED not in phone.get("/declare/check/").content.decode()
    assert send(phone)["Location"] == "/declare/stay/"
    shown = checkpoints.pass_of_declaration(declarations()[0]["declaration_id"])
    assert shown["superseded_at"]
    assert (
        "The earlier pass for this journey is no longer valid."
        in phone.get("/declare/stay/").content.decode()
    )


def test_passes_that_were_replaced_are_not_listed(an, phone):
    declare(phone)
    declare(phone)
    sign_in(phone)
    assert phone.get("/passes/").content.decode().count('class="dancu-door"') == 1

"""Who declares in somebody's name sees the same pages and lists, whatever the register holds and whatever
that person, the commune or an officer did meanwhile: else a wrong birth date is told from the right one, and
a traveller from one who stays at home.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints import lookups
from dancu.checkpoints.reasons import REASONS
from dancu.isolation import actions as isolation
from dancu.isolation.lookups import arrivals_of
from dancu.messaging.lookups import recent
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import journey, my_thuan
from dancu.web.citizen.tests.factories import NUMBER, WRONG_NAME, declare, send, walk
from dancu.web.citizen.tests.test_declare import declarations
from dancu.web.citizen.tests.test_outcome import SWAPPED, plain
from dancu.web.citizen.tests.test_sign_in import sign_in
from dancu.web.citizen.tokens import pass_page, together_page

pytestmark = pytest.mark.django_db

STRANGERS = "0933333333"  # the telephone of who declares in An's name
TYPED: list[dict[str, Any]] = [{}, {"identity": SWAPPED}, {"identity": WRONG_NAME}]
ILL = {"health": {"symptoms": ["fever"], "contact": "no"}}


def english() -> Client:
    return Client(headers={"Accept-Language": "en"})


def chi() -> Any:
    return acting_as(make_official("chi", "commune_officer"))


def binh() -> Any:
    return acting_as(make_official("binh", "checkpoint_officer"))


def signed_in(an: int) -> Client:
    sign_in(phone := english())
    return phone


def nobody_does_anything(an: int) -> None:
    pass


def he_declares_signed_in(an: int) -> None:
    declare(signed_in(an))


def he_declares_signed_in_that_he_is_ill(an: int) -> None:
    declare(signed_in(an), **ILL)


def he_declares_without_signing_in(an: int) -> None:
    declare(english())


def he_declares_signed_in_and_withdraws(an: int) -> None:
    phone = signed_in(an)
    page = declare(phone)["Location"]
    phone.post(f"{page}withdraw/")


def he_declares_and_the_commune_meets_him(an: int) -> None:
    declare(english())
    isolation.meet(chi(), declarations()[-1]["declaration_id"])


def the_commune_meets_him_as_the_stranger_declared(an: int) -> None:
    isolation.meet_many(chi(), [row["declaration_id"] for row in arrivals_of(an)])


def an_officer_keys_him_in(an: int) -> None:
    checkpoints.declare(journey(phone=""), uuid7(), binh())


def an_officer_keys_him_in_by_mistake(an: int) -> None:
    acting = binh()
    keyed_in = checkpoints.declare(journey(phone=""), uuid7(), acting)
    checkpoints.revoke_pass(keyed_in.pass_id, "", acting, reason_code="keyed_in")


def an_officer_lets_him_through_with_every_pass_of_his(an: int) -> None:
    acting, station = binh(), my_thuan()
    for row in lookups.passes_of(an):
        checkpoints.record_crossing(
            acting,
            crossing_id=uuid7(),
            pass_id=row["pass_id"],
            station_id=station,
            direction="in",
            decision="through",
        )


def an_officer_revokes_every_pass_of_his(an: int) -> None:
    acting, code = binh(), next(code for code in REASONS["revoke"] if code != "keyed_in")
    for row in lookups.passes_of(an):
        checkpoints.revoke_pass(row["pass_id"], "", acting, reason_code=code)


MEANWHILE = [
    nobody_does_anything,
    he_declares_signed_in,
    he_declares_signed_in_that_he_is_ill,
    he_declares_without_signing_in,
    he_declares_signed_in_and_withdraws,
    he_declares_and_the_commune_meets_him,
    the_commune_meets_him_as_the_stranger_declared,
    an_officer_keys_him_in,
    an_officer_keys_him_in_by_mistake,
    an_officer_lets_him_through_with_every_pass_of_his,
    an_officer_revokes_every_pass_of_his,
]


def seen(an: int, meanwhile: Callable[[int], None], typed: dict[str, Any]) -> dict[str, str]:
    """All that a stranger can look at who declared this with a telephone of their own, before and after
    declaring it once more.
    """
    stranger, elsewhere, told = english(), english(), {}
    given = {"phone": {"phone": STRANGERS}} | typed

    def look(when: str) -> None:
        ids = [row["declaration_id"] for row in declarations() if row["phone"] == STRANGERS]
        passes = [lookups.pass_of_declaration(one)["pass_id"] for one in ids]
        holder = english()
        sign_in(holder, NUMBER, STRANGERS)
        pages = {
            "the pass": pass_page(passes[0]),
            "the last": pass_page(passes[-1]),
            "all": together_page(passes),
        }
        asked = [
            ("the same session", stranger, pages),
            ("another", elsewhere, pages),
            ("the telephone's", holder, pages | {"list": "/passes/"}),
        ]
        for who, browser, theirs in asked:
            for what, page in theirs.items():
                answer = browser.get(page)
                told[f"{when}: {what} in {who}"] = f"{answer.status_code} {plain(answer.content.decode())}"
        for name in ("pass-full", "pass-withdraw", "pass-pdf"):
            answer = elsewhere.get(pass_page(passes[0], f"citizen:{name}"))
            told[f"{when}: {name}"] = f"{answer.status_code} {answer['Content-Type']}"
        told[f"{when}: messages"] = str(len([one for one in recent(50) if one.recipient == STRANGERS]))

    declare(stranger, **given)
    meanwhile(an)
    look("before")
    walk(stranger, **given)
    told["asked"] = str("has a pass for this journey" in stranger.get("/declare/check/").content.decode())
    sent = send(stranger)
    told["sent"] = plain(stranger.get(sent["Location"]).content.decode())
    look("after")
    stranger.post(f"{sent['Location']}withdraw/")
    first = next(row["declaration_id"] for row in declarations() if row["phone"] == STRANGERS)
    stranger.post(pass_page(lookups.pass_of_declaration(first)["pass_id"], "citizen:pass-withdraw"))
    look("withdrawn")
    name = typed.get("identity", {}).get("full_name", "Nguyễn Văn An")
    codes = re.compile(r"/pass/[^ \"]*|[0-9A-Z]{4}(-[0-9A-Z]{4}){2}[^ \"]*")
    return {what: codes.sub("", page.replace(name, "…")) for what, page in told.items()}


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is asked to wait."""
    monkeypatch.setattr("dancu.web.citizen.limits.allow", lambda *_given: True)
    monkeypatch.setattr("dancu.web.citizen.limits.CODES_TO_A_TELEPHONE", 100)


@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda deed: deed.__name__)
def test_nothing_that_a_stranger_sees_tells_the_right_from_the_wrong(an, often, meanwhile):
    told = []
    for typed in TYPED:
        with transaction.atomic():
            told.append(seen(an, meanwhile, typed))
            transaction.set_rollback(True)
    for other in told[1:]:
        assert other == told[0]
    assert told[0]["asked"] == "True"
    assert "dancu-door" in told[0]["before: list in the telephone's"]

"""The same journey once more, and somebody who travels along: nothing is asked that is known, and health
always.
"""

import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.web.citizen.remember import COOKIE, DAYS
from dancu.web.citizen.tests.factories import NUMBER, PHONE, answer, declare, errors_in, send, step_at, walk
from dancu.web.citizen.tests.test_declare import declarations
from dancu.web.citizen.tests.test_sign_in import sign_in

pytestmark = pytest.mark.django_db

WELL = {"well": "well", "doses": "2", "places": ""}
LAN = {
    "full_name": "Lê Ngọc Lan",
    "birth_0": "3",
    "birth_1": "6",
    "birth_2": "2001",
    "sex": "2",
    "number_kind": "pin",
    "number": "079301005678",
}
HOME = ("home_area", "home_detail", "permanent_area", "permanent_detail")
JOURNEY = (
    "origin_area", "origin_detail", "destination_area",
    "destination_detail", "departs_on", "arrives_on", "reason", "vehicle", "plate",
)  # fmt: skip


def token_of(response) -> str:
    return response["Location"].strip("/").rpartition("/")[2]


def when(departs: dt.date, arrives: dt.date) -> dict[str, str]:
    return {
        f"{field}_{place}": str(part)
        for field, day in (("departs_on", departs), ("arrives_on", arrives))
        for place, part in enumerate((day.day, day.month, day.year))
    }


def companion(phone: Client, token: str, who=LAN, **health):
    """From the pass's page to the companion's pass."""
    assert step_at(phone.post("/declare/for-companion/", {"pass": token})) == "card"
    assert step_at(answer(phone, "card", skip="1")) == "companion"
    assert step_at(answer(phone, "companion", **who)) == "companion-health"
    assert step_at(answer(phone, "companion-health", **WELL | health)) == "check"
    sent = send(phone)
    return phone.post("/declare/go-on/") if sent["Location"] == "/declare/outcome/" else sent


def test_of_a_companion_only_the_person_and_their_health_are_asked(an, phone):
    first = declare(phone, places={"places": "Chợ Bến Thành"})
    companion(phone, token_of(first), places="Chợ Bến Thành")
    mine, theirs = declarations()
    assert {field: mine[field] for field in JOURNEY} == {field: theirs[field] for field in JOURNEY}
    assert [theirs[field] for field in HOME] == [
        None,
        "",
        None,
        "",
    ]  # who travels along need not live with the first
    assert (theirs["full_name"], theirs["number"], theirs["declared_by"]) == (
        "Lê Ngọc Lan",
        "079301005678",
        "other",
    )
    assert (theirs["declarer_name"], theirs["declarer_phone"], theirs["phone"]) == (
        "Nguyễn Văn An",
        PHONE,
        "",
    )
    assert (theirs["symptoms"], theirs["contact"], theirs["doses"], theirs["test_kind"]) == ([], False, 2, "")


def test_a_companions_card_answers_all_but_their_health(an, phone):
    token = token_of(declare(phone))
    phone.post("/declare/for-companion/", {"pass": token})
    card = "079301005678|025123457|Lê Ngọc Lan|03062001|Nữ|12 Lê Lợi, Phường Bến Thành|25042021"
    assert step_at(answer(phone, "card", code=card)) == "companion"
    page = phone.get("/declare/companion/").content.decode()
    assert "Read from the card: Lê Ngọc Lan, born 03/06/2001." in page
    assert 'value="Lê Ngọc Lan"' in page
    assert 'value="079301005678"' in page
    assert "govuk-error-summary" not in page


def test_a_companion_who_may_be_ill_is_asked_everything_about_it(an, phone):
    token = token_of(declare(phone))
    phone.post("/declare/for-companion/", {"pass": token})
    answer(phone, "card", skip="1")
    answer(phone, "companion", **LAN)
    assert step_at(answer(phone, "companion-health", **WELL | {"well": "perhaps_not"})) == "health"
    assert step_at(answer(phone, "health", symptoms=["cough"], contact="no")) == "test"
    assert step_at(answer(phone, "test", test_kind="none", doses="1")) == "check"


def test_the_health_of_the_first_traveller_is_never_copied(an, phone):
    token = token_of(declare(phone, health={"symptoms": ["cough"], "contact": "no"}))
    phone.post("/declare/for-companion/", {"pass": token})
    assert not {"health", "test", "result"} & phone.session["draft"]["kept"].keys()


def test_the_same_faults_are_told_on_a_page_of_several_steps(an, phone):
    token = token_of(declare(phone))
    phone.post("/declare/for-companion/", {"pass": token})
    answer(phone, "card", skip="1")
    page = answer(phone, "companion", **LAN | {"number": "0793", "birth_1": "13"})
    assert any("12 digits" in error for error in errors_in(page))
    assert 'value="Lê Ngọc Lan"' in page.content.decode()


def test_everyone_who_travels_together_stands_on_one_page_and_one_slip(an, phone):
    first = declare(phone)
    second = companion(phone, token_of(first))
    third = companion(
        phone, token_of(second), LAN | {"full_name": "Nguyễn Bé", "number_kind": "none", "number": ""}
    )
    page = phone.get(third["Location"]).content.decode()
    assert "Show all 3 codes on one page" in page
    address = page.split('href="/together/')[1].split('"')[0]
    together = Client(headers={"Accept-Language": "en"}).get(f"/together/{address}").content.decode()
    for name in ("Nguyễn Văn An", "Lê Ngọc Lan", "Nguyễn Bé"):
        assert name in together
    assert "One code for all" in together
    assert together.count("<svg") == 4
    pdf = phone.get(f"/together/{address}slips.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert b"/Count 1" in pdf.content or b"/Type /Page" in pdf.content


def test_a_withdrawn_pass_has_no_code_among_the_others(an, phone):
    first = declare(phone)
    second = companion(phone, token_of(first))
    address = phone.get(second["Location"]).content.decode().split('href="/together/')[1].split('"')[0]
    phone.post(f"{first['Location']}withdraw/")
    page = phone.get(f"/together/{address}").content.decode()
    assert page.count("<svg") == 1
    assert "no longer valid" in page


@pytest.mark.parametrize("token", ["x", "7K3M-9QX2-PF4Y~7K3M-9QX2-PF4Y", "7K3M-9QX2-PF4Y.abc"])
def test_nobody_makes_up_a_page_of_several_codes(phone, token):
    assert phone.get(f"/together/{token}/").status_code == 404
    assert phone.get(f"/together/{token}/slips.pdf").status_code == 404


def test_the_address_of_a_pass_alone_copies_nothing(an, phone):
    token = token_of(declare(phone))
    stranger = Client(headers={"Accept-Language": "en"})
    assert stranger.post("/declare/for-companion/", {"pass": token}).status_code == 404
    assert stranger.post("/declare/as-last-time/", {"pass": token}).status_code == 404
    page = stranger.get(f"/pass/{token}/").content.decode()
    assert "Declare for a companion" not in page
    assert "Declaration sent" not in page
    assert "draft" not in stranger.session


def test_after_an_hour_a_shared_phone_offers_nothing_of_the_journey(an, phone):
    token = token_of(declare(phone))
    session = phone.session
    session["sent"] = [[*entry[:2], entry[2] - 3601, *entry[3:]] for entry in session["sent"]]
    session.save()
    assert phone.post("/declare/for-companion/", {"pass": token}).status_code == 404
    assert step_at(phone.get("/declare/check/")) == "declare"


def test_as_last_time_from_this_phone_asks_for_dates_and_health_alone(an, phone):
    walk(phone)
    send(phone, remember="on")
    assert "Phường Bến Thành → Phường Ninh Kiều" in phone.get("/").content.decode()
    assert step_at(phone.post("/declare/as-last-time/")) == "again"
    page = phone.get("/declare/again/").content.decode()
    assert f'name="departs_on_2" value="{timezone.localdate().year}"' in page
    assert "govuk-error-summary" not in page

    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert step_at(answer(phone, "again", **WELL, **when(tomorrow, tomorrow))) == "check"
    send(phone)

    first, second = declarations()
    assert (second["departs_on"], second["arrives_on"]) == (tomorrow, tomorrow)
    different = {"departs_on", "arrives_on"}
    assert {field: first[field] for field in JOURNEY if field not in different} == {
        field: second[field] for field in JOURNEY if field not in different
    }
    assert (second["number"], second["phone"], second["outcome"]) == (NUMBER, PHONE, "confirmed")


def test_a_journey_that_took_two_days_takes_two_days_again(an, phone):
    today = timezone.localdate()
    walk(phone, when=when(today, today + dt.timedelta(days=2)))
    send(phone, remember="on")
    phone.post("/declare/as-last-time/")
    kept = phone.session["draft"]["kept"]["when"]
    arrives = dt.date(*(int(kept[f"arrives_on_{place}"][0]) for place in (2, 1, 0)))
    assert arrives == today + dt.timedelta(days=2)


def test_dates_that_are_wrong_are_told_on_the_short_page_too(an, phone):
    walk(phone)
    send(phone, remember="on")
    phone.post("/declare/as-last-time/")
    today = timezone.localdate()
    page = answer(phone, "again", **WELL, **when(today, today - dt.timedelta(days=1)))
    assert "The arrival date must not be before the departure date" in errors_in(page)


def test_as_last_time_where_nothing_is_remembered_begins_as_usual(phone):
    assert phone.post("/declare/as-last-time/")["Location"] == "/declare/"


def test_a_phone_that_remembers_the_traveller_alone_offers_no_journey(an, phone):
    identity = {
        "identity": {"full_name": ["Nguyễn Văn An"]},
        "number": {"number_kind": ["pin"], "number": [NUMBER]},
    }
    phone.cookies[COOKIE] = signing.dumps(identity, salt="dancu.web.citizen.remember", compress=True)
    page = phone.get("/").content.decode()
    assert "Nguyễn Văn An" in page
    assert "Same journey as last time" not in page
    assert phone.post("/declare/as-last-time/")["Location"] == "/declare/"


def test_very_long_addresses_still_fit_into_what_a_browser_keeps(an, phone):
    long = "".join(chr(0x1E00 + n % 200) for n in range(200))
    walk(
        phone,
        home={"home_detail": long},
        origin={"origin_detail": long[::-1]},
        destination={"destination_detail": long[7:]},
    )
    send(phone, remember="on")
    cookie = phone.cookies[COOKIE].value
    assert len(cookie) < 4000
    assert signing.loads(cookie, salt="dancu.web.citizen.remember", max_age=DAYS * 86400)["identity"]


def test_who_signs_in_is_offered_the_last_journey_again(an, phone):
    declare(Client())
    sign_in(phone)
    page = phone.get("/passes/").content.decode()
    token = page.split('name="pass" value="')[1].split('"')[0]
    assert step_at(phone.post("/declare/as-last-time/", {"pass": token})) == "again"
    answer(phone, "again", **WELL, **when(timezone.localdate(), timezone.localdate()))
    page = phone.get("/declare/check/").content.decode()
    assert "already has a pass for this journey, valid until" in page  # they signed in, so they may know
    assert "12 Lê Lợi" in page


def test_who_has_a_telephone_of_the_declaration_alone_is_offered_it_too(an, phone):
    declare(Client(), phone={"phone": "0933333333"})
    sign_in(phone, telephone="0933333333")
    page = phone.get("/passes/").content.decode()
    token = page.split('name="pass" value="')[1].split('"')[0]
    assert step_at(phone.post("/declare/as-last-time/", {"pass": token})) == "again"


def test_only_the_passes_of_one_session_count_as_travelling_together(an, phone):
    declare(phone)
    (row,) = checkpoints.passes_of(an)
    other = Client(headers={"Accept-Language": "en"})
    page = other.get(declare(other)["Location"]).content.decode()
    assert "codes on one page" not in page
    assert row["pass_id"]

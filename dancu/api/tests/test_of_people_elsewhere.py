"""What a system may find by trying about somebody who does not live where its role counts: nothing but
that it was right or wrong, a few times.
"""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dancu.accounts import lookups as accounts
from dancu.accounts import quotas, tokens
from dancu.areas import lookups as areas
from dancu.audit import lookups as audit
from dancu.register import actions as register
from dancu.testing.officials import make_official

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

PIN, OLD_CARD = "079200000015", "025123456"
RIGHT = {"full_name": "Nguyễn Văn An", "birth_date": "2000-05-12"}


def person(pin: str = PIN, **changes: Any) -> int:
    home = areas.find("Phường Sài Gòn", level=areas.COMMUNE)[0].area_id
    held: dict[str, Any] = {
        "full_name": "Nguyễn Văn An",
        "birth_date": dt.date(2000, 5, 12),
        "sex": 1,
        "home_area": home,
        "pin": pin,
    }
    return register.add_person(None, **held | changes, valid_from=dt.date(2020, 1, 1), basis="test")


@pytest.fixture
def an() -> int:
    return person()


@pytest.fixture(autouse=True)
def _nothing_taken() -> None:
    quotas.forget()
    tokens._kept.clear()


@pytest.fixture(params=["area", "facility"])
def elsewhere(request: pytest.FixtureRequest) -> str:
    """The token of a hospital: of another commune than An's, or of a facility, to which nobody's home
    belongs.
    """
    cau_giay = areas.find("Phường Cầu Giấy", level=areas.COMMUNE)[0].area_id
    return token_of("tam", request.param, cau_giay if request.param == "area" else 7)


def token_of(username: str, kind: str, of: int, system: str = "hospital") -> str:
    official = accounts.Official.objects.filter(username=username).first() or make_official(
        username, "vaccinator", kind, of
    )
    return tokens.create_token(official.pk, accounts.grants(official.pk)[0].grant_id, system)


def ask(client: Client, token: str, *people: dict[str, Any], many: bool = False) -> list[dict[str, Any]]:
    path, body = ("identify-many", {"people": people}) if many else ("identify", people[0])
    told = client.post(
        f"/api/people/{path}",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert told.status_code == 200, told.content
    return told.json()["people"] if many else [told.json()]


def outcome(client: Client, token: str, many: bool = False, **sent: Any) -> str:
    return ask(client, token, {"number": PIN} | sent, many=many)[0]["outcome"]


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("sent", "needed"),
    [
        ({"birth_date": "2000-05-12"}, ["full_name"]),
        ({"birth_date": "1931-01-30"}, ["full_name"]),
        ({"full_name": "Nguyễn Văn An"}, ["birth_date"]),
        ({"full_name": "Nguyễn Văn An", "birth_date": "2000"}, ["birth_date"]),
        ({"full_name": "Nguyễn Văn An", "birth_date": "2000-05"}, ["birth_date"]),
        ({"full_name": "Lê Thị Hoa", "birth_date": "1931", "sex": 2}, ["birth_date"]),
        ({"sex": 1}, ["full_name", "birth_date"]),
        ({"sex": 2}, ["full_name", "birth_date"]),
        ({"full_name": "  ", "birth_date": "2000-05-12", "sex": 1}, ["full_name"]),
    ],
)
def test_one_field_alone_is_compared_with_nobody(
    client: Client, an: int, elsewhere: str, sent: dict[str, Any], needed: list[str], many: bool
) -> None:
    told = ask(client, elsewhere, {"number": PIN} | sent, many=many)
    assert told == [{"outcome": "too_little", "needed": needed}]
    assert outcome(client, elsewhere, **RIGHT) == "confirmed", "and no try was counted"


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": "N An"},
        {"full_name": "N. V. An"},
        {"full_name": "Nguyễn An"},
        {"full_name": "An Nguyễn Văn"},
        {"full_name": "Nguyễn Văn Anh"},
        {"full_name": "Nguyễn Vân An"},
        {"birth_date": "2000-12-05"},
        {"birth_date": "2000-01-01"},
        {"birth_date": "2000-05-13"},
        {"birth_date": "2001-05-12"},
        {"sex": 2},
        {"full_name": "Lê Thị Hoa", "birth_date": "1931-01-30", "sex": 2},
    ],
)
def test_what_is_nearly_right_is_wrong(
    client: Client, an: int, elsewhere: str, wrong: dict[str, Any], many: bool
) -> None:
    assert ask(client, elsewhere, {"number": PIN} | RIGHT | wrong, many=many) == [{"outcome": "disagrees"}]


@pytest.mark.parametrize(
    "sent",
    [{}, {"full_name": "NGUYEN VAN AN"}, {"sex": 1}, {"sex": 0}, {"birth_date": "2000-05-11T17:00:00Z"}],
)
def test_all_that_is_right_is_confirmed(
    client: Client, an: int, elsewhere: str, sent: dict[str, Any]
) -> None:
    assert ask(client, elsewhere, {"number": PIN} | RIGHT | sent) == [{"outcome": "confirmed"}]


@pytest.mark.parametrize(
    ("precision", "sent", "outcome"),
    [
        ("Y", "1950", "confirmed"),
        ("Y", "1950-03-04", "confirmed"),
        ("Y", "1951", "disagrees"),
        ("M", "1950-01", "confirmed"),
        ("M", "1950", "too_little"),
    ],
)
def test_of_who_has_no_full_birth_date_as_much_is_needed_as_is_known(
    client: Client, elsewhere: str, precision: str, sent: str, outcome: str
) -> None:
    person(birth_date=dt.date(1950, 1, 1), birth_precision=precision)
    told = ask(client, elsewhere, {"number": PIN, "full_name": "Nguyễn Văn An", "birth_date": sent})
    assert told[0]["outcome"] == outcome


def test_a_batch_of_one_number_with_every_year_tells_nothing(client: Client, an: int, elsewhere: str) -> None:
    years = [{"number": PIN, "birth_date": str(year)} for year in range(1915, 2027)]
    days = [{"number": PIN} | RIGHT | {"birth_date": f"2000-05-{day:02}"} for day in range(1, 32)]
    for tried in (years, days):
        told = ask(client, elsewhere, *tried, many=True)
        assert told[0]["outcome"] in ("too_little", "disagrees")
        assert {one["outcome"] for one in told[1:]} == {"unreadable"}
        assert list(told[1]["unreadable"]) == ["number"]


def test_the_same_number_written_otherwise_is_the_same_number(
    client: Client, an: int, elsewhere: str
) -> None:
    told = ask(client, elsewhere, {"number": PIN} | RIGHT, {"number": " 079 200 000 015 "} | RIGHT, many=True)
    assert [one["outcome"] for one in told] == ["confirmed", "unreadable"]


@pytest.mark.parametrize("many", [False, True])
def test_after_five_wrong_tries_right_and_wrong_are_answered_alike(
    client: Client, an: int, elsewhere: str, many: bool
) -> None:
    tries = [
        outcome(client, elsewhere, many, **RIGHT | {"birth_date": f"2000-05-{day:02}"})
        for day in range(1, 10)
    ]
    assert tries == ["disagrees"] * 5 + ["too_often"] * 4
    assert outcome(client, elsewhere, many, **RIGHT) == "too_often"
    assert outcome(client, elsewhere, many) == "found", "a number alone is answered all the same"
    assert [entry.action for entry in audit.of_person(an)].count("accounts.comparing_stopped") == 1


def test_who_is_right_is_never_stopped(client: Client, an: int, elsewhere: str) -> None:
    assert {outcome(client, elsewhere, **RIGHT) for _ in range(30)} == {"confirmed"}


def test_another_system_is_answered_and_another_token_of_the_same_is_not(
    client: Client, an: int, elsewhere: str
) -> None:
    for day in range(1, 6):
        outcome(client, elsewhere, **RIGHT | {"birth_date": f"2000-06-{day:02}"})
    assert outcome(client, token_of("tam", "facility", 7, "second"), **RIGHT) == "too_often"
    assert outcome(client, token_of("em", "facility", 7), **RIGHT) == "confirmed"


def test_tries_count_for_the_person_whichever_of_their_numbers_is_sent(
    client: Client, elsewhere: str
) -> None:
    person(cmnd=OLD_CARD)
    wrong = RIGHT | {"birth_date": "2000-05-13"}
    for _ in range(2):
        ask(client, elsewhere, {"number": PIN} | wrong, {"number": OLD_CARD} | wrong, many=True)
    assert outcome(client, elsewhere, **wrong) == "disagrees"
    assert (
        ask(client, elsewhere, {"number": PIN} | RIGHT, {"number": OLD_CARD} | RIGHT, many=True)
        == [{"outcome": "too_often"}] * 2
    )


def test_who_comes_back_every_day_is_told_no_more_than_twenty_times_in_thirty_days(
    client: Client, an: int, elsewhere: str
) -> None:
    def later(days: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE throttle SET ends_at = ends_at - make_interval(days => %s)", [days])

    told = []
    for _ in range(6):
        told += [
            outcome(client, elsewhere, **RIGHT | {"birth_date": f"2000-05-{day:02}"}) for day in range(13, 20)
        ]
        later(1)
    assert told.count("disagrees") == 20
    later(30)
    assert outcome(client, elsewhere, **RIGHT) == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_of_tries_at_the_same_moment_five_are_answered(an: int, elsewhere: str) -> None:
    def one(day: int) -> str:
        try:
            return outcome(Client(), elsewhere, **RIGHT | {"birth_date": f"2000-07-{day:02}"})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        told = list(threads.map(one, range(1, 25)))
    assert (told.count("disagrees"), told.count("too_often")) == (5, 19)


def test_of_several_who_hold_an_old_card_each_is_compared_whole(client: Client, elsewhere: str) -> None:
    person(cmnd=OLD_CARD)
    other = person(
        "079300000015", cmnd=OLD_CARD, full_name="Lê Thị Hoa", birth_date=dt.date(1970, 3, 5), sex=2
    )
    assert ask(client, elsewhere, {"number": OLD_CARD, "birth_date": "1970"})[0]["outcome"] == "too_little"
    assert ask(client, elsewhere, {"number": OLD_CARD} | RIGHT) == [{"outcome": "confirmed"}]
    for day in range(6, 11):
        sent = {"number": OLD_CARD, "full_name": "Lê Thị Hoa", "birth_date": f"1970-03-{day:02}"}
        assert ask(client, elsewhere, sent) == [{"outcome": "disagrees"}]
    assert ask(client, elsewhere, {"number": OLD_CARD} | RIGHT) == [{"outcome": "too_often"}]
    assert "accounts.comparing_stopped" in [entry.action for entry in audit.of_person(other)]


def test_a_number_alone_costs_no_count(
    client: Client, an: int, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dancu.accounts.quotas.count_each", lambda tries: pytest.fail("counted"))
    assert outcome(client, elsewhere) == outcome(client, elsewhere, many=True) == "found"


def test_of_a_resident_fields_are_compared_and_no_try_is_counted(client: Client, an: int) -> None:
    here = token_of("chi", "area", areas.find("Phường Sài Gòn", level=areas.COMMUNE)[0].area_id)
    told = [ask(client, here, {"number": PIN, "birth_date": f"2000-12-{day:02}"})[0] for day in range(1, 10)]
    assert {one["outcome"] for one in told} == {"differences", "disagrees"}
    assert ask(client, here, {"number": PIN, "birth_date": "2000-05-12"})[0]["person"]["person_id"] == an


def test_every_item_of_a_batch_counts_against_the_day(
    client: Client, an: int, elsewhere: str, settings: Any
) -> None:
    settings.TOKEN_NUMBERS_A_DAY = 10
    body = json.dumps({"people": [{"number": PIN}] * 11})
    headers = {"Authorization": f"Bearer {elsewhere}"}
    answer = client.post("/api/people/identify-many", body, content_type="application/json", headers=headers)
    assert answer.status_code == 429

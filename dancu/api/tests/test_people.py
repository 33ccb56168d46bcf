"""What another ministry's system sees of a person."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import get_args

import pytest
from django.db import connection
from django.test import Client

from dancu.accounts import lookups as accounts
from dancu.accounts import quotas, tokens
from dancu.api.people import _STATUS, IdentifyAnswer, IdentifyRequest, Person
from dancu.areas import lookups as areas
from dancu.audit import lookups as audit
from dancu.matching.compare import Outcome
from dancu.matching.dates import DateLevel
from dancu.matching.names import NameLevel
from dancu.register import actions as register
from dancu.testing.officials import make_official

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]

ROOT = Path(__file__).parents[3]
PIN = "079200000015"


@pytest.fixture
def an() -> int:
    home = areas.find("Phường Sài Gòn", level=areas.COMMUNE)[0]
    return register.add_person(
        None,
        full_name="Nguyễn Văn An",
        birth_date=dt.date(2000, 5, 12),
        sex=1,
        home_area=home.area_id,
        pin=PIN,
        valid_from=dt.date(2020, 1, 1),
        basis="test",
    )


@pytest.fixture(autouse=True)
def _nothing_taken() -> None:
    quotas.forget()


@pytest.fixture
def token() -> str:
    tokens._kept.clear()
    return token_of("dung", "vaccinator")


def token_of(username: str, role: str) -> str:
    system = make_official(username, role)
    return tokens.create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "hospital")


def ask(client: Client, token: str, body: object, many: bool = False):
    return client.post(
        "/api/people/identify-many" if many else "/api/people/identify",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def test_a_number_gives_the_person_and_one_audit_row(client: Client, an: int, token: str) -> None:
    found = ask(client, token, {"number": PIN}).json()
    assert found["outcome"] == "found"
    assert found["person"] == {
        "person_id": an,
        "number": PIN,
        "full_name": "Nguyễn Văn An",
        "birth_date": "2000-05-12",
        "sex": 1,
        "status": "alive",
        "commune": "26740",
        "commune_valid_from": "2025-07-01",
    }
    looks = [entry for entry in audit.of_person(an) if entry.action == "register.identify"]
    assert [look.actor_role for look in looks] == ["vaccinator"]


@pytest.mark.parametrize("many", [False, True])
def test_a_code_that_two_communes_bore_tells_which_is_meant(client: Client, token: str, many: bool) -> None:
    old, new = (areas.unit("26740", day) for day in (dt.date(2020, 1, 1), dt.date(2026, 1, 1)))
    assert old and new and old.area_id != new.area_id
    for nth, home in enumerate((old, new)):
        pin = f"07920000110{nth}"
        register.add_person(
            None,
            full_name="Lê Thị Hoa",
            birth_date=dt.date(2000, 5, 12 + nth),
            sex=2,
            home_area=home.area_id,
            pin=pin,
            valid_from=dt.date(2020, 1, 1),
            basis="test",
        )
        found = ask(
            client, token, {"people": [{"number": pin}]} if many else {"number": pin}, many=many
        ).json()
        person = (found["people"][0] if many else found)["person"]
        told = areas.unit(person["commune"], dt.date.fromisoformat(person["commune_valid_from"]))
        assert told and told.area_id == home.area_id


def test_what_was_declared_is_compared(client: Client, an: int, token: str) -> None:
    found = ask(
        client, token, {"number": PIN, "full_name": "Nguyen Van An", "birth_date": "2000-12-05"}
    ).json()
    assert (found["outcome"], found["differing"]) == ("differences", {"birth_date": "swapped"})


@pytest.mark.parametrize(
    ("declared", "outcome", "differing"),
    [
        ({"birth_date": "2000-05-12"}, "confirmed", None),
        ({"birth_date": "2000-05"}, "differences", {"birth_date": "year_only"}),
        ({"birth_date": "2000-12-05"}, "differences", {"birth_date": "swapped"}),
        ({"birth_date": "1901-01-01"}, "disagrees", {"birth_date": "different"}),
        ({"full_name": "Nguyễn Văn An"}, "confirmed", None),
        ({"full_name": "Nguyễn Văn Anh"}, "differences", {"name": "close"}),
        ({"full_name": "Trần Thị Bình"}, "disagrees", {"name": "different"}),
        ({"sex": 1}, "confirmed", None),
        ({"sex": 2}, "differences", {"sex": "different"}),
        ({"full_name": "Nguyễn Văn An", "sex": 1}, "confirmed", None),
        ({"birth_date": "2000-12-05", "sex": 2}, "disagrees", {"birth_date": "swapped", "sex": "different"}),
        ({"full_name": " ", "birth_date": " ", "sex": 0}, "found", None),
        ({"full_name": None, "birth_date": None, "sex": None}, "found", None),
        ({"full_name": "Nguyễn Văn An", "birth_date": None, "sex": None}, "confirmed", None),
        ({"birth_date": "2000.0"}, "differences", {"birth_date": "year_only"}),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_whatever_was_sent_is_compared_and_nothing_else(
    client: Client,
    an: int,
    token: str,
    declared: dict[str, object],
    outcome: str,
    differing: object,
    many: bool,
) -> None:
    asked = {"number": PIN} | declared
    found = ask(client, token, {"people": [asked]} if many else asked, many=many).json()
    found = found["people"][0] if many else found
    assert (found["outcome"], found.get("differing") or None) == (outcome, differing)
    assert found["person"]["person_id"] == an


@pytest.mark.parametrize("birth_date", ["2000-02-30", "00000", "2000-W05", "½"])
@pytest.mark.parametrize("many", [False, True])
def test_a_birth_date_alone_that_cannot_be_read_is_told(
    client: Client, an: int, token: str, many: bool, birth_date: str
) -> None:
    asked = {"number": PIN, "birth_date": birth_date}
    found = ask(client, token, {"people": [asked]} if many else asked, many=many).json()
    found = found["people"][0] if many else found
    assert (found["outcome"], list(found["unreadable"])) == ("unreadable", ["birth_date"])


@pytest.mark.parametrize("many", [False, True])
def test_a_twin_with_the_others_number_disagrees_as_at_the_desk_and_is_not_told_of(
    client: Client, token: str, many: bool
) -> None:
    born = {"birth_date": dt.date(2001, 7, 9), "sex": 2}
    home = areas.find("Phường Sài Gòn", level=areas.COMMUNE)[0].area_id
    twins = {
        name: register.add_person(
            None,
            full_name=name,
            pin=pin,
            home_area=home,
            valid_from=dt.date(2020, 1, 1),
            basis="test",
            **born,
        )
        for name, pin in (("Trần Thị Ngọc Lan", "079301000123"), ("Trần Thị Ngọc Lam", "079301000981"))
    }
    lam = {"number": "079301000981", "full_name": "Trần Thị Ngọc Lan", "birth_date": "2001-07-09", "sex": 2}
    found = ask(client, token, {"people": [lam]} if many else lam, many=many).json()
    found = found["people"][0] if many else found
    assert (found["outcome"], found["person"]["person_id"]) == ("disagrees", twins["Trần Thị Ngọc Lam"])
    assert "register.identify" not in [entry.action for entry in audit.of_person(twins["Trần Thị Ngọc Lan"])]
    own = lam | {"full_name": "Trần Thị Ngọc Lam"}
    assert ask(client, token, own).json()["outcome"] == "confirmed"
    slip = lam | {"full_name": "Trần Thị Ngọc Lám"}
    assert ask(client, token, slip).json()["outcome"] == "differences"


def test_who_is_exact_is_answered_without_looking_for_others(
    client: Client, an: int, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dancu.matching.lookups.who_is", lambda declared: pytest.fail("looked for others"))
    asked = {"number": PIN, "full_name": "NGUYEN VAN AN", "birth_date": "2000-05-12", "sex": 1}
    assert ask(client, token, asked).json()["outcome"] == "confirmed"


def test_a_moment_is_the_day_that_it_was_in_vietnam(client: Client, an: int, token: str) -> None:
    for moment in ("2000-05-11T17:00:00Z", "2000-05-12T00:00:00.000+07:00", "2000-05-12T23:00:00"):
        found = ask(client, token, {"number": PIN, "full_name": "Nguyễn Văn An", "birth_date": moment}).json()
        assert found["outcome"] == "confirmed", moment


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", "hôm qua"),
        ("birth_date", "2000-02-30"),
        ("full_name", "Nguy\ufffdn An"),
        ("full_name", "王小明"),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_what_cannot_be_read_is_told_and_nobody_is_looked_up(
    client: Client, an: int, token: str, field: str, value: str, many: bool
) -> None:
    asked = {"number": PIN, "full_name": "Nguyễn Văn An", "birth_date": "2000-05-12"} | {field: value}
    found = ask(client, token, {"people": [asked]} if many else asked, many=many).json()
    found = found["people"][0] if many else found
    assert found["outcome"] == "unreadable" and list(found["unreadable"]) == [field]
    assert "register.identify" not in [entry.action for entry in audit.of_person(an)]


def test_a_number_of_nobodys_says_so(client: Client, token: str) -> None:
    assert ask(client, token, {"number": "079200009999"}).json() == {"outcome": "not_found"}


@pytest.mark.parametrize("number", ["12", "07920000001", "0792000000155", "0792000000I5", ""])
@pytest.mark.parametrize("many", [False, True])
def test_what_is_no_number_is_told_and_nobody_is_looked_up(
    client: Client, token: str, number: str, many: bool
) -> None:
    asked = {"number": number}
    told = ask(client, token, {"people": [asked]} if many else asked, many=many).json()
    told = told["people"][0] if many else told
    assert told["outcome"] == "unreadable" and list(told["unreadable"]) == ["number"]


@pytest.mark.parametrize("many", [False, True])
def test_of_several_who_hold_one_old_card_nobody_is_shown_until_name_or_birth_date_tell(
    client: Client, token: str, many: bool
) -> None:
    home = areas.find("Phường Sài Gòn", level=areas.COMMUNE)[0].area_id
    held = {
        "cmnd": "025123456",
        "home_area": home,
        "valid_from": dt.date(2020, 1, 1),
        "basis": "test",
        "sex": 2,
    }
    hoa, lan = (
        register.add_person(None, full_name=name, birth_date=dt.date(1970, 3, day), **held)
        for name, day in (("Lê Thị Hoa", 5), ("Phạm Ngọc Lan", 28))
    )

    def told(**more: object) -> tuple[str, int | None]:
        asked = {"number": "025123456"} | more
        found = ask(client, token, {"people": [asked]} if many else asked, many=many).json()
        found = found["people"][0] if many else found
        return found["outcome"], found.get("person", {}).get("person_id")

    assert told() == ("several", None)
    assert told(full_name="Phạm Ngọc Lan", birth_date="1970-03-28") == ("confirmed", lan)
    assert told(full_name="Le Thi Hoa", birth_date="1970-03-05", sex=2) == ("confirmed", hoa)
    assert told(full_name="Trần Văn Bình", birth_date="1999-09-09") == ("disagrees", None)
    for person_id in (hoa, lan):
        looks = [entry for entry in audit.of_person(person_id) if entry.action == "register.identify"]
        assert len(looks) == 4


def test_a_thousand_are_answered_in_their_order(client: Client, an: int, token: str) -> None:
    people = [{"number": f"0792000{n:05}"} for n in range(1000)]
    answers = ask(client, token, {"people": people}, many=True).json()["people"]
    assert len(answers) == 1000
    assert [n for n, answer in enumerate(answers) if answer["outcome"] == "found"] == [15]
    assert len([entry for entry in audit.of_person(an) if entry.action == "register.identify"]) == 1


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"number": PIN, "sex": 3}, "sex"),
        ({"number": PIN, "full_name": 5}, "full_name"),
        ({"number": None}, "number"),
        ({}, "number"),
        (7, "person"),
        (None, "person"),
        ({"number": PIN, "x": 1}, "x"),
        ({"number": "12", "birth_date": "1995/"}, "number"),
    ],
)
def test_of_many_whoever_cannot_be_read_refuses_themselves_alone(
    client: Client, an: int, token: str, person: object, field: str
) -> None:
    answers = ask(client, token, {"people": [person, {"number": PIN}, person]}, many=True).json()["people"]
    assert [answer["outcome"] for answer in answers] == ["unreadable", "found", "unreadable"]
    assert list(answers[0]["unreadable"]) == [field]
    assert answers[0]["unreadable"][field]


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ({"number": 7}, "number", "Hãy gửi văn bản."),
        ({}, "number", "bắt buộc"),
        ({"number": PIN, "x": 1}, "x", "Không có trường này"),
        ({"number": PIN, PIN: 1}, "body", "Không có trường này"),
        ({"number": PIN, "sex": 3}, "sex", "2"),
        ({"number": PIN, "sex": -1}, "sex", "0"),
    ],
)
def test_a_bad_body_is_told_what_is_wrong(
    client: Client, token: str, body: object, field: str, says: str
) -> None:
    answer = ask(client, token, body)
    assert answer.status_code == 400
    told = answer.json()
    assert (told["code"], told["field"]) == ("bad-body", field)
    assert says in told["detail"]
    assert PIN not in answer.content.decode()


def test_more_than_a_thousand_are_refused(client: Client, token: str) -> None:
    answer = ask(client, token, {"people": [{"number": PIN}] * 1001}, many=True)
    assert answer.status_code == 413
    assert (answer.json()["code"], answer.json()["field"]) == ("too-many", "people")
    assert "1001" in answer.json()["detail"]


def test_too_long_a_body_is_refused_as_everything_else_is(client: Client, token: str) -> None:
    answer = ask(client, token, {"number": PIN, "full_name": "a" * 3_000_000})
    assert answer.status_code == 413
    assert (answer.json()["code"], answer.json()["field"]) == ("too-large", "body")


@pytest.mark.parametrize(
    "body",
    [
        b"\xff",
        b'{"number": "\\ud800"}',
        b"[" * 100_000,
        b'{"number":' + b"[" * 100_000,
        b'{"number": "%s"}' % (b"9" * 9000),
    ],
)
def test_odd_bodies_are_answered(client: Client, token: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/people/identify", body, content_type="application/json", headers=headers)
    assert answer.status_code in (200, 400)
    assert answer.json().get("outcome") == "unreadable" or answer.json()["code"] == "bad-body"


def test_the_documentation_names_every_field_and_every_word_of_an_answer() -> None:
    said = (ROOT / "docs/api.md").read_text("utf-8")
    agreeing = {"same", "spelling", "unmarked", "missing"}
    levels = ({*get_args(NameLevel), *get_args(DateLevel)} - agreeing) | {"dead", "missing_person"}
    outcomes = {*Outcome, "found", "several", "too_little", "too_often"}
    assert [
        name
        for name in (
            *IdentifyRequest.__struct_fields__,
            *Person.__struct_fields__,
            *IdentifyAnswer.__struct_fields__,
        )
        if f"`{name}`" not in said and f'"{name}"' not in said
    ] == []
    assert [word for word in (*levels, *outcomes, *_STATUS.values()) if f"*{word}*" not in said] == []


def test_asking_for_nobodys_numbers_is_on_the_record(client: Client, token: str) -> None:
    ask(client, token, {"people": [{"number": "079200009999"}]}, many=True)
    assert [entry.action for entry in audit.of_person(0)][:1] == ["register.identify"]


def test_without_a_token_or_with_a_revoked_one_nothing_is_said(client: Client, an: int, token: str) -> None:
    assert client.post("/api/people/identify").status_code == 401
    assert ask(client, "guessed", {"number": PIN}).status_code == 401
    system = accounts.Official.objects.get(username="dung")
    assert tokens.revoke_token(system.pk, "hospital")
    tokens._kept.clear()
    assert ask(client, token, {"number": PIN}).status_code == 401


def test_a_role_without_the_duty_is_refused(client: Client) -> None:
    assert ask(client, token_of("giang", "administrator"), {"number": PIN}).status_code == 403


def test_a_number_never_travels_in_an_address(client: Client) -> None:
    assert client.get(f"/api/people/identify?number={PIN}").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_server_answers_endpoints_without_the_pages_middleware_alike(an: int, token: str) -> None:
    from dancu.wsgi import application  # reads the areas as it starts

    body = json.dumps({"number": PIN}).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/people/identify",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "REMOTE_ADDR": "127.0.0.1",
    }
    statuses: list[str] = []
    content = b"".join(application(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["200 OK"]
    assert json.loads(content)["person"]["person_id"] == an


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_closed_is_replaced_and_the_answer_comes(
    client: Client, an: int, token: str
) -> None:
    assert ask(client, token, {"number": PIN}).json()["outcome"] == "found"
    tokens._kept.clear()
    connection.connection.close()  # as after a restart of PostgreSQL: ours does not know yet
    assert ask(client, token, {"number": PIN}).json()["person"]["person_id"] == an


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    "within",
    ['{"people": [%s]}', '{"people": [{"number": %s}]}', '{"number": %s}', "%s", '{"people": [{"who": %s}]}'],
)
@pytest.mark.parametrize("depth", [900, 50_000])
def test_brackets_in_brackets_without_end_are_refused(
    client: Client, token: str, many: bool, within: str, depth: int
):
    answer = client.post(
        "/api/people/identify-many" if many else "/api/people/identify",
        within % ("[" * depth + "]" * depth),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code in (200, 400)
    told = answer.json()
    assert told.get("code") == "bad-body" or told["people"][0]["outcome"] == "unreadable"


@pytest.fixture
def in_cau_giay(an: int) -> str:
    """The token of a system whose role counts in another commune than An's."""
    tokens._kept.clear()
    system = make_official(
        "tam", "vaccinator", "area", areas.find("Phường Cầu Giấy", level=areas.COMMUNE)[0].area_id
    )
    return tokens.create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "hospital")


def test_of_somebody_who_lives_elsewhere_only_the_outcome_is_said(client: Client, in_cau_giay: str) -> None:
    told = {"full_name": "Nguyễn Văn An", "birth_date": "2000-05-12"}
    for sent, outcome in (
        ({}, "found"),
        (told, "confirmed"),
        (told | {"birth_date": "1971-12-05"}, "disagrees"),
    ):
        assert ask(client, in_cau_giay, {"number": PIN} | sent).json() == {"outcome": outcome}
        many = ask(client, in_cau_giay, {"people": [{"number": PIN} | sent]}, many=True).json()
        assert many == {"people": [{"outcome": outcome}]}


def test_of_a_resident_all_is_said(client: Client, an: int) -> None:
    tokens._kept.clear()
    system = make_official(
        "tam", "vaccinator", "area", areas.find("Phường Sài Gòn", level=areas.COMMUNE)[0].area_id
    )
    token = tokens.create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "hospital")
    assert ask(client, token, {"number": PIN}).json()["person"]["person_id"] == an


@pytest.mark.parametrize("many", [False, True])
def test_a_system_asks_for_no_more_numbers_than_a_day_allows(
    client: Client, an: int, token: str, settings, many: bool
) -> None:
    settings.TOKEN_NUMBERS_A_DAY = 3
    body = {"people": [{"number": PIN}]} if many else {"number": PIN}
    assert [ask(client, token, body, many).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert [entry.action for entry in audit.of_person(0)].count("accounts.token_stopped") == 1
    other = token_of("em", "vaccinator")
    assert ask(client, other, body, many).status_code == 200, "each has its own"


@pytest.mark.parametrize("many", [False, True])
def test_who_is_stopped_for_trying_is_not_told_of_those_who_are_there_either(
    client: Client, an: int, token: str, settings, many: bool
) -> None:
    settings.TOKEN_MISSES_A_DAY = 2
    numbers = ["079200011111", "079200011112", "079200011113", PIN]
    bodies = [{"people": [{"number": number}]} if many else {"number": number} for number in numbers]
    assert [ask(client, token, body, many).status_code for body in bodies] == [200, 200, 429, 429]


def test_too_many_are_counted_before_any_is_read(client: Client, token: str, monkeypatch) -> None:
    monkeypatch.setattr("dancu.endpoints.readers.Batch._read_one", None)
    assert ask(client, token, {"people": [{}] * 1001}, many=True).status_code == 413


def test_who_tries_numbers_is_stopped_long_before_they_have_a_copy(
    client: Client, an: int, token: str, settings
) -> None:
    settings.TOKEN_MISSES_A_DAY = 1500
    numbers = [{"number": f"0792000{n:05}"} for n in range(100, 1100)]
    answers = [ask(client, token, {"people": numbers}, many=True) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    (entry,) = audit.search(
        dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2100, 1, 1, tzinfo=dt.UTC),
        action="register.identify",
        limit=1,
    )
    assert entry.detail == "1000 asked, 1000 of nobody's"

"""The answer to a press was lost, and the officer presses something else: what was recorded stands, and
the desk says so.
"""

import re
from uuid import UUID

import pytest
from django.test import Client

from dancu.checkpoints import actions
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.travellers import AN, declare
from dancu.web.checkpoint.tests.pages import HTMX, decide, field, scan, words
from dancu.web.checkpoint.tests.test_deciding import crossings
from dancu.web.checkpoint.tests.test_declaring import HAI_CHAU, count, keyed_in, only

STANDS = "Your earlier press was recorded: "
CHANGED = "What you sent first was recorded. What you have changed in the form since is not recorded."


def decisions() -> list[tuple[str, str]]:
    return [(row["decision"], row["reason_code"]) for row in crossings()]


def address(page, name: str) -> str:
    found = re.search(rf'href="(/checkpoint/{name}[^"]*)"', page.content.decode())
    assert found, f"no link to {name}"
    return found[1]


@pytest.fixture
def sent(an, desk) -> dict[str, str]:
    """An was keyed in and let through, and the officer never saw the answer."""
    given = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    desk.post("/checkpoint/declare/", given)
    return given


# A pass that was scanned


@pytest.mark.parametrize("reason", [{}, {"reason": "fever", "asked": "1"}])
def test_a_hold_after_letting_through_is_said_not_to_be_recorded_and_the_first_is_corrected(an, desk, reason):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "through")
    answer = decide(desk, shown, "secondary", **reason)
    assert answer.status_code == 422
    assert "Nguyễn Văn An : let through," in words(answer)
    assert f"{STANDS}let through. Not recorded: held for a check" in words(answer)
    assert decisions() == [("through", "")]
    done = desk.post(address(answer, "recent/0"), {"decision": "secondary", "reason": "fever"})
    assert "Corrected: Nguyễn Văn An." in words(done)
    assert "Being held now: 1" in words(desk.get("/checkpoint/"))


def test_another_reason_is_another_decision(an, desk):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "secondary", reason="no_test", asked="1")
    answer = decide(desk, shown, "secondary", reason="fever", asked="1")
    assert (
        f"{STANDS}held for a check (Test missing or too old). Not recorded: held for a check (Fever"
        in words(answer)
    )
    assert decisions() == [("secondary", "no_test")]


def test_the_same_pressed_again_is_what_was_recorded(an, desk):
    shown = scan(desk, declare().qr_text)
    for _ in range(2):
        done = decide(
            desk, shown, "back", reason="false", other_reason="Khai sai nơi đi", about="none", asked="1"
        )
        assert "Nguyễn Văn An : turned back," in words(done)
        assert STANDS not in words(done)
    assert decisions() == [("back", "false")]


def test_what_another_officer_pressed_is_not_theirs_to_correct(an, desk, acting, station):
    declared = declare()
    shown = scan(desk, declared.qr_text)
    actions.record_crossing(
        acting_as(make_official("bao", "checkpoint_officer")),
        crossing_id=UUID(field(shown, "crossing_id")),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="through",
    )
    answer = decide(desk, shown, "back", reason="false", asked="1")
    assert STANDS in words(answer)
    assert "Correct the decision" not in words(answer)


# A traveller who was keyed in


def test_the_same_sent_again_is_the_slip(desk, sent):
    again = desk.post("/checkpoint/declare/", sent, headers=HTMX)
    assert "Print the slip" in words(again)
    assert (count("declaration"), decisions()) == (1, [("through", "")])


@pytest.mark.parametrize("decision", ["secondary", "back"])
def test_whoever_was_keyed_in_and_let_through_is_not_held_unnoticed(desk, sent, decision):
    answer = desk.post("/checkpoint/declare/", sent | {"decision": decision}, headers=HTMX)
    assert f"{STANDS}let through." in words(answer)
    assert CHANGED not in words(answer)
    assert address(answer, "recent/0")
    assert decisions() == [("through", "")]


@pytest.mark.parametrize("decision", ["through", "secondary", "back"])
@pytest.mark.parametrize(
    "change", [{"symptoms": ["fever"]}, {"contact": "1"}, {"plate": "51F-999.99"}, {"companions": "3"}]
)
def test_what_was_changed_before_sending_again_is_said_not_to_be_recorded(an, desk, sent, decision, change):
    answer = desk.post("/checkpoint/declare/", sent | {"decision": decision} | change, headers=HTMX)
    assert answer.status_code == 422
    assert CHANGED in words(answer)
    assert ("Not recorded: " in words(answer)) == (decision != "through")
    assert (only("declaration")["symptoms"], decisions()) == ([], [("through", "")])
    desk.post(address(answer, "pass/"), {"reason": "keyed_in"})
    assert count("revocation") == 1


@pytest.mark.parametrize("decision", ["through", "secondary"])
def test_who_was_to_be_held_is_not_let_through_as_first_keyed_in(an, desk, decision):
    given = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    desk.post("/checkpoint/declare/", given | {"decision": "secondary"})
    answer = desk.post(
        "/checkpoint/declare/", given | {"decision": decision, "symptoms": ["fever"]}, headers=HTMX
    )
    assert CHANGED in words(answer)
    assert STANDS not in words(answer)
    assert "Nguyễn Văn An: not decided yet." in words(answer)
    assert decisions() == []


def test_what_was_taken_back_is_not_recorded_by_sending_it_again(an, desk, sent, acting):
    actions.undo_crossing(acting, only("crossing")["crossing_id"])
    for decision in ("through", "secondary"):
        answer = desk.post("/checkpoint/declare/", sent | {"decision": decision}, headers=HTMX)
        assert answer.status_code == 422
        assert "This decision was undone" in words(answer)


# What the next page asks of a press without an answer


def arrived(desk, **press) -> dict:
    return desk.post("/checkpoint/arrived/", press).json()


@pytest.mark.parametrize(
    ("decision", "more", "told"),
    [
        ("secondary", {"reason": "fever"}, "held for a check"),
        ("back", {"reason": "false"}, "turned back"),
        ("through", {}, "let through"),
    ],
)
def test_what_had_arrived_is_told_on_the_next_page(an, desk, decision, more, told):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, decision, **more, asked="1")
    answer = arrived(desk, crossing_id=field(shown, "crossing_id"))
    assert answer["is"] == "recorded"
    assert "The decision was received and recorded." in answer["html"]
    assert f"<strong>Nguyễn Văn An</strong>: {told}," in answer["html"]
    assert "/checkpoint/undo/" in answer["html"]


def test_what_never_arrived_is_told_as_nothing(an, desk):
    shown = scan(desk, declare().qr_text)
    assert arrived(desk, crossing_id=field(shown, "crossing_id")) == {"is": "nothing"}
    assert arrived(desk) == {"is": "nothing"}
    assert arrived(desk, crossing_id="x") == {"is": "unknown"}


def test_what_was_taken_back_since_is_nothing(an, desk, acting):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "through")
    actions.undo_crossing(acting, only("crossing")["crossing_id"])
    assert arrived(desk, crossing_id=field(shown, "crossing_id")) == {"is": "nothing"}


def test_it_is_told_from_another_station_too(an, desk, far_station):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "secondary", reason="fever", asked="1")
    desk.post("/checkpoint/stations/", {"station": far_station, "direction": "in"})
    assert arrived(desk, crossing_id=field(shown, "crossing_id"))["is"] == "recorded"


def test_of_what_another_officer_pressed_nothing_is_told(an, desk, client, station):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "through")
    other = signed_in(Client(), make_official("bao", "checkpoint_officer"))
    other.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    assert arrived(other, crossing_id=field(shown, "crossing_id")) == {"is": "unknown"}


def test_who_was_keyed_in_before_a_decision_stands_on_the_desk(desk, an):
    given = keyed_in(scan(desk, AN["pin"]), to="", destination=HAI_CHAU)
    press = {name: given[name] for name in ("crossing_id", "declaration_id")}
    assert arrived(desk, **press) == {"is": "nothing"}
    desk.post("/checkpoint/declare/", given | {"decision": "secondary"})
    assert arrived(desk, **press) == {"is": "keyed_in"}
    assert "Nguyễn Văn An: not decided yet." in words(desk.get("/checkpoint/"))


def test_who_was_keyed_in_and_let_through_is_told(desk, sent):
    press = {name: sent[name] for name in ("crossing_id", "declaration_id")}
    assert arrived(desk, **press)["is"] == "recorded"

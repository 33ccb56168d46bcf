"""What a device sends counts once, in whatever order and however often it comes."""

import datetime as dt
import random
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from dancu.accounts import actions as accounts
from dancu.checkpoints import actions as pressed
from dancu.checkpoints import deliveries
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.reasons import Reason
from dancu.devices import actions, inbox, lookups
from dancu.devices.values import Place
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import FEVER, cross, state_of
from dancu.testing.database import rows
from dancu.testing.devices import enrolled, shift_of
from dancu.testing.officials import acting_as, as_owner, make_official, signed_in
from dancu.testing.travellers import declare, hai_van

pytestmark = pytest.mark.usefixtures("an")


def crossing(declared, decision="through", **more):
    code = checkpoints.pass_code(declared.pass_id)
    return {"pass": code, "decision": decision, "direction": "in", "shown": "amber"} | more


def outcomes(answer) -> list[str]:
    return [each["is"] for each in answer.json()["answers"]]


def recorded() -> list[tuple]:
    return rows("SELECT crossing_id, decision, station_id, official_id, reason_code FROM crossing ORDER BY 1")


def an_hour_earlier(hours: float = 1) -> UUID:
    return UUID(int=uuid7().int - (int(hours * 3_600_000) << 80))


def test_a_decision_without_the_network_is_recorded_as_it_was_made(telephone, shift, station, acting):
    declared = declare()
    sent = telephone.item("crossing", crossing(declared), shift)
    assert outcomes(telephone.send(sent)) == ["taken"]
    assert recorded() == [(UUID(sent["id"]), "through", station, acting.official_id, "")]
    assert state_of(declared) == "on_the_way"


def test_what_is_sent_again_is_known_and_recorded_once(telephone, shift):
    sent = telephone.item("crossing", crossing(declare()), shift)
    assert [outcomes(telephone.send(sent)) for _ in range(3)] == [["taken"], ["known"], ["known"]]
    assert len(recorded()) == 1


def test_the_same_id_with_something_else_is_refused_and_the_first_stands(telephone, shift):
    declared = declare()
    sent = telephone.item("crossing", crossing(declared), shift)
    telephone.send(sent)
    answer = telephone.send(sent | {"payload": crossing(declared, "back", reason_code="false")})
    assert outcomes(answer) == ["refused"]
    assert [row[1] for row in recorded()] == ["through"]


def test_in_any_order_and_with_any_losses_everything_comes_once(telephone, shift):
    declared, chance = (
        [declare(number_kind="none", number="", full_name=f"Lê Văn {name}", phone="") for name in "ABCD"],
        random.Random(7),
    )
    sent = [telephone.item("crossing", crossing(one), shift) for one in declared for _ in range(3)]
    for _ in range(60):
        telephone.send(*chance.sample(sent, chance.randint(1, 6)))
    telephone.send(*sent)
    assert len(recorded()) == len(sent)
    assert telephone.send().json()["missing"] == []


def test_what_never_came_is_told_in_ranges(telephone, shift):
    sent = [telephone.item("crossing", crossing(declare()), shift) for _ in range(9)]
    answer = telephone.send(*(sent[nth] for nth in (0, 1, 4, 7)))
    assert answer.json()["missing"] == [[3, 4], [6, 7], [9, 9]]
    answer = telephone.send(*(sent[nth] for nth in (2, 3)))
    assert answer.json()["missing"] == [[6, 7], [9, 9]]
    assert rows("SELECT came_up_to FROM device") == [(5,)]


def test_a_press_that_had_arrived_is_not_recorded_twice(telephone, shift, acting, station):
    declared = declare()
    sent = telephone.item("crossing", crossing(declared), shift)
    assert pressed.record_crossing(
        acting,
        crossing_id=UUID(sent["id"]),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="through",
    )
    assert outcomes(telephone.send(sent)) == ["taken"]
    assert len(recorded()) == 1


def test_a_press_that_had_arrived_otherwise_is_kept_for_people(telephone, shift, acting, station):
    declared = declare()
    sent = telephone.item("crossing", crossing(declared, "back", reason_code="false"), shift)
    pressed.record_crossing(
        acting,
        crossing_id=UUID(sent["id"]),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="through",
    )
    (answer,) = telephone.send(sent).json()["answers"]
    assert (answer["is"], answer["code"]) == ("kept", "decided-otherwise")
    assert [row[1] for row in recorded()] == ["through"]


@pytest.mark.parametrize(
    "changed, code",
    [
        ({"kind": "dose"}, "unknown-item-kind"),
        ({"kind": "\0"}, "unknown-item-kind"),
        ({"payload": {"pass": 7}}, "unreadable-item"),
        ({"payload": [[[[]]]]}, "unreadable-item"),
        ({"at": "2026-11-01T00:00:00Z"}, "wrong-item-id"),
        ({"id": "00000000-0000-4000-8000-000000000000"}, "wrong-item-id"),
    ],
    ids=["kind", "no kind", "payload", "no object", "another time", "no UUIDv7"],
)
def test_what_cannot_be_read_is_refused_and_stored_as_it_came(telephone, shift, changed, code):
    (answer,) = telephone.send(telephone.item("crossing", crossing(declare()), shift) | changed).json()[
        "answers"
    ]
    assert (answer["is"], answer["code"]) == ("refused", code)
    assert answer["message"]
    ((payload,),) = rows("SELECT payload FROM device_item")
    assert payload


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"made": 1}', b'{"made": "x", "waiting": 0, "items": []}', b"[" * 5000],
    ids=["nothing", "a list", "half", "a part", "no number", "brackets"],
)
def test_a_request_that_is_none_is_a_problem_in_words(telephone, body):
    answer = telephone.ask("POST", "/api/devices/sync", body=body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_too_much_at_once_is_refused(telephone, shift):
    many = [telephone.item("crossing", {"pass": "x"}, shift) for _ in range(inbox.MOST + 1)]
    assert telephone.send(*many).status_code == 413
    large = telephone.item("crossing", {"pass": "x" * inbox.LARGEST}, shift)
    assert telephone.send(large).status_code == 413


def test_what_nobody_made_who_was_signed_in_is_kept_for_people(telephone, shift):
    declared = declare()
    late = an_hour_earlier(0.5)
    answers = telephone.send(
        telephone.item("crossing", crossing(declared)),
        telephone.item("crossing", crossing(declared), str(uuid7())),
        telephone.item("crossing", crossing(declared), shift, id=late),
    ).json()["answers"]
    assert [(each["is"], each["code"]) for each in answers] == [("kept", "nobodys-shift")] * 3
    assert recorded() == []


def test_what_was_done_after_a_role_ended_is_kept_and_what_was_done_before_counts(telephone, shift, acting):
    before = telephone.item("crossing", crossing(declare()), shift)
    with as_owner():
        accounts.end_grant(None, acting.grant_id)
    after = telephone.item("crossing", crossing(declare()), shift)
    answers = {each["id"]: each for each in telephone.send(before, after).json()["answers"]}
    assert answers[before["id"]]["is"] == "taken"
    assert answers[after["id"]]["code"] == "role-had-ended"


def test_what_a_lost_device_sends_is_kept_for_people(telephone, shift, acting):
    actions.cut_off(acting, lookups.devices(acting)[0].device["device_id"])
    answer = telephone.send(telephone.item("crossing", crossing(declare()), shift)).json()
    assert (answer["wipe"], answer["answers"][0]["code"]) == (True, "sent-by-cut-off")
    assert recorded() == []


def test_a_number_that_comes_twice_is_told_to_people_for_the_device_may_have_been_copied(telephone, shift):
    telephone.send(telephone.item("crossing", crossing(declare()), shift))
    telephone.made = 0
    (answer,) = telephone.send(telephone.item("crossing", crossing(declare()), shift)).json()["answers"]
    assert (answer["is"], answer["code"]) == ("kept", "counter-used")


def test_what_comes_from_the_future_is_kept_for_people(telephone, shift):
    ahead = UUID(int=uuid7().int + (600_000 << 80))
    (answer,) = telephone.send(telephone.item("crossing", crossing(declare()), shift, id=ahead)).json()[
        "answers"
    ]
    assert answer["is"] == "kept"


def test_a_pass_that_nobody_knows_is_kept_for_people_of_the_place(telephone, shift, acting, station):
    declared = declare()
    told = crossing(declared) | {"pass": checkpoints.pass_code(declared.pass_id ^ 1 << 40)}
    (answer,) = telephone.send(telephone.item("crossing", told, shift)).json()["answers"]
    assert (answer["is"], answer["code"]) == ("kept", "no-such-pass")
    here = Place("station", station)
    (one,) = lookups.open_items(acting, here)
    assert (one["code"], one["official_id"]) == ("no-such-pass", acting.official_id)
    actions.settle(acting, here, one["device_id"], one["item_id"], "A test")
    assert lookups.open_items(acting, here) == []


def test_a_fault_of_ours_keeps_the_item_and_says_no_more_than_that(telephone, shift, monkeypatch, caplog):
    def fails(*_args, **_more):
        raise ValueError("Nguyễn Văn An 079200001234")

    monkeypatch.setattr(deliveries, "held_at", fails)
    (answer,) = telephone.send(telephone.item("crossing", crossing(declare()), shift)).json()["answers"]
    assert (answer["is"], answer["code"]) == ("kept", "failed-here")
    assert "079200001234" not in str(answer)


def test_who_was_stopped_elsewhere_stays_stopped_though_they_were_let_through_unknowing(
    telephone, shift, acting, station
):
    declared = declare()
    another = acting_as(make_official("tam", "checkpoint_officer"))
    cross(another, station, declared, "secondary", FEVER)
    telephone.send(telephone.item("crossing", crossing(declared), shift))
    telephone.send(telephone.item("crossing", crossing(declared, reason_code="papers"), shift))
    assert [row[0] for row in rows("SELECT code FROM device_item ORDER BY counter")] == [
        "would_have_asked"
    ] * 2
    assert rows("SELECT count(*) FROM release WHERE clears") == [(0,)]
    look = checkpoints.examine(acting, station, pass_id=declared.pass_id)
    assert look.for_a_reason


def test_what_the_server_would_have_decided_otherwise_is_told(telephone, shift):
    doubtful = declare(full_name="Nguyễn Văn An", birth=PartialDate(2000, 2, 16), phone="0911222333")
    for shown in ("green", "amber"):
        told = crossing(doubtful, shown=shown, ruled_by="passage 2 0 green")
        telephone.send(telephone.item("crossing", told, shift))
    telephone.send(telephone.item("crossing", crossing(declare(), shown="green"), shift))
    assert [row[0] for row in rows("SELECT code FROM device_item ORDER BY counter")] == [
        "would_have_looked",
        "",
        "",
    ]


def test_whom_an_officer_held_and_let_through_again_without_the_network_waits_no_more(
    telephone, shift, acting, station
):
    declared = declare()
    held = telephone.item("crossing", crossing(declared, "secondary", reason_code="differs"), shift)
    freed = telephone.item("crossing", crossing(declared, reason_code="papers"), shift)
    telephone.send(freed, held)
    assert checkpoints.waiting(acting, station)[0] == []
    assert state_of(declared) == "on_the_way"


def test_what_is_made_twelve_hours_before_it_is_sent_is_recorded_with_its_own_time(telephone, shift):
    declared = declare()
    rows(
        "UPDATE device_shift SET began_at = began_at - interval '11 hours', until = until - interval '11 hours'"
    )
    rows("UPDATE pass SET issued_at = issued_at - interval '12 hours'")
    rows("UPDATE official_grant SET valid_from = valid_from - 1")
    made = an_hour_earlier(10)
    assert outcomes(telephone.send(telephone.item("crossing", crossing(declared), shift, id=made))) == [
        "taken"
    ]
    ((at,),) = rows("SELECT crossed_at FROM crossing")
    assert abs(at - dt.datetime.now(dt.UTC) + dt.timedelta(hours=10)) < dt.timedelta(minutes=1)


def test_one_item_that_cannot_be_read_hinders_no_other(telephone, shift):
    good = telephone.item("crossing", crossing(declare()), shift)
    bad = telephone.item("crossing", crossing(declare()), shift) | {"at": "yesterday"}
    worst = {"id": "x"}
    answers = {each["id"]: each["is"] for each in telephone.send(worst, bad, good).json()["answers"]}
    assert answers == {good["id"]: "taken", bad["id"]: "refused"}


@pytest.mark.parametrize(
    "said",
    [
        {"made": 2**31 - 1},
        {"waiting": -1},
        {"waiting": -(2**40)},
        {"oldest": "0001-01-01T00:00:00+14:00"},
        {"oldest": "9999-12-31T23:59:59-14:00"},
        {"bundle_at": "9999-12-31T23:59:59Z"},
        {"drift": 2**80},
    ],
    ids=str,
)
def test_whatever_a_device_says_of_itself_the_list_stands_and_it_can_be_cut_off(
    telephone, acting, client, said
):
    assert telephone.send(**said).status_code in (200, 400)
    assert telephone.send().status_code == 200
    giang = signed_in(client, make_official("giang", "administrator"))
    assert giang.get("/office/devices/").status_code == 200
    assert giang.post(f"/office/devices/{telephone.device_id}/cut-off/").status_code == 302
    assert telephone.send().json()["wipe"] is True


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_whatever_an_item_says_of_its_time_it_can_be_settled(telephone, shift, acting, station, at):
    telephone.send(telephone.item("crossing", crossing(declare()), shift) | {"at": at})
    here = Place("station", station)
    (one,) = lookups.open_items(acting, here)
    actions.settle(acting, here, one["device_id"], one["item_id"], "A test")


def test_a_hold_that_comes_after_the_letting_through_that_ended_it_leaves_nobody_waiting(
    telephone, shift, acting, station
):
    declared = declare()
    held = telephone.item("crossing", crossing(declared, "secondary", reason_code="differs"), shift)
    freed = telephone.item("crossing", crossing(declared, reason_code="papers"), shift)
    telephone.send(freed)
    telephone.send(held)
    assert checkpoints.waiting(acting, station)[0] == []
    assert state_of(declared) == "on_the_way"
    assert not checkpoints.examine(acting, station, pass_id=declared.pass_id).for_a_reason


def test_a_late_hold_of_one_whom_a_colleague_has_let_go_since_is_over_but_its_doubt_stays(
    telephone, shift, acting, station
):
    declared = declare()
    held = telephone.item("crossing", crossing(declared, "secondary", reason_code="fever"), shift)
    cross(acting_as(make_official("tam", "checkpoint_officer")), station, declared)
    telephone.send(held)
    assert checkpoints.waiting(acting, station)[0] == []
    assert checkpoints.examine(acting, station, pass_id=declared.pass_id).for_a_reason


def test_whom_one_officer_held_another_of_the_station_may_clear_without_the_network(
    telephone, shift, acting, station
):
    declared = declare()
    held = telephone.item("crossing", crossing(declared, "secondary", reason_code="fever"), shift)
    telephone.send(held)
    tam = acting_as(make_official("tam", "checkpoint_officer"))
    telephone.send(
        telephone.item("crossing", crossing(declared, reason_code="well"), shift_of(telephone, tam, station))
    )
    assert checkpoints.waiting(acting, station)[0] == []
    assert not checkpoints.examine(acting, station, pass_id=declared.pass_id).for_a_reason


def test_a_late_letting_through_clears_nothing_of_what_was_found_since(telephone, shift, acting, station):
    declared = declare()
    stop = cross(acting, station, declared, "secondary", FEVER)
    freed = telephone.item("crossing", crossing(declared, reason_code="negative"), shift)
    pressed.release(
        acting,
        pass_id=declared.pass_id,
        crossing_id=stop,
        station_id=station,
        reason=Reason("found_positive"),
    )
    telephone.send(freed)
    look = checkpoints.examine(acting, station, pass_id=declared.pass_id)
    assert (look.colour, look.for_a_reason) == ("red", True)


def test_who_is_let_through_without_a_reason_waits_no_more_and_is_cleared_of_nothing(
    telephone, shift, acting, station
):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("differs"))
    telephone.send(telephone.item("crossing", crossing(declared), shift))
    assert checkpoints.waiting(acting, station)[0] == []
    assert checkpoints.examine(acting, station, pass_id=declared.pass_id).for_a_reason


def qr_of(declared) -> str:
    ((text,),) = rows("SELECT qr_text FROM pass WHERE pass_id = %s", declared.pass_id)
    return text


def test_a_code_that_the_device_read_counts_where_its_signature_is_ours(telephone, shift):
    declared = declare()
    sent = telephone.item("crossing", crossing(declared, text=qr_of(declared), status="not_known"), shift)
    assert outcomes(telephone.send(sent)) == ["taken"]


@pytest.mark.parametrize("status", ["not_known", "altered", "unknown_key"])
def test_a_code_that_nobody_could_prove_is_recorded_on_nobodys_pass(telephone, shift, status):
    victim = declare()
    another = declare(full_name="Kẻ Gian", number_kind="none", number="", phone="0999999999")
    told = crossing(victim, "back", reason_code="positive", status=status)
    forged = qr_of(victim)[:-3] + "AAA"
    answers = telephone.send(
        telephone.item("crossing", told, shift),
        telephone.item("crossing", told | {"text": forged}, shift),
        telephone.item("crossing", told | {"text": qr_of(another)}, shift),
    ).json()["answers"]
    assert [(each["is"], each["code"]) for each in answers] == [("kept", "not-proved")] * 3
    assert recorded() == []


def test_what_was_decided_at_another_station_is_recorded_at_neither_by_itself(telephone, shift, station):
    told = crossing(declare(), station=hai_van())
    (answer,) = telephone.send(telephone.item("crossing", told, shift)).json()["answers"]
    assert (answer["is"], answer["code"]) == ("kept", "elsewhere-than-device")
    assert outcomes(
        telephone.send(telephone.item("crossing", crossing(declare(), station=station), shift))
    ) == ["taken"]


def test_who_takes_a_device_over_ends_the_shift_of_who_had_it(telephone, shift, acting, station):
    before = telephone.item("crossing", crossing(declare()), shift)
    shift_of(telephone, acting_as(make_official("tam", "checkpoint_officer")), station)
    after = telephone.item("crossing", crossing(declare()), shift)
    answers = telephone.send(before, after).json()["answers"]
    assert [(each["is"], each.get("code", "")) for each in answers] == [
        ("taken", ""),
        ("kept", "nobodys-shift"),
    ]


def test_who_signs_out_works_with_no_device_any_more(telephone, station, binh, client):
    signed_in(client, binh)
    client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    path = "/checkpoint/device/shift/"
    signed = {"Authorization": telephone.header("POST", path)}
    shift = client.generic("POST", path, b"", headers=signed).json()["shift"]
    client.post("/office/sign-out/")
    (answer,) = telephone.send(telephone.item("crossing", crossing(declare()), shift)).json()["answers"]
    assert (answer["is"], answer["code"]) == ("kept", "nobodys-shift")


def test_what_happened_after_a_letting_through_does_not_speak_against_it(telephone, shift, acting, station):
    declared = declare()
    sent = telephone.item("crossing", crossing(declared), shift)
    cross(acting, station, declared, "secondary", FEVER)
    pressed.revoke_pass(declared.pass_id, acting=acting, reason="lost")
    rows("UPDATE revocation SET revoked_at = clock_timestamp()")
    telephone.send(sent)
    assert rows("SELECT outcome, code FROM device_item") == [("taken", "")]


def test_a_device_that_is_cut_off_in_the_middle_of_its_batch_has_nothing_recorded_after_it(
    telephone, shift, acting, monkeypatch
):
    one, two = (telephone.item("crossing", crossing(declare()), shift) for _ in range(2))
    before = deliveries.add_crossing

    def and_cut_off(*args, **more):
        before(*args, **more)
        actions.cut_off(acting, UUID(telephone.device_id))

    monkeypatch.setattr(deliveries, "add_crossing", and_cut_off)
    answer = telephone.send(one, two).json()
    assert ([each["is"] for each in answer["answers"]], answer["wipe"]) == (["taken", "kept"], True)


def test_a_flood_of_a_lost_device_hides_no_other(telephone, shift, acting, station):
    lost = enrolled(acting, station, "Lost")
    actions.cut_off(acting, UUID(lost.device_id))
    for _ in range(3):
        lost.send(*(lost.item("crossing", {"pass": "x"}, id=an_hour_earlier()) for _ in range(100)))
    telephone.send(telephone.item("crossing", crossing(declare())))
    found = lookups.open_items(acting, Place("station", station))
    assert (found[0]["device_name"], len(found)) == ("Telephone 1", 51)


def test_the_desk_tells_how_much_waits_to_be_looked_at_and_leads_there(telephone, station, binh, client):
    telephone.send(telephone.item("crossing", crossing(declare())))
    signed_in(client, binh)
    client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    desk = client.get("/checkpoint/").content.decode()
    assert "/checkpoint/device/kept/" in desk
    page = client.get("/checkpoint/device/kept/", headers={"Accept-Language": "en"}).content.decode()
    assert "Nobody was signed in on the device when this was made." in page


def test_what_was_sent_and_answered_does_not_wait_any_more(telephone, shift, acting):
    telephone.made = 3
    telephone.send(*(telephone.item("crossing", crossing(declare()), shift) for _ in range(4)), waiting=4)
    (there,) = lookups.devices(acting)
    assert (there.device["waiting"], there.lost) == (0, 3)

"""A bus at the station: one list, one press for all, with exceptions."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.checkpoints.groups import seal_group
from dancu.checkpoints.lookups import pass_code
from dancu.testing.at_the_station import FEVER, POSITIVE, cross
from dancu.testing.travellers import AN, declare

from .pages import HTMX, field, words

pytestmark = pytest.mark.usefixtures("an")

STRANGER: dict[str, Any] = {"full_name": "Lê Ngọc Lan", "number_kind": "none", "number": ""}
CARD = "079200001234|025123456|Trần Thị Hoa|15021990|Nữ|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh|25042021"


def add(desk: Client, text: str, **more: Any) -> Any:
    """Scanned as the page's script sends it: answered with a line."""
    return desk.post("/checkpoint/vehicle/add/", {"text": text, **more}, headers=HTMX)


def seats(desk: Client) -> dict[str, str]:
    """Who is on the list: the crossing ids, by pass code."""
    text = desk.get("/checkpoint/vehicle/").content.decode()
    return {code: seat for seat, code in re.findall(r'name="code-([0-9a-f-]{36})" value="([^"]*)"', text)}


def press(desk: Client, aboard: int, *, without: str = "", **chosen: tuple[str, str]) -> Any:
    """Record all; `chosen`: decision and reason by pass code (its dashes as underscores)."""
    sent: dict[str, Any] = {"plate": "51b 123.45", "aboard": aboard, "without": without, "seat": []}
    for code, seat in seats(desk).items():
        decision, reason = chosen.get(code.replace("-", "_"), ("through", "") if code else ("desk", ""))
        sent["seat"].append(seat)
        sent |= {f"code-{seat}": code, f"decision-{seat}": decision, f"reason-{seat}": reason}
    return desk.post("/checkpoint/vehicle/decide/", sent, follow=True)


def recorded() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.decision, c.reason_code, c.plate, v.plate, v.aboard FROM crossing c "
            "LEFT JOIN vehicle_check v ON v.check_id = c.vehicle_check ORDER BY c.crossed_at, c.crossing_id"
        )
        return cursor.fetchall()


def test_all_of_a_bus_are_recorded_by_one_press(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    line = add(desk, an.qr_text)
    assert "dancu-seat--go" in line.content.decode()
    assert "Nguyễn Văn An" in words(line)
    assert "dancu-seat--check" in add(desk, pass_code(lan.pass_id)).content.decode()

    done = press(desk, 2, **{pass_code(lan.pass_id).replace("-", "_"): ("secondary", "no_paper")})

    assert done.status_code == 200
    assert "51B-12345" in words(done)
    assert "1 let through, 1 held for a check" in words(done)
    assert recorded() == [
        ("through", "", "51B-12345", "51B-12345", 2),
        ("secondary", "no_paper", "51B-12345", "51B-12345", 2),
    ]
    assert seats(desk) == {}


def test_the_count_must_agree_with_who_sits_there(desk: Client):
    add(desk, declare().qr_text)
    short = press(desk, 3)
    assert short.status_code == 422
    assert "3 people are in the vehicle, but 1 are on the list" in words(short)
    assert recorded() == []
    assert press(desk, 3, without="2").status_code == 200
    assert [row[-1] for row in recorded()] == [3]
    assert "2 people of it are still to be entered or decided on here" in words(desk.get("/checkpoint/"))


@pytest.mark.parametrize("aboard", ["", "0", "100", "-1", "vier", "1e3"])
def test_a_count_that_is_none_says_what_would_be_right(desk: Client, aboard: Any):
    add(desk, declare().qr_text)
    refused = press(desk, aboard)
    assert refused.status_code == 422
    assert "a number from 1 to 99" in words(refused)
    assert len(seats(desk)) == 1


def test_nobody_is_recorded_while_one_is_undecided(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    add(desk, an.qr_text)
    add(desk, lan.qr_text)
    for choice in (("", ""), ("secondary", ""), ("back", "well"), ("through_all", "")):
        refused = press(desk, 2, **{pass_code(lan.pass_id).replace("-", "_"): choice})
        assert refused.status_code == 422
        assert "Lê Ngọc Lan: choose" in words(refused)
    assert recorded() == []


def test_the_same_pass_is_on_the_list_once(desk: Client):
    an = declare()
    add(desk, an.qr_text)
    again = add(desk, pass_code(an.pass_id))
    assert again.status_code == 422
    assert again.content.decode() == "Nguyễn Văn An is already on the list."
    assert len(seats(desk)) == 1


def test_what_cannot_be_read_says_why_and_seats_nobody(desk: Client):
    for text in ("", "HC1:NCF", "7K3M-9QX2-PF4Y", "1234"):
        refused = add(desk, text)
        assert refused.status_code == 422
        assert refused.content
    assert seats(desk) == {}


def test_one_with_a_card_alone_counts_and_waits_at_the_desk(desk: Client):
    add(desk, declare().qr_text)
    line = add(desk, CARD)
    assert "Trần Thị Hoa" in words(line)
    assert "Card or number: enter at the desk" in words(line)
    assert add(desk, CARD).status_code == 422
    done = press(desk, 2)
    assert "Trần Thị Hoa: not decided yet" in words(done)
    assert "1 person of it is still to be entered" in words(done)
    assert len(recorded()) == 1


def test_a_forged_code_counts_and_waits_at_the_desk(desk: Client):
    an = declare()
    body = an.qr_text[:-4] + ("AAAA" if an.qr_text[-4:] != "AAAA" else "BBBB")
    line = add(desk, body)
    assert line.status_code in (200, 422)
    if line.status_code == 200:
        assert "dancu-seat--stop" in line.content.decode()
        assert "A forged code was shown" in words(desk.get("/checkpoint/"))


def test_who_was_stopped_before_is_let_through_for_a_reason_alone(desk: Client, acting, station):
    an = declare()
    cross(acting, station, an, "secondary", FEVER)
    line = add(desk, an.qr_text)
    assert "data-for-a-reason" in line.content.decode()
    key = pass_code(an.pass_id).replace("-", "_")
    assert press(desk, 1, **{key: ("through", "")}).status_code == 422
    assert press(desk, 1, **{key: ("through", "well")}).status_code == 200
    assert [row[:2] for row in recorded()] == [("secondary", "fever"), ("through", "well")]


def test_who_is_stopped_elsewhere_meanwhile_stays_on_the_list(desk: Client, acting, station):
    an, lan = declare(), declare(**STRANGER)
    add(desk, an.qr_text)
    add(desk, lan.qr_text)
    cross(acting, station, an, "secondary", FEVER)
    left = press(desk, 2, **{pass_code(lan.pass_id).replace("-", "_"): ("back", "refuses")})
    assert left.status_code == 422
    assert "1 person was not recorded" in words(left)
    assert list(seats(desk)) == [pass_code(an.pass_id)]
    assert sorted(row[0] for row in recorded()) == ["back", "secondary"]
    key = pass_code(an.pass_id).replace("-", "_")
    assert press(desk, 1, **{key: ("secondary", "fever")}).status_code == 422  # two sit there, as counted
    assert press(desk, 2, **{key: ("secondary", "fever")}).status_code == 200
    assert {row[-1] for row in recorded() if row[-1]} == {2}


def test_pressed_twice_it_is_recorded_once(desk: Client):
    an = declare()
    add(desk, an.qr_text)
    (code,), (seat,) = seats(desk).keys(), seats(desk).values()
    check = field(desk.get("/checkpoint/vehicle/"), "check_id")
    sent = {
        "check_id": check, "plate": "", "aboard": 1, "seat": [seat], f"code-{seat}": code,
        f"decision-{seat}": "through",
    }  # fmt: skip
    for _press in range(2):
        assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 200
    assert len(recorded()) == 1


def test_who_was_scanned_without_the_network_is_recorded_with_the_others(desk: Client):
    an = declare()
    seat = str(uuid7())
    sent = {
        "check_id": str(uuid7()), "plate": "51B-12345", "aboard": 1, "seat": [seat],
        f"code-{seat}": pass_code(an.pass_id), f"decision-{seat}": "through",
    }  # fmt: skip
    assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 200
    assert [row[0] for row in recorded()] == ["through"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT crossing_id, vehicle_check FROM crossing")
        assert cursor.fetchone() == (UUID(seat), UUID(sent["check_id"]))


def test_one_who_does_not_sit_there_is_off_the_list(desk: Client):
    add(desk, declare().qr_text)
    (seat,) = seats(desk).values()
    assert desk.post("/checkpoint/vehicle/save/", {"off": seat}, headers=HTMX).status_code == 204
    assert seats(desk) == {}


def test_who_was_stopped_by_a_verdict_and_taken_off_stands_on_the_desk(desk: Client, acting, station):
    an = declare()
    cross(acting, station, an, "back", POSITIVE)
    add(desk, an.qr_text)
    (seat,) = seats(desk).values()
    desk.post("/checkpoint/vehicle/save/", {"off": seat}, headers=HTMX)
    assert "Nguyễn Văn An" in words(desk.get("/checkpoint/"))


def test_whoever_leaves_has_the_stopped_before_them_still(desk: Client, acting, station):
    an = declare()
    cross(acting, station, an, "back", POSITIVE)
    add(desk, an.qr_text)
    left = desk.post("/checkpoint/vehicle/leave/", follow=True)
    assert "Nguyễn Văn An" in words(left)
    assert seats(desk) == {}


def test_a_press_is_undone_for_all_and_they_are_on_the_list_again(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    for one in (an, lan):
        add(desk, one.qr_text)
    done = press(desk, 2, **{pass_code(lan.pass_id).replace("-", "_"): ("back", "refuses")})
    undone = desk.post("/checkpoint/vehicle/undo/", {"check_id": field(done, "check_id")}, follow=True)
    assert "nothing is recorded for 2 people" in words(undone)
    assert set(seats(desk)) == {pass_code(an.pass_id), pass_code(lan.pass_id)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM retraction")
        assert cursor.fetchone() == (2,)
    again = press(desk, 2, **{pass_code(lan.pass_id).replace("-", "_"): ("back", "refuses")})
    assert again.status_code == 200


def test_a_bus_of_ninety_nine_is_full(desk: Client, monkeypatch):
    monkeypatch.setattr("dancu.web.checkpoint.aboard.MOST", 1)
    add(desk, declare().qr_text)
    assert add(desk, declare(**STRANGER).qr_text).status_code == 422


def test_without_scripts_the_page_does_it_too(desk: Client):
    desk.post("/checkpoint/vehicle/add/", {"text": declare().qr_text, "plate": "51B-12345", "aboard": "1"})
    page = desk.get("/checkpoint/vehicle/")
    assert AN["full_name"] in words(page)
    assert field(page, "plate") == "51B-12345"


def test_one_code_puts_all_of_a_group_on_the_list(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    (group,) = seal_group([an.qr_text, lan.qr_text])
    lines = add(desk, group)
    assert lines.content.decode().count("data-seat=") == 2
    assert "its signature was not checked" not in words(lines)
    assert field(desk.get("/checkpoint/vehicle/"), "plate") == "59X1-12345"
    again = add(desk, group)
    assert (again.status_code, again.content.decode()) == (422, "All of them are already on the list.")


def test_who_is_on_the_list_already_is_not_there_twice_by_the_groups_code(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    add(desk, an.qr_text)
    add(desk, seal_group([an.qr_text, lan.qr_text])[0])
    assert set(seats(desk)) == {pass_code(an.pass_id), pass_code(lan.pass_id)}


def test_a_groups_code_at_the_desk_opens_its_vehicle(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    shown = desk.post("/checkpoint/examine/", {"text": seal_group([an.qr_text, lan.qr_text])[0]})
    assert "People in one vehicle" in words(shown)
    assert len(seats(desk)) == 2


def test_a_forged_group_is_an_incident_as_any_forged_code(desk: Client):
    (group,) = seal_group([declare().qr_text, declare(**STRANGER).qr_text])
    forged = group[:-1] + ("0" if group[-1] != "0" else "1")
    line = add(desk, forged)
    assert "dancu-seat--stop" in line.content.decode()
    assert "A forged code was shown" in words(desk.get("/checkpoint/"))
    assert "Forged code" in words(desk.post("/checkpoint/examine/", {"text": forged}))


def form_of(desk: Client, *chosen: tuple[str, str, str], check_id: str = "", **more: Any) -> dict[str, Any]:
    """The page's form with these seats alone: id, pass code, decision."""
    sent: dict[str, Any] = {"check_id": check_id, "aboard": len(chosen), "seat": [one[0] for one in chosen]}
    for seat, code, decision in chosen:
        sent |= {f"code-{seat}": code, f"decision-{seat}": decision}
    return sent | more


def test_the_choice_on_the_page_counts_where_the_answer_to_the_scan_was_lost(desk: Client):
    an, seat = declare(), str(uuid7())
    add(desk, an.qr_text)  # whose line never reached the page; it was read on the device, under another id
    check = field(desk.get("/checkpoint/vehicle/"), "check_id")
    sent = form_of(
        desk, (seat, pass_code(an.pass_id), "back"), check_id=check, **{f"reason-{seat}": "refuses"}
    )
    assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 200
    assert [row[:2] for row in recorded()] == [("back", "refuses")]


def test_nobody_is_recorded_who_is_not_on_the_page(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    for one in (an, lan):
        add(desk, one.qr_text)
    by_code, check = seats(desk), field(desk.get("/checkpoint/vehicle/"), "check_id")
    code = pass_code(lan.pass_id)
    sent = form_of(
        desk, (by_code[code], code, "back"), check_id=check, **{f"reason-{by_code[code]}": "refuses"}
    )
    shown = desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX)
    assert shown.status_code == 422
    assert "not on your page until now: Nguyễn Văn An" in words(shown)
    empty = desk.post("/checkpoint/vehicle/decide/", {"check_id": check, "aboard": 1}, headers=HTMX)
    assert empty.status_code == 422
    assert recorded() == []


def test_another_vehicle_is_another_list(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    add(desk, an.qr_text)
    other, seat = str(uuid7()), str(uuid7())
    sent = form_of(
        desk, (seat, pass_code(lan.pass_id), "back"), check_id=other, **{f"reason-{seat}": "refuses"}
    )
    assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT vehicle_check FROM crossing")
        assert cursor.fetchall() == [(UUID(other),)]


def test_a_code_that_only_the_device_read_is_proved_or_nobodys(desk: Client):
    an, lan, seat = declare(), declare(**STRANGER), str(uuid7())
    sent = form_of(desk, (seat, pass_code(an.pass_id), "through"), **{f"text-{seat}": lan.qr_text})
    assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 422
    assert recorded() == []
    sent[f"text-{seat}"] = an.qr_text
    assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 200


def test_a_forged_code_that_only_the_device_read_is_reported_at_the_desk(desk: Client):
    an, seat = declare(), str(uuid7())
    forged = an.qr_text[:-1] + ("0" if an.qr_text[-1] != "0" else "1")
    sent = form_of(desk, (seat, pass_code(an.pass_id), "through"), **{f"text-{seat}": forged})
    assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 422
    assert recorded() == []
    assert "A forged code was shown" in words(desk.get("/checkpoint/"))


def test_who_looked_green_without_the_network_and_is_not_is_chosen_anew(desk: Client):
    lan, seat = declare(**STRANGER), str(uuid7())
    sent = form_of(
        desk,
        (seat, pass_code(lan.pass_id), "through"),
        **{f"text-{seat}": lan.qr_text, f"shown-{seat}": "go"},
    )
    shown = desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX)
    assert shown.status_code == 422
    assert "Lê Ngọc Lan: choose a decision" in words(shown)
    assert recorded() == []


def test_an_undone_vehicle_has_its_decisions_and_its_count_again(desk: Client):
    an, lan = declare(), declare(**STRANGER)
    for one in (an, lan):
        add(desk, one.qr_text)
    keys = [pass_code(one.pass_id).replace("-", "_") for one in (an, lan)]
    chosen = {keys[0]: ("secondary", "fever"), keys[1]: ("back", "refuses")}
    done = press(desk, 3, without="1", **chosen)
    page = desk.post("/checkpoint/vehicle/undo/", {"check_id": field(done, "check_id")}, follow=True)
    assert field(page, "aboard") == "3"
    for decision in ("secondary", "back"):
        assert re.search(
            rf'value="{decision}" id="[^"]*" data-field="decision" checked', page.content.decode()
        )


def test_an_undo_leaves_the_next_vehicle_alone(desk: Client):
    add(desk, declare().qr_text)
    done = press(desk, 1)
    add(desk, declare(**STRANGER).qr_text)
    refused = desk.post("/checkpoint/vehicle/undo/", {"check_id": field(done, "check_id")})
    assert refused.status_code == 422
    assert "There is a list of another vehicle" in words(refused)
    assert [row[0] for row in recorded()] == ["through"]


def test_what_was_chosen_is_there_again_when_the_page_is(desk: Client):
    an = declare()
    add(desk, an.qr_text)
    (seat,) = seats(desk).values()
    sent = form_of(
        desk, (seat, pass_code(an.pass_id), "secondary"), **{f"reason-{seat}": "fever"}, plate="51b"
    )
    assert desk.post("/checkpoint/vehicle/save/", sent, headers=HTMX).status_code == 204
    page = desk.get("/checkpoint/vehicle/")
    assert 'value="secondary" id="secondary-' + seat in page.content.decode()
    assert re.search(r'value="secondary" id="[^"]*" data-field="decision" checked', page.content.decode())
    assert field(page, "plate") == "51b"


def test_pressed_again_with_a_card_on_the_list_it_was_recorded(desk: Client):
    an = declare()
    add(desk, an.qr_text)
    add(desk, CARD)
    check = field(desk.get("/checkpoint/vehicle/"), "check_id")
    by_code = seats(desk)
    sent = form_of(
        desk,
        *((seat, code, "through" if code else "desk") for code, seat in by_code.items()),
        check_id=check,
    )
    for _press in range(2):
        assert desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX).status_code == 200
    assert len(recorded()) == 1


@pytest.mark.parametrize("check_id", ["", "x", "00000000-0000-4000-8000-000000000000", "0" * 400])
def test_an_id_that_is_none_is_no_fault(desk: Client, check_id: str):
    an, seat = declare(), str(uuid7())
    sent = form_of(desk, (seat, pass_code(an.pass_id), "through"), check_id=check_id, plate="51B\r\nX: y")
    shown = desk.post("/checkpoint/vehicle/decide/", sent, headers=HTMX)
    assert shown.status_code in (200, 422)
    assert len(recorded()) == (shown.status_code == 200)

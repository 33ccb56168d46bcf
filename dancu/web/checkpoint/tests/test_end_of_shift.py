"""The queue at the foot of the desk, and handing over at the end of a shift."""

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.database import rows
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import declare

from .pages import HTMX, field, words


@pytest.fixture
def at_tams_desk(station) -> Client:
    """The officer of the next shift, at the same station."""
    client = signed_in(Client(), make_official("tam", "checkpoint_officer"))
    client.cookies["language"] = "en"
    client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    return client


def test_one_tap_tells_how_long_the_queue_is_and_changes_nothing_else_of_the_desk(desk, station):
    page = words(desk.get("/checkpoint/"))
    assert "Queue, in vehicles: not known" in page
    tapped = desk.post("/checkpoint/queue/", {"step": 3}, headers=HTMX)
    assert "21 to 50 vehicles, tapped just now" in words(tapped)
    assert tapped.content.decode().count("<form") == 1
    assert 'value="3" aria-current="true"' in tapped.content.decode()
    assert lookups.queue(station).step == 3


def test_without_the_script_the_tap_leads_back_to_the_desk(desk, station):
    assert desk.post("/checkpoint/queue/", {"step": 0}).headers["Location"] == "/checkpoint/"
    assert "no vehicle, tapped just now" in words(desk.get("/checkpoint/"))


@pytest.mark.parametrize("step", ["", "5", "-1", "x", "99999999999"])
def test_a_length_that_there_is_not_is_refused_in_words(desk, step):
    answer = desk.post("/checkpoint/queue/", {"step": step}, headers=HTMX)
    assert answer.status_code == 422
    assert "This is no length of a queue. Choose one of the five." in words(answer)
    assert rows("SELECT count(*) FROM station_queue") == [(0,)]


def test_that_it_grows_is_told_on_the_desk(desk):
    desk.post("/checkpoint/queue/", {"step": 0})
    assert "The queue is growing" not in words(desk.get("/checkpoint/"))
    desk.post("/checkpoint/queue/", {"step": 2})
    assert "The queue is growing" in words(desk.get("/checkpoint/"))


def test_who_leaves_sees_what_is_left_and_who_comes_sees_it_first(an, acting, desk, station, at_tams_desk):
    cross(acting, station, declare(), "secondary", FEVER)
    shown = desk.get("/checkpoint/hand-over/")
    for told in ("1 person held", "Nguyễn Văn An", "Queue: not known"):
        assert told in words(shown)
    sent = {"hand_over_id": field(shown, "hand_over_id"), "words": "An waits for his test"}
    for _time in range(2):
        assert "Handed over." in words(desk.post("/checkpoint/hand-over/", sent, follow=True))
    assert "Handed over to you" not in words(desk.get("/checkpoint/"))

    page = at_tams_desk.get("/checkpoint/")
    told = words(page)
    assert "Handed over to you" in told
    assert told.index("An waits for his test") < told.index("Pass code, card or number")
    assert told.count("Handed over to you") == 1
    assert " autofocus" not in page.content.decode()  # which would scroll past it
    taken = {"hand_over_id": field(page, "hand_over_id")}
    assert "Taken over." in words(at_tams_desk.post("/checkpoint/hand-over/taken/", taken, headers=HTMX))
    assert "Handed over to you" not in words(at_tams_desk.get("/checkpoint/"))
    again = at_tams_desk.post("/checkpoint/hand-over/taken/", taken, headers=HTMX)
    assert "Somebody else has taken it over already." in words(again)


def test_too_many_words_and_a_form_that_is_torn_are_told_and_nothing_is_kept(desk):
    sent = {"hand_over_id": str(uuid7()), "words": "x" * 1001}
    answer = desk.post("/checkpoint/hand-over/", sent)
    assert answer.status_code == 422
    assert "Write at most 1000 letters" in words(answer)
    assert "x" * 1001 in answer.content.decode()  # what was typed is not lost
    assert desk.post("/checkpoint/hand-over/", {"words": "x"}).status_code == 422
    assert desk.post("/checkpoint/hand-over/taken/", {"hand_over_id": "x"}).status_code == 422
    unknown = desk.post("/checkpoint/hand-over/taken/", {"hand_over_id": str(uuid7())})
    assert "There is no such hand-over at your station." in words(unknown)
    assert rows("SELECT count(*) FROM hand_over") == [(0,)]


def test_another_station_s_hand_over_is_not_shown(desk, acting, station, far_station):
    client = signed_in(Client(), make_official("bao", "checkpoint_officer", "station", far_station))
    actions.hand_over(acting, hand_over_id=uuid7(), station_id=station, words="Nothing")
    assert "Ca trước bàn giao" not in words(client.get("/checkpoint/"))

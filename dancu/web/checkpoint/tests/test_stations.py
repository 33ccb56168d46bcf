from django.test import Client

from dancu.checkpoints import actions
from dancu.testing.officials import make_official, signed_in
from dancu.web.checkpoint.tests.pages import HTMX, words


def test_without_a_station_an_officer_is_led_to_choose_one_of_several(client, binh, station, far_station):
    signed_in(client, binh)
    assert client.get("/checkpoint/").headers["Location"] == "/checkpoint/stations/"
    assert client.get("/checkpoint/", headers=HTMX).headers["HX-Redirect"] == "/checkpoint/stations/"


def test_the_only_station_is_not_asked_for_and_a_new_session_keeps_the_lane(client, binh, station):
    signed_in(client, binh)
    page = client.get("/checkpoint/")
    assert "Cầu Mỹ Thuận" in words(page)
    assert 'value="in" aria-pressed="true"' in page.content.decode()
    client.post("/checkpoint/direction/", {"direction": "out"}, headers=HTMX)
    client.session.flush()
    signed_in(client, binh)
    assert 'value="out" aria-pressed="true"' in client.get("/checkpoint/").content.decode()


def test_a_lane_that_nobody_could_have_chosen_is_passed_over(client, binh, station):
    signed_in(client, binh)
    client.cookies["lane"] = f"{station} up"
    assert 'value="in" aria-pressed="true"' in client.get("/checkpoint/").content.decode()


def test_the_stations_of_the_jurisdiction_are_offered(client, station, far_station):
    client.cookies["language"] = "en"
    signed_in(client, make_official("bao", "checkpoint_officer", "station", far_station))
    page = words(client.get("/checkpoint/stations/"))
    assert "Hầm Hải Vân" in page
    assert "Phường Hải Vân" in page
    assert "Cầu Mỹ Thuận" not in page


def test_a_station_of_another_jurisdiction_is_refused_in_words(client, station, far_station):
    client.cookies["language"] = "en"
    signed_in(client, make_official("bao", "checkpoint_officer", "station", far_station))
    refused = client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    assert refused.status_code == 403
    assert "There is no such station in your jurisdiction." in words(refused)


def test_station_and_direction_stay_in_sight(desk):
    page = desk.get("/checkpoint/")
    assert "Cầu Mỹ Thuận" in words(page)
    assert 'value="in" aria-pressed="true"' in page.content.decode()


def test_the_lane_is_turned_in_its_place(desk):
    turned = desk.post("/checkpoint/direction/", {"direction": "out"}, headers=HTMX).content.decode()
    assert 'value="out" aria-pressed="true"' in turned
    assert "<html" not in turned
    assert 'value="out" aria-pressed="true"' in desk.get("/checkpoint/").content.decode()


def test_a_direction_that_is_none_changes_nothing(desk):
    desk.post("/checkpoint/direction/", {"direction": "up"})
    assert 'value="in" aria-pressed="true"' in desk.get("/checkpoint/").content.decode()


def test_a_station_that_was_closed_meanwhile_is_left(desk, station):
    actions.close_station(station)
    assert desk.get("/checkpoint/").headers["Location"] == "/checkpoint/stations/"
    assert "There is no open station in your jurisdiction." in words(desk.get("/checkpoint/stations/"))


def test_a_commune_officer_has_no_desk(client, station):
    signed_in(client, make_official("chi", "commune_officer"))
    assert client.get("/checkpoint/").status_code == 403


def test_nobody_is_led_to_the_sign_in(db):
    assert "/office/sign-in/" in Client().get("/checkpoint/").headers["Location"]

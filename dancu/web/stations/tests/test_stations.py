"""All checkpoints of a jurisdiction, and one of them, as their leaders and officers see them."""

import csv
import io

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.database import rows
from dancu.testing.devices import enrolled
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.travellers import declare
from dancu.web.checkpoint.tests.pages import words

pytestmark = pytest.mark.usefixtures("country")


def first_cells(page) -> list[str]:
    """The names of the lines, in their order."""
    return [line.partition("</a>")[0].rpartition(">")[2] for line in page.split('role="rowheader"')[1:]]


def test_growing_queues_stand_on_top_and_the_worst_station_first(at_longs_desk, acting, station, far_station):
    actions.tap_queue(acting, far_station, 4)
    page = at_longs_desk.get("/stations/")
    assert "Hầm Hải Vân : the queue is growing (more than 50 vehicles, tapped just now)." in words(page)
    assert first_cells(page.content.decode()) == ["Hầm Hải Vân", "Cầu Mỹ Thuận"]
    assert "Cầu Mỹ Thuận, not known: …" in page.content.decode()  # of the map


def test_the_table_is_ordered_by_its_heads_and_to_be_had_as_a_file(
    at_longs_desk, acting, station, far_station, an
):
    cross(acting, station, declare())
    for order, first in (("-shift", "Cầu Mỹ Thuận"), ("shift", "Hầm Hải Vân")):
        page = at_longs_desk.get("/stations/", {"sort": order}).content.decode()
        assert first_cells(page)[0] == first
    file = at_longs_desk.get("/stations/stations.csv")
    table = list(csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig"))))
    assert {row["Checkpoint"]: row["In 12 hours"] for row in table} == {
        "Cầu Mỹ Thuận": "1",
        "Hầm Hải Vân": "0",
    }
    assert at_longs_desk.get("/stations/stations.xlsx").status_code == 200


def test_the_page_that_asks_for_itself_gets_nothing_while_nothing_has_changed(
    at_longs_desk, acting, station, far_station
):
    first = at_longs_desk.get("/stations/")
    seen = first.context["refreshing"].now
    itself = {"HX-Request": "true", "HX-Target": "stations", "Dancu-Seen": seen}
    assert at_longs_desk.get("/stations/", headers=itself).status_code == 204
    actions.tap_queue(acting, station, 4)
    changed = at_longs_desk.get("/stations/", headers=itself)
    assert "the queue is growing" in words(changed)
    assert "<html" not in changed.content.decode()


def test_who_has_one_station_is_led_to_it_and_sees_no_other(station, far_station):
    client = signed_in(Client(), make_official("bao", "checkpoint_officer", "station", far_station))
    assert client.get("/stations/").headers["Location"] == f"/stations/{far_station}/"
    assert client.get(f"/stations/{far_station}/").status_code == 200
    assert client.get(f"/stations/{station}/").status_code == 404


def test_where_there_is_no_station_it_is_said(at_longs_desk):
    assert "There is no open checkpoint in your area." in words(at_longs_desk.get("/stations/"))


def test_a_station_shows_its_shift(at_longs_desk, acting, station, giang, an):
    cross(acting, station, declare())
    cross(acting, station, declare(acting, plate="51C-22222"), "secondary", FEVER)
    enrolled(acting_as(giang), station, "Telephone 3")
    actions.tap_queue(acting, station, 3)
    page = words(at_longs_desk.get(f"/stations/{station}/"))
    for told in (
        "Queue: 21 to 50 vehicles, tapped just now",
        "Crossings in 12 hours 2",
        "Keyed in by an officer 50.0 %",
        "Held now 1",
        "Telephone 3",
        "Nothing was handed over.",
        "It includes waiting for the next vehicle.",
    ):
        assert told in page
    assert "Nguyễn Văn An" not in page  # numbers alone


def test_what_was_handed_over_stands_with_who_took_it_over(at_longs_desk, acting, station):
    hand_over_id = uuid7()
    actions.hand_over(acting, hand_over_id=hand_over_id, station_id=station, words="The scale is broken")
    page = words(at_longs_desk.get(f"/stations/{station}/"))
    assert "The scale is broken" in page
    assert "Not taken over yet" in page
    tam = acting_as(make_official("tam", "checkpoint_officer"))
    actions.take_over(tam, hand_over_id=hand_over_id, station_id=station)
    assert "by tam" in words(at_longs_desk.get(f"/stations/{station}/"))


def test_a_growing_queue_is_told_at_the_station_until_it_is_shorter(at_longs_desk, acting, station):
    actions.tap_queue(acting, station, 4)
    assert "The queue is growing" in words(at_longs_desk.get(f"/stations/{station}/"))
    actions.tap_queue(acting, station, 0)
    rows("DELETE FROM station_queue WHERE step = 4")
    assert "The queue is growing" not in words(at_longs_desk.get(f"/stations/{station}/"))

"""The list of decisions against the verdict, and what is pressed in it."""

import csv
import io

import pytest
from django.test import Client

from dancu.accounts import actions as accounts
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.reasons import Reason
from dancu.testing.at_the_station import cross
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, as_owner, make_official, signed_in
from dancu.testing.travellers import declare
from dancu.web.checkpoint.tests.pages import words
from dancu.web.stations.overrides import clause

LIST = "/stations/overrides/"


@pytest.fixture
def overridden(an, acting, station):
    """Bình let An through, whose pass was revoked: the pass and the crossing."""
    declared = declare()
    actions.revoke_pass(declared.pass_id, "shared", acting_as(make_official("hoa", "checkpoint_officer")))
    return declared, cross(acting, station, declared, reason=Reason("papers"))


def test_each_is_told_with_station_officer_clause_reason_and_pass_and_no_name(at_longs_desk, overridden):
    page = at_longs_desk.get(LIST)
    told = words(page)
    code = lookups.pass_code(overridden[0].pass_id)
    for each in (
        "Cầu Mỹ Thuận", "binh", "the verdict was red", "Original papers checked", code,
        "passage, version 2, clause",
    ):  # fmt: skip
        assert each in told
    assert "Nguyễn Văn An" not in told
    assert 'data-key="o"' in page.content.decode()
    assert "data-row" in page.content.decode()


@pytest.mark.parametrize(("button", "result"), [("in-order", "In order"), ("talked-to", "Talked to")])
def test_who_looks_at_it_says_so_with_words_and_it_leaves_the_list(at_longs_desk, overridden, button, result):
    crossing_id = overridden[1]
    pressed = at_longs_desk.post(
        f"{LIST}{crossing_id}/{button}/", {f"words-{crossing_id}": "Called the station"}, follow=True
    )
    assert f"Noted: {result.lower()}." in words(pressed)
    assert "There are no such decisions." in words(pressed)
    every = words(at_longs_desk.get(LIST, {"which": "all"}))
    for told in (result, "long,", "Called the station"):
        assert told in every
    again = at_longs_desk.post(f"{LIST}{crossing_id}/{button}/", follow=True)
    assert "Somebody else has looked at this decision already." in words(again)


def test_one_s_own_decision_has_no_buttons_and_is_refused(client, overridden, binh):
    with as_owner():
        rows("UPDATE official_grant SET ended_at = now() WHERE official_id = %s", binh.pk)
        accounts.grant_role(None, binh.pk, "checkpoint_leader", "nation", 0)
    signed_in(client, binh)
    client.cookies["language"] = "en"
    page = client.get(LIST)
    assert "Your own decision: somebody else has to look at it" in words(page)
    assert "data-key" not in page.content.decode().partition("<main")[2].partition("</main")[0]
    pressed = client.post(f"{LIST}{overridden[1]}/in-order/", follow=True)
    assert "This is your own decision. Somebody else has to look at it." in words(pressed)
    assert rows("SELECT count(*) FROM override_review") == [(0,)]


def test_the_list_is_filtered_by_station_and_officer_and_keeps_the_filter(
    at_longs_desk, overridden, station, far_station, binh
):
    led = at_longs_desk.post(LIST, {"station": far_station, "officer": "", "which": ""})
    assert led.headers["Location"] == f"{LIST}?station={far_station}"
    assert "There are no such decisions." in words(at_longs_desk.get(led.headers["Location"]))
    here = at_longs_desk.get(LIST, {"station": station, "officer": binh.pk})
    assert "Original papers checked" in words(here)
    pressed = at_longs_desk.post(f"{LIST}{overridden[1]}/in-order/?station={station}")
    assert pressed.headers["Location"] == f"{LIST}?station={station}"


def test_as_a_file_it_has_who_looked_at_it(at_longs_desk, overridden, long):
    actions.review_override(acting_as(long), overridden[1], "talked_to", "Next time call")
    file = at_longs_desk.get("/stations/overrides.csv", {"which": "all"})
    (row,) = csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig")))
    assert (row["Officer"], row["By"], row["Note"]) == ("binh", "long", "Next time call")
    assert row["What stood against it"] == "the verdict was red"
    assert at_longs_desk.get("/stations/overrides.xlsx").status_code == 200


def test_a_leader_of_another_station_sees_none(overridden, far_station):
    client = signed_in(Client(), make_official("nam", "checkpoint_leader", "station", far_station))
    client.cookies["language"] = "en"
    assert "There are no such decisions." in words(client.get(LIST))
    pressed = client.post(f"{LIST}{overridden[1]}/in-order/", follow=True)
    assert "There is no such decision against the verdict in your jurisdiction." in words(pressed)


@pytest.mark.parametrize(
    "ruled_by", ["", "passage", "passage x y z", "no-such-rule 1 1 red", "passage 2 99 red"]
)
def test_whatever_stands_there_of_a_rule_the_list_is_shown(country, ruled_by):
    assert clause(ruled_by)

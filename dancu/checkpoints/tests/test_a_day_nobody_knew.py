"""The first of January is written where nobody knows the day: who was found ill is known again by the
year, whichever way round.
"""

import datetime as dt

import pytest
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.actions import Sender
from dancu.checkpoints.errors import ReasonNeeded
from dancu.checkpoints.figures import station_counts
from dancu.checkpoints.reasons import Reason
from dancu.isolation.lookups import whose_journeys
from dancu.matching.lookups import ClaimedIdentity, PartialDate
from dancu.testing.at_the_station import FEVER, NAMELESS, POSITIVE, cross, look
from dancu.testing.travellers import add_an, commune, declare, journey

WHOLE, FIRST, YEAR = PartialDate(1951, 9, 14), PartialDate(1951, 1, 1), PartialDate(1951)
MAN = NAMELESS | {
    "full_name": "Tống Thị Mận",
    "sex": 2,
    "phone": "0967111222",
    "birth": WHOLE,
    "home_area": None,
}
BOTH_WAYS = pytest.mark.parametrize(
    ("before", "then"), [(FIRST, WHOLE), (WHOLE, FIRST), (FIRST, YEAR), (YEAR, FIRST)]
)


@BOTH_WAYS
def test_with_the_same_telephone_who_was_held_is_surely_the_same(country, acting, station, before, then):
    cross(acting, station, declare(**MAN | {"birth": before}), "secondary", POSITIVE)
    again = declare(**MAN | {"birth": then})
    shown = look(acting, station, again)
    assert (shown.colour, [stop["sure"] for stop in shown.memory.stops]) == ("red", [True])
    with pytest.raises(ReasonNeeded):
        cross(acting, station, again)
    cross(acting, station, again, "through", Reason("negative"))
    assert look(acting, station, again).memory.stops == []


@BOTH_WAYS
def test_by_name_alone_the_officer_asks(country, acting, station, before, then):
    cross(acting, station, declare(**MAN | {"birth": before, "phone": ""}), "secondary", POSITIVE)
    shown = look(acting, station, declare(**MAN | {"birth": then, "phone": ""}))
    assert [(stop["sure"], stop["of"]) for stop in shown.memory.stops] == [(False, "name")]
    assert (
        look(acting, station, declare(**MAN | {"birth": PartialDate(1938, 1, 1), "phone": ""})).memory.stops
        == []
    )


@BOTH_WAYS
def test_an_illness_that_was_declared_is_remembered(country, acting, station, before, then):
    declare(**MAN | {"birth": before}, test_kind="pcr", test_result="positive")
    shown = look(acting, station, declare(**MAN | {"birth": then}))
    assert [sign["test_result"] for sign in shown.memory.signs] == ["positive"]
    assert shown.for_a_reason


@BOTH_WAYS
def test_the_commune_has_one_line(country, acting, station, before, then):
    told = [declare(**MAN | {"birth": birth}) for birth in (before, then)]
    assert len({*whose_journeys(one.declaration_id for one in told).values()}) == 1


@BOTH_WAYS
def test_the_station_counts_one(country, acting, station, before, then):
    for birth in (before, then):
        cross(acting, station, declare(**MAN | {"birth": birth, "phone": ""}), "secondary", FEVER)
    assert station_counts(station)["secondary"] == 1


@BOTH_WAYS
def test_the_desk_remembers_who_was_stopped_here_and_elsewhere(
    country, acting, station, far_station, before, then
):
    cross(acting, station, declare(**MAN | {"birth": before, "phone": ""}), "secondary", POSITIVE)
    known = PartialDate(then.year, then.month, then.day)
    for at in (station, far_station):
        assert lookups.remembered_of(acting, ClaimedIdentity("", "Tống Thị Mận", known), at).stops
    assert lookups.remembered_of(
        acting, ClaimedIdentity("", "Tống Thị Mâm", known), station
    ).stops  # a letter apart, who was here


def test_so_does_it_of_one_whom_the_register_knows_by_the_year_alone(country, acting, station):
    add_an(
        full_name="Tống Thị Mận",
        sex=2,
        pin="092151004321",
        cmnd=None,
        birth_date=dt.date(1951, 9, 14),
        home_area=commune("Phường Ninh Kiều, Cần Thơ"),
    )
    cross(acting, station, declare(**MAN | {"birth": FIRST, "phone": ""}), "secondary", POSITIVE)
    (traveller,) = lookups.identify(acting, "092151004321")
    assert [stop["reason_code"] for stop in traveller.memory.stops] == ["positive"]


@BOTH_WAYS
def test_who_sends_both_is_given_one_pass_that_is_marked(country, before, then):
    first = actions.declare(journey(**MAN | {"birth": before}, symptoms=("cough",)), uuid7())
    newer = actions.declare(
        journey(**MAN | {"birth": then}), uuid7(), sender=Sender(sent=(first.declaration_id,))
    )
    assert newer.marked
    assert lookups.pass_in_full(first.pass_id)["superseded_by"] == newer.declaration_id

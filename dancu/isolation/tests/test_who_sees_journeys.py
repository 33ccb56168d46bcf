"""Whose journeys a commune sees."""

import pytest
from uuid_utils.compat import uuid7

from dancu.accounts.tests.factories import acting_as
from dancu.isolation import actions, lookups
from dancu.isolation.errors import NoSuchArrival
from dancu.isolation.tests.factories import (
    BEFORE,
    BEN_THANH,
    DICH_VONG,
    YEN_HOA,
    area,
    chi,
    expect,
    someone,
)  # fmt: skip
from dancu.isolation.tests.test_lookups import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def test_one_arrival_is_seen_from_either_end_and_from_nowhere_else(acting):
    declaration = expect()
    assert lookups.arrival(acting, declaration)["person_id"] == 1
    assert lookups.arrival(acting_as(chi(BEN_THANH, "saigon")), declaration)["person_id"] == 1
    with pytest.raises(NoSuchArrival):
        lookups.arrival(acting_as(chi(YEN_HOA, "neighbour")), declaration)
    with pytest.raises(NoSuchArrival):
        lookups.arrival(acting, uuid7())


def test_the_journeys_of_one_who_was_met_here_are_all_seen(acting):
    here = expect(person_id=1)
    expect(person_id=1, destination_area=area(YEN_HOA))
    assert len(lookups.journeys(acting, 1)) == 1, "declared alone, which anybody may have done"
    actions.meet(acting, here)
    assert len(lookups.journeys(acting, 1)) == 2
    assert recorded(1, "movements.view") == 2


def test_the_journeys_of_a_resident_are_seen_wherever_they_went(acting):
    an = someone(area(DICH_VONG, on=BEFORE))
    expect(person_id=an, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA))
    assert len(lookups.journeys(acting, an)) == 1


def test_the_journeys_of_anyone_else_are_refused_like_those_of_nobody(acting):
    stranger = someone(area(BEN_THANH))
    expect(person_id=stranger, destination_area=area(YEN_HOA))
    for person_id in (stranger, 999_999_999, -5):
        with pytest.raises(NoSuchArrival):
            lookups.journeys(acting, person_id)
    assert recorded(stranger, "movements.refused") == 1
    assert recorded(stranger, "movements.view") == 0

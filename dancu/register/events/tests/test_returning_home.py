"""A return gives back the very home."""

import datetime as dt

import pytest

from dancu.register import actions, lookups
from dancu.register.lookups import TEMPORARY
from dancu.testing.family import BASIS, DAY, HOUSEHOLD, couple, event_of, hai, held
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

SAI_GON = "26740"  # a ward of today, made from three


@pytest.fixture
def acting():
    return hai()


def home(person_id: int) -> tuple:
    row = held(person_id)
    return row["home_area"], row["home_address"], row["household_id"], row["relation"]


@pytest.mark.parametrize(
    "returned", [dt.date(2024, 6, 1), dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2026, 1, 5)]
)
@pytest.mark.parametrize("ward", [SAI_GON, BEN_THANH, CAU_GIAY])
def test_who_returns_to_a_ward_of_today_lives_in_it_whenever_that_was(acting, ward, returned):
    """Registers name the units of today also for homes that are older than these: what they were made
    from would be a guess.
    """
    an, _lan = couple(home=area(ward))
    was = home(an)
    actions.record_death(acting, an, dt.date(2024, 2, 29), BASIS)
    actions.record_return(acting, an, returned, BASIS)
    assert home(an) == was
    assert held(an)["home_since"] == returned


@pytest.mark.parametrize("returned", [dt.date(2024, 6, 1), dt.date(2026, 1, 5)])
def test_who_returns_to_a_ward_that_is_no_more_lives_in_what_became_of_it_with_the_address(acting, returned):
    an, _lan = couple(home=area(DICH_VONG, BEFORE))
    actions.record_death(acting, an, dt.date(2024, 2, 29), BASIS)
    actions.record_return(acting, an, returned, BASIS)
    assert home(an) == (area(CAU_GIAY), "12 Xuân Thủy", HOUSEHOLD, 1)


def test_an_undone_return_and_an_undone_death_leave_the_home_as_it_was(acting):
    an, _lan = couple(home=area(SAI_GON))
    was, lived = home(an), lookups.record_of(an).residences
    actions.record_death(acting, an, dt.date(2024, 2, 29), BASIS)
    actions.record_return(acting, an, dt.date(2024, 6, 1), BASIS)
    actions.undo_event(acting, an, event_of(an), BASIS)
    assert held(an)["home_since"] is None
    actions.undo_event(acting, an, event_of(an, 2), BASIS)
    assert (home(an), lookups.record_of(an).residences) == (was, lived)


def stays(person_id: int) -> list[tuple]:
    """Where this person lives for a time."""
    told = lookups.record_of(person_id).residences
    return [
        (row["area_id"], row["address"], row["until"])
        for row in told
        if row["kind"] == TEMPORARY and not row["valid_to"]
    ]


@pytest.mark.parametrize("until", [None, dt.date(2099, 12, 31)])
def test_who_lived_elsewhere_for_a_time_lives_there_again(acting, until):
    an = someone()
    actions.record_move(
        acting,
        an,
        area_id=area(BEN_THANH),
        address="3",
        moved_on=DAY,
        until=until,
        kind=TEMPORARY,
        basis=BASIS,
    )
    was = stays(an)
    actions.record_death(acting, an, dt.date(2025, 8, 20), BASIS)
    assert stays(an) == []
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert stays(an) == was == [(area(BEN_THANH), "3", until)]
    actions.undo_event(acting, an, event_of(an), BASIS)
    assert stays(an) == []


def test_a_stay_that_would_have_ended_meanwhile_does_not_begin_again(acting):
    an = someone()
    until = dt.date(2025, 8, 31)
    actions.record_move(
        acting,
        an,
        area_id=area(BEN_THANH),
        address="3",
        moved_on=DAY,
        until=until,
        kind=TEMPORARY,
        basis=BASIS,
    )
    actions.record_death(acting, an, dt.date(2025, 8, 20), BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert stays(an) == []


def test_who_died_twice_comes_back_to_the_home_of_the_second_time(acting):
    an = someone()
    actions.record_death(acting, an, DAY, BASIS)
    actions.record_return(acting, an, dt.date(2025, 8, 5), BASIS)
    actions.record_move(
        acting, an, area_id=area(BEN_THANH), address="3 Lê Lợi", moved_on=dt.date(2025, 8, 10), basis=BASIS
    )
    actions.record_death(acting, an, dt.date(2025, 8, 20), BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert home(an)[:2] == (area(BEN_THANH), "3 Lê Lợi")

"""A home for now is one only while it lasts: whoever asks where somebody lives gets the same answer."""

import datetime as dt

import polars as pl
import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dancu.register import actions, candidates, lookups, many_candidates
from dancu.register import snapshot as copying
from dancu.register.codes import ABSENT, CURRENT, PERMANENT, STAY, TEMPORARY
from dancu.testing.family import BASIS, DAY, event_of, hai
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, BORN, CAU_GIAY, YEN_HOA, area, chi, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

LONG_AGO = dt.date(2024, 1, 1)


def today() -> dt.date:
    return timezone.localdate()


def lodger(until: dt.date | None = None, kind: int = TEMPORARY, valid_to: dt.date | None = None) -> int:
    """An, who lives in Bến Thành for now."""
    an = someone()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO residence (person_id, kind, valid_from, valid_to, until, area_id) VALUES (%s, %s, "
            "%s, %s, %s, %s)",
            [an, kind, LONG_AGO, valid_to, until, area(BEN_THANH)],
        )
    return an


def said(an: int, officer) -> list[bool]:
    """Whether An lives in Bến Thành, as each of those says who answer for it."""
    there, frame = area(BEN_THANH), pl.Series([an])
    return [
        there in [home["area_id"] for home in lookups.homes([an])[an]],
        lookups.may_see(officer, an),
        an in lookups.may_see_of(officer, [an]),
        an in [each.person_id for each in lookups.search(officer, name="Nguyễn Văn An").people],
        an
        in [each.person_id for each in lookups.search(officer, name="Nguyễn Văn An", birth_date=BORN).people],
        an in [each.person_id for each in lookups.search(hai(), name="Nguyễn Văn An", places=[there]).people],
        there in candidates.other_homes([an]).get(an, []),
        there in many_candidates.other_homes(frame)["lives_in"],
        there in copying.copies.people(f"person_id = {an}")["lives_in"],
    ]


@pytest.mark.parametrize("kind", [TEMPORARY, CURRENT, STAY])
def test_one_who_lives_there_for_now_is_of_the_place(kind):
    officer = acting_as(chi(BEN_THANH))
    assert set(said(lodger(kind=kind), officer)) == {True}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(st.integers(-800, 800))
@example(0)
@example(1)
@example(-1)
def test_until_the_day_that_was_agreed_and_no_longer(days):
    an = lodger(until=today() + dt.timedelta(days=days))
    there = area(BEN_THANH) in [home["area_id"] for home in lookups.homes([an])[an]]
    assert there == (days > 0)


@pytest.mark.parametrize("days", [-400, 0, 1])
def test_everybody_answers_alike_whether_a_temporary_home_still_lasts(days):
    officer = acting_as(chi(BEN_THANH))
    assert set(said(lodger(until=today() + dt.timedelta(days=days)), officer)) == {days > 0}


def test_one_who_is_absent_does_not_live_where_the_absence_is_noted():
    officer = acting_as(chi(BEN_THANH))
    assert set(said(lodger(kind=ABSENT), officer)) == {False}


def test_the_record_tells_of_a_home_that_ended_as_agreed_that_it_did():
    until = today() - dt.timedelta(days=30)
    last = lookups.record_of(lodger(until=until)).residences[-1]
    assert (last["valid_to"], last["until"]) == (until, until)


def test_who_moves_for_good_leaves_the_home_where_they_lived_in_fact():
    acting = hai()
    an = lodger(kind=CURRENT)
    actions.record_move(acting, an, area_id=area(YEN_HOA), address="5 Trung Kính", moved_on=DAY, basis=BASIS)
    assert [(home["kind"], home["area_id"]) for home in lookups.homes([an])[an]] == [
        (PERMANENT, area(YEN_HOA))
    ]
    assert not lookups.may_see(acting_as(chi(BEN_THANH)), an)
    actions.undo_event(acting, an, event_of(an), BASIS)
    assert {home["area_id"] for home in lookups.homes([an])[an]} == {area(CAU_GIAY), area(BEN_THANH)}


@pytest.mark.parametrize(("address", "left"), [("", [PERMANENT]), ("7 Lê Lợi", [PERMANENT, TEMPORARY])])
def test_who_moves_for_good_to_where_they_are_registered_for_a_time_is_so_no_more(address, left):
    an = lodger()
    actions.record_move(hai(), an, area_id=area(BEN_THANH), address=address, moved_on=DAY, basis=BASIS)
    assert [home["kind"] for home in lookups.homes([an])[an]] == left


def test_a_home_that_had_ended_as_agreed_does_not_end_again_with_a_death_or_a_move():
    agreed = dt.date(2024, 6, 1)
    for nth, what in enumerate(("death", "move")):
        an = lodger(until=agreed)
        if what == "death":
            actions.record_death(None, an, DAY, BASIS)
        else:
            actions.record_move(
                None,
                an,
                kind=TEMPORARY,
                area_id=area(YEN_HOA),
                address="",
                moved_on=DAY,
                basis=f"{BASIS} {nth}",
            )
        assert agreed in [row["valid_to"] for row in lookups.record_of(an).residences], what

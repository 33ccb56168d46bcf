"""How things stood on a day before the register's first word on a person, from what was recorded later."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.register import actions, lookups, merging
from dancu.register.codes import ALIVE, DEAD, DIVORCED, MARRIED, MISSING, SINGLE, WIDOWED
from dancu.register.lookups import DayKnowledge, OnADay, on_a_day
from dancu.testing.database import rolled_back, rows
from dancu.testing.family import BASIS, event_of, man, woman
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

IMPORTED = dt.date(2024, 1, 1)
PIN, NEW_PIN, OTHER_PIN, THIRD_PIN = "001085001234", "001085005678", "001085009999", "001085007777"
CMND, OTHER_CMND = "012345678", "087654321"
WED, BROKEN = dt.date(2020, 6, 1), dt.date(2022, 3, 1)


@pytest.fixture
def acting():
    return acting_as(ha())


def imported(who=someone, **fields) -> int:
    """Somebody of whom a file told on the first day of 2024."""
    return who(valid_from=IMPORTED, **({"marital_status": SINGLE} | fields))


def then(person_id: int, day: dt.date, at: dt.datetime | None = None) -> OnADay:
    return on_a_day(person_id, day, at or timezone.now())


def marital(person_id: int, day: dt.date, at: dt.datetime | None = None):
    """None where it is not known."""
    told = then(person_id, day, at)
    assert told.record
    return None if "marital_status" in told.unknown else told.record["marital_status"]


def day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


def test_who_married_was_married_from_that_day_and_single_until_then(acting):
    an, lan = imported(), imported(woman)
    actions.record_marriage(acting, an, lan, WED, BASIS)
    for one, other in ((an, lan), (lan, an)):
        days = [
            dt.date(2010, 1, 1),
            day_before(WED),
            WED,
            dt.date(2021, 1, 1),
            day_before(IMPORTED),
            IMPORTED,
        ]
        assert [marital(one, day) for day in days] == [SINGLE, SINGLE, MARRIED, MARRIED, MARRIED, MARRIED]
        married = then(one, WED)
        assert married.record
        assert (married.known, married.record["spouse_id"], "spouse_id" in married.unknown) == (
            DayKnowledge.HISTORY,
            other,
            False,
        )


def test_a_divorce_and_a_second_marriage_each_have_their_day(acting):
    an, lan, hue = imported(), imported(woman), imported(woman, name="Phạm Thị Huệ")
    actions.record_marriage(acting, an, lan, WED, BASIS)
    actions.record_divorce(acting, an, BROKEN, BASIS)
    again = dt.date(2023, 5, 5)
    actions.record_marriage(acting, an, hue, again, BASIS)
    days = [day_before(WED), WED, day_before(BROKEN), BROKEN, day_before(again), again]
    assert [marital(an, day) for day in days] == [SINGLE, MARRIED, MARRIED, DIVORCED, DIVORCED, MARRIED]
    assert [marital(lan, day) for day in days] == [SINGLE, MARRIED, MARRIED, DIVORCED, DIVORCED, DIVORCED]


def test_what_no_event_tells_is_not_known(acting):
    an, lan = imported(marital_status=MARRIED), imported(woman, marital_status=WIDOWED)
    assert (marital(an, WED), marital(lan, WED)) == (None, None)
    actions.record_divorce(acting, an, BROKEN, BASIS)
    assert [marital(an, day) for day in (day_before(BROKEN), BROKEN, day_before(IMPORTED))] == [
        None,
        DIVORCED,
        DIVORCED,
    ]


def test_what_was_otherwise_again_before_the_next_word_is_known_of_its_own_day_alone(acting):
    an, lan = imported(), imported(woman)
    actions.record_marriage(acting, an, lan, WED, BASIS)
    actions.correct(acting, an, {"marital_status": DIVORCED}, BASIS, [f"marital_status:{lan}"])
    assert [marital(an, day) for day in (WED, WED + dt.timedelta(days=1), IMPORTED)] == [
        MARRIED,
        None,
        DIVORCED,
    ]


def test_who_died_leaves_a_widow_from_that_day(acting):
    an, lan = imported(), imported(woman)
    actions.record_marriage(acting, an, lan, WED, BASIS)
    actions.record_death(acting, an, BROKEN, BASIS, confirmed=["lived_after"])
    assert [marital(lan, day) for day in (day_before(BROKEN), BROKEN, day_before(IMPORTED))] == [
        MARRIED,
        WIDOWED,
        WIDOWED,
    ]
    states = [then(an, day).record for day in (day_before(BROKEN), BROKEN)]
    assert [(row["status"], row["status_on"]) for row in states if row] == [(ALIVE, None), (DEAD, BROKEN)]


@pytest.mark.parametrize(("record", "gone"), [("record_death", DEAD), ("record_missing", MISSING)])
def test_who_was_gone_and_came_back_was_gone_in_between(acting, record, gone):
    an, lan = imported(), imported(woman)
    actions.record_marriage(acting, an, lan, WED, BASIS)
    getattr(actions, record)(acting, an, dt.date(2021, 1, 1), BASIS, confirmed=["lived_after"])
    actions.record_return(acting, an, BROKEN, BASIS)
    days = [dt.date(2020, 12, 31), dt.date(2021, 1, 1), day_before(BROKEN), BROKEN, day_before(IMPORTED)]
    states = [row["status"] for day in days if (row := then(an, day).record)]
    assert states == [ALIVE, gone, gone, ALIVE, ALIVE]
    widowed = WIDOWED if gone == DEAD else MARRIED
    assert [marital(lan, day) for day in days] == [MARRIED, widowed, widowed, MARRIED, MARRIED]


def recorded(kind: str) -> None:
    """A test is one transaction, whose beginning is the time of all that is recorded in it."""
    rows("UPDATE life_event SET recorded_at = clock_timestamp() WHERE kind = %s", kind)


def test_an_event_undone_tells_nothing_and_one_not_yet_recorded_is_not_known(acting):
    an, lan = imported(), imported(woman)
    before = timezone.now()
    actions.record_marriage(acting, an, lan, WED, BASIS)
    recorded("marriage")
    between = timezone.now()
    actions.undo_event(acting, an, event_of(an), BASIS)
    recorded("undone")
    assert [marital(an, WED, at) for at in (before, between, timezone.now())] == [SINGLE, MARRIED, SINGLE]


def test_a_household_that_was_left_before_the_record_is_told_of(acting):
    an = imported(household_id=1_000_123, relation=2)
    imported(woman, household_id=1_000_123, relation=1, born=dt.date(1960, 1, 1))
    actions.record_split(acting, an, leave=[an], head=an, on=WED, basis=BASIS)
    own, days = lookups.get(an)["household_id"], [day_before(WED), WED, day_before(IMPORTED)]
    told = [then(an, day) for day in days]
    homes = [
        None if "household_id" in each.unknown or not each.record else each.record["household_id"]
        for each in told
    ]
    assert homes == [None, own, own]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 1400), min_size=1, max_size=4, unique=True).map(sorted))
def test_days_of_a_life_are_told_alike_whether_the_record_was_made_before_or_after(acting, offsets):
    with rolled_back():
        begins = dt.date(2018, 1, 1)
        people = {}
        for since in (begins, dt.date(2024, 1, 1)):
            an = man(valid_from=since, marital_status=SINGLE)
            for nth, offset in enumerate(offsets):
                day = begins + dt.timedelta(days=offset)
                if nth % 2:
                    actions.record_divorce(acting, an, day, BASIS)
                else:
                    actions.record_marriage(
                        acting, an, woman(valid_from=since, marital_status=SINGLE), day, BASIS
                    )
            people[since] = an
        for near in {each for offset in offsets for each in (offset - 1, offset, offset + 1)} - {-1}:
            day = begins + dt.timedelta(days=near)
            one, two = (marital(an, day) for an in people.values())
            assert one == two


# Numbers


def numbers(person_id: int, day: dt.date) -> tuple:
    record = then(person_id, day).record
    return record and (record["pin"], record["cmnd"])


def test_a_merge_brings_no_number_into_the_time_before_it(acting):
    keep, other = imported(pin=PIN, cmnd=CMND), imported(pin=OTHER_PIN, cmnd=OTHER_CMND)
    merge_id = merging.merge_people(acting, keep, other, basis=BASIS)
    for day in (dt.date(2022, 1, 1), IMPORTED, timezone.localdate()):
        assert numbers(keep, day) == (PIN, CMND)
    merging.undo_merge(acting, merge_id, basis=BASIS)
    assert (numbers(keep, WED), numbers(other, WED)) == ((PIN, CMND), (OTHER_PIN, OTHER_CMND))


@pytest.mark.parametrize(("fields", "held"), [([], [PIN, NEW_PIN]), (["pin"], [OTHER_PIN, THIRD_PIN])])
def test_numbers_that_were_replaced_are_those_of_the_number_that_counts(acting, fields, held):
    keep, other = imported(pin=PIN), imported(pin=OTHER_PIN)
    actions.replace_pin(acting, keep, NEW_PIN, WED, BASIS)
    actions.replace_pin(acting, other, THIRD_PIN, BROKEN, BASIS)
    merging.merge_people(acting, keep, other, basis=BASIS, fields=fields)
    replaced = WED if not fields else BROKEN
    assert [numbers(keep, day)[0] for day in (day_before(replaced), replaced)] == held


def test_a_number_replaced_after_a_merge_was_held_before(acting):
    keep, other = imported(pin=PIN), imported(pin=OTHER_PIN)
    merging.merge_people(acting, keep, other, basis=BASIS)
    third = imported(pin=THIRD_PIN)
    merging.merge_people(acting, third, keep, basis=BASIS, fields=["pin"])
    actions.replace_pin(acting, third, NEW_PIN, WED, BASIS)
    assert [numbers(third, day)[0] for day in (day_before(WED), WED)] == [PIN, NEW_PIN]

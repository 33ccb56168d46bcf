"""Rows are what their types say, those too that no statement gives as they are."""

import datetime as dt
import types
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from django.utils import timezone

from dancu.register import actions, lookups
from dancu.register.merging.tests.merged import CMND, OTHER_PIN, PIN, merge
from dancu.register.rows import (
    CarriedRows,
    MergedRecord,
    PersonFacts,
    PersonRecord,
    RecordedEvent,
    RegisteredPerson,
    RowsAside,
    TakenValue,
)
from dancu.testing.officials import acting_as
from dancu.testing.people import BORN, SINCE, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

BASIS = "Quyết định 1/2021"


@pytest.fixture
def acting():
    return acting_as(ha())


def is_a(row, kind: Any, *, of_json: bool = False) -> bool:
    """Whether it holds the keys that the type names (from JSON maybe more), and values of their types."""
    needed, optional = kind.__required_keys__, kind.__optional_keys__
    known = {name: held for name, held in row.items() if name in needed | optional}
    return (
        needed <= row.keys()
        and (of_json or known == row)
        and all(_fits(held, hint) for name, hint in get_type_hints(kind).items() for held in _of(known, name))
    )


def _of(row, name):
    return [row[name]] if name in row else []


def _fits(held, hint) -> bool:
    if hint is Any:
        return True
    if isinstance(hint, types.UnionType):
        return any(_fits(held, each) for each in get_args(hint))
    return isinstance(held, get_origin(hint) or hint)


def test_a_person_as_the_register_holds_them_now_and_held_them_then():
    an = someone(pin=PIN, cmnd=CMND, card_issued_on=dt.date(2021, 5, 1), phone="0912345678")
    assert is_a(lookups.get(an), RegisteredPerson)
    assert is_a(lookups.person_as_of(an, timezone.localdate(), timezone.now()), PersonRecord)


@pytest.mark.parametrize("day", [BORN - dt.timedelta(days=1), SINCE - dt.timedelta(days=1), SINCE])
def test_a_record_of_another_day(day):
    an = someone(pin=PIN, card_issued_on=dt.date(2021, 5, 1))
    assert is_a(lookups.on_a_day(an, day, timezone.now()).record, PersonRecord)


def test_what_an_event_would_do(acting):
    an = someone(pin=PIN)
    told = actions.rehearse(
        lambda confirmed: actions.record_death(acting, an, timezone.localdate(), BASIS, confirmed)
    )
    assert told.effects and all(is_a(effect.row, PersonFacts, of_json=True) for effect in told.effects)
    told = actions.rehearse(
        lambda confirmed: actions.record_birth(
            acting,
            an,
            full_name="Nguyễn Văn Minh",
            birth_date=dt.date(2021, 6, 1),
            sex=1,
            basis=BASIS,
            confirmed=confirmed,
        )
    )
    born = [effect.row for effect in told.effects if effect.is_new]
    assert born and is_a(born[0], PersonFacts, of_json=True)


def test_an_event_of_a_record(acting):
    an = someone()
    actions.correct(acting, an, {"full_name": "Nguyễn Văn Ân"}, BASIS)
    events = lookups.record_of(an).events
    assert len(events) == 2 and all(is_a(event, RecordedEvent) for event in events)


def test_a_merge_holds_the_row_of_the_record_that_left_and_what_was_carried(acting):
    an, other = someone(pin=PIN), someone(pin=OTHER_PIN, full_name="Nguyễn Văn Ân", cmnd=CMND)
    made = lookups.merge_of(merge(acting, an, other, fields=["full_name", "cmnd"]))
    assert is_a(made.other, MergedRecord)
    assert made.moved and all(is_a(entry, CarriedRows) for entry in made.moved)
    assert all(is_a(entry, CarriedRows) for entry in made.pointed)
    assert all(is_a(entry, RowsAside) for entry in made.aside)
    assert made.taken and all(is_a(each, TakenValue) for each in made.taken.values())


def test_who_was_called_otherwise_before_a_merge(acting):
    an, other = someone(), someone(full_name="Trần Quốc Bình")
    merge(acting, an, other)
    span = (BORN, BORN)
    assert [found.person_id for found in lookups.formerly_anywhere("Trần Quốc Bình", span)] == [an]

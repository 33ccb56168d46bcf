"""Two officials record an event of one person at the same moment."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dancu.db import transactions
from dancu.register import actions, counting, lookups
from dancu.register.errors import (
    AlreadyDead,
    AlreadyMarried,
    AskFirst,
    ChangedMeanwhile,
    DeathBeforeChild,
    ParentDead,
    ParentTooYoung,
    RegisterError,
    UndoneAlready,
)
from dancu.register.events import births
from dancu.testing.family import (
    BASIS,
    DAY,
    child_of,
    couple,
    event_of,
    hai,
    held,
    man,
    marriage_of,
    what_happened,
    woman,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]


def each(at_once, *deeds: Callable[[], Any]) -> list[Any]:
    """What becomes of each: what it gave back, or the kind of its refusal."""
    waiting = list(deeds)

    def act() -> Any:
        try:
            return waiting.pop()()
        except RegisterError as refused:
            return type(refused)

    return at_once(len(deeds), act)


def test_of_two_deaths_of_one_man_one_is_recorded(at_once):
    (an, lan), acting = couple(), hai()
    results = each(at_once, *[lambda: actions.record_death(acting, an, DAY, BASIS)] * 2)
    assert sorted(map(str, results)) == sorted(map(str, [None, AlreadyDead]))
    assert (what_happened(an).count("death"), what_happened(lan).count("spouse_death")) == (1, 1)
    assert counting.recount() == []


def test_of_two_marriages_of_one_woman_one_is_recorded(at_once):
    lan, acting = woman(), hai()
    men = [man(), man("Đỗ Văn Sơn")]
    results = each(
        at_once, *[lambda him=him: actions.record_marriage(acting, him, lan, DAY, BASIS) for him in men]
    )
    assert sorted(map(str, results)) == sorted(map(str, [None, AlreadyMarried]))
    assert sorted(marriage_of(him)[0] or 0 for him in men) == [0, 2]
    assert marriage_of(marriage_of(lan)[1])[1] == lan


def test_husband_and_wife_who_die_at_one_moment_do_not_wait_for_each_other_for_ever(at_once):
    (an, lan), acting = couple(), hai()
    each(at_once, *[lambda one=one: actions.record_death(acting, one, DAY, BASIS) for one in (an, lan)])
    assert [held(one)["status"] for one in (an, lan)] == [2, 2]


def test_two_births_at_once_never_get_one_number(at_once, monkeypatch):
    acting, mothers = hai(), [woman(f"Lê Thị {name}") for name in ("Hoa", "Mai", "Cúc", "Đào")]
    monkeypatch.setattr(births, "_AT_ONCE", 2)
    monkeypatch.setattr(births, "_TRIES", 200)
    serials = iter(range(10**6))
    monkeypatch.setattr(births.secrets, "randbelow", lambda _most: next(serials) // 16)
    children = each(
        at_once,
        *[
            lambda mother=mother: actions.record_birth(
                acting, mother, full_name="Lê Minh Anh", birth_date=DAY, sex=1, basis=BASIS
            )
            for mother in mothers[:1]
        ],
        *[
            lambda mother=mother, nth=nth: actions.record_birth(
                acting,
                mother,
                full_name=f"Lê Minh {'Bảo Châu Dũng'.split()[nth]}",
                birth_date=DAY,
                sex=1,
                basis=BASIS,
            )
            for nth, mother in enumerate(mothers[1:])
        ],
    )
    numbers = [held(child)["pin"] for child in children]
    assert len(set(numbers)) == 4, numbers
    assert counting.recount() == []


def test_of_two_clerks_who_register_one_child_the_second_is_asked(at_once):
    (an, lan), acting = couple(), hai()
    birth = {"full_name": "Nguyễn Minh Khoa", "birth_date": DAY, "sex": 1, "basis": BASIS}
    results = each(
        at_once,
        lambda: actions.record_birth(acting, lan, other_parent_id=an, **birth),
        lambda: actions.record_birth(acting, an, other_parent_id=lan, **birth),
    )
    assert AskFirst in results
    assert lookups.number_of_people() == 3


def test_an_event_is_undone_by_one_of_two(at_once):
    (an, lan), acting = couple(), hai()
    actions.record_death(acting, an, dt.date(2025, 7, 1), BASIS)
    event_id = event_of(an)
    results = each(
        at_once, *[lambda who=who: actions.undo_event(acting, who, event_id, BASIS) for who in (an, lan)]
    )
    assert sorted(map(str, results)) == sorted(map(str, [None, UndoneAlready]))
    assert what_happened(an).count("undone") == 1
    assert counting.recount() == []


ASKED = ("parents_age", "age_of_parent", "lived_before", "age_at_marriage", "marital_status", "sex_of_parent")
TURNS = pytest.mark.parametrize("turn", range(4))


@pytest.fixture
def no_second_try(monkeypatch):
    """Whoever waits for another who waits for them fails: nobody should."""
    monkeypatch.setattr(transactions, "TRIES", 1)


@TURNS
@pytest.mark.usefixtures("no_second_try")
def test_a_father_and_a_child_corrected_at_once_stay_father_and_child(at_once, turn):
    acting, born = hai(), dt.date(1994, 5, 1)
    father = man(born=dt.date(1978, 5, 1), valid_from=dt.date(2010, 1, 1))
    child = child_of(father, None, dt.date(2000, 5, 1))
    corrections = [
        (father, dt.date(1985, 5, 1)),
        (child, born),
    ]  # each of the two is possible, both are nine years apart
    results = each(
        at_once,
        *[
            lambda who=who, on=on: actions.correct(acting, who, {"birth_date": on}, BASIS, ASKED)
            for who, on in corrections[:: 1 if turn % 2 else -1]
        ],
    )
    assert sorted(map(str, results)) == sorted(map(str, [None, ParentTooYoung]))
    assert held(child)["birth_date"].year - held(father)["birth_date"].year >= 15


@TURNS
@pytest.mark.usefixtures("no_second_try")
def test_a_mothers_death_and_her_childs_birth_date_at_once_leave_no_birth_after_the_death(at_once, turn):
    acting, lan = hai(), woman(valid_from=dt.date(2010, 1, 1))
    child = child_of(None, lan, dt.date(2012, 9, 5))
    deeds = [
        lambda: actions.record_death(acting, lan, dt.date(2013, 3, 3), BASIS, ["lived_after"]),
        lambda: actions.correct(acting, child, {"birth_date": dt.date(2014, 9, 5)}, BASIS, ASKED),
    ]
    results = each(at_once, *deeds[:: 1 if turn % 2 else -1])
    assert results.count(None) == 1
    assert {DeathBeforeChild, ParentDead} & {*results}


@TURNS
@pytest.mark.usefixtures("no_second_try")
def test_a_parent_named_while_their_birth_date_is_corrected_is_one(at_once, turn):
    acting, father = hai(), man(born=dt.date(1978, 5, 1), valid_from=dt.date(2010, 1, 1))
    child = child_of(None, None, dt.date(1994, 5, 1))
    deeds = [
        lambda: actions.correct(acting, child, {"father_id": father}, BASIS, ASKED),
        lambda: actions.correct(acting, father, {"birth_date": dt.date(1985, 5, 1)}, BASIS, ASKED),
    ]
    results = each(at_once, *deeds[:: 1 if turn % 2 else -1])
    assert sorted(map(str, results)) == sorted(map(str, [None, ParentTooYoung]))


@TURNS
@pytest.mark.usefixtures("no_second_try")
def test_parent_and_child_corrected_and_merged_at_once_do_not_wait_for_each_other_for_ever(at_once, turn):
    acting, (an, lan) = hai(), couple()
    child, twice = child_of(an, lan), man("Nguyễn Văn An", dt.date(1985, 1, 2))
    grown = child_of(twice, None, dt.date(2010, 3, 4), "Nguyễn Minh Anh")
    results = each(
        at_once,
        lambda: actions.merge_people(acting, an, twice, basis=BASIS),
        lambda: actions.correct(acting, child, {"birth_date": dt.date(2012, 9, 6)}, BASIS, ASKED),
        lambda: actions.correct(acting, grown, {"birth_date": dt.date(2010, 3, 5)}, BASIS, ASKED),
        lambda: actions.record_death(acting, lan, DAY, BASIS),
    )
    assert len([each for each in results if each in (None, ChangedMeanwhile)]) == 3, results
    assert held(grown)["father_id"] == an

"""An event that hit the wrong person is undone, and the record is the very same again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.register import actions, counting, lookups
from dancu.register.errors import (
    ChangedSince,
    HangsOnRecord,
    LaterEvent,
    LaterMerge,
    NoBasis,
    NoSuchEvent,
    NoSuchPerson,
    NotToBeUndone,
    UndoneAlready,
)
from dancu.register.events.tests.whole_country import DAYS, country
from dancu.register.lookups import ALIVE, DEAD, TEMPORARY
from dancu.register.versions import person_as_of
from dancu.testing.database import rows
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
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def acting():
    return hai()


def undone(acting, person_id: int, nth: int = 0) -> None:
    actions.undo_event(acting, person_id, event_of(person_id, nth), "Ghi nhầm người")


EVENTS: dict[str, Callable[[Any, int, int, int], object]] = {
    "death": lambda acting, an, _lan, _khoa: actions.record_death(acting, an, DAY, BASIS),
    "missing": lambda acting, an, _lan, _khoa: actions.record_missing(acting, an, DAY, BASIS),
    "divorce": lambda acting, an, _lan, _khoa: actions.record_divorce(acting, an, DAY, BASIS),
    "move": lambda acting, an, _lan, _khoa: actions.record_move(
        acting, an, area_id=area(YEN_HOA), address="5", moved_on=DAY, basis=BASIS
    ),
    "temporary": lambda acting, an, _lan, _khoa: actions.record_move(
        acting, an, area_id=area(YEN_HOA), address="5", moved_on=DAY, basis=BASIS, kind=TEMPORARY
    ),
    "all": lambda acting, an, _lan, _khoa: actions.record_move(
        acting, an, area_id=area(YEN_HOA), address="5", moved_on=DAY, basis=BASIS, whole_household=True
    ),
    "split": lambda acting, an, lan, khoa: actions.record_split(
        acting, an, leave=[an, khoa], head=an, stays_head=lan, on=DAY, basis=BASIS
    ),
    "birth": lambda acting, an, lan, _khoa: actions.record_birth(
        acting, an, full_name="Nguyễn Thị Mới", birth_date=DAY, sex=2, basis=BASIS, other_parent_id=lan
    ),
    "number": lambda acting, an, _lan, _khoa: actions.replace_pin(acting, an, "001085005678", DAY, BASIS),
    "correction": lambda acting, an, _lan, _khoa: actions.correct(
        acting, an, {"full_name": "Nguyễn Văn Ân", "birth_date": DAY.replace(1986)}, BASIS
    ),
}


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_undone_never_happened(acting, kind):
    an, lan = couple(pin="001085001234")
    khoa = child_of(an, lan)
    actions.record_move(
        acting,
        an,
        area_id=area(BEN_THANH),
        address="",
        moved_on=dt.date(2025, 7, 10),
        basis=BASIS,
        kind=TEMPORARY,
    )
    before = country()
    EVENTS[kind](acting, an, lan, khoa)
    assert country() != before
    happened = what_happened(an)[0]
    undone(acting, an)
    after = country()
    numbers = [row for row in after["beside"]["former_number"] if "Ghi nhầm người" in row]
    after["beside"]["former_number"] = [row for row in after["beside"]["former_number"] if row not in numbers]
    assert after == before
    assert bool(numbers) == (kind == "birth"), "the number that a child had is given to nobody else"
    assert counting.recount() == []
    assert what_happened(an)[:2] == ["undone", happened]
    assert audit.of_person(an)[0].action == "register.undone"


def test_an_undone_death_takes_the_widowhood_along_and_lets_what_came_since_stand(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAY, BASIS)
    actions.correct(acting, an, {"phone": "0912345678"}, BASIS)
    undone(acting, an, 1)
    assert (held(an)["status"], held(an)["phone"]) == (ALIVE, "0912345678")
    assert (marriage_of(an), marriage_of(lan)) == ((2, lan), (2, an))


def test_it_can_be_undone_from_the_widows_record_too(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAY, BASIS)
    undone(acting, lan)
    assert held(an)["status"] == ALIVE


def test_a_widow_who_died_meanwhile_leaves_a_widower(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAYS[0], BASIS)
    actions.record_death(acting, lan, DAYS[1], BASIS)
    undone(acting, an)
    assert marriage_of(an) == (3, lan)
    assert held(lan)["status"] == DEAD


def test_what_rests_on_an_event_is_undone_first(acting):
    an, lan = man(), woman()
    actions.record_marriage(acting, an, lan, DAYS[0], BASIS)
    actions.record_divorce(acting, an, DAYS[1], BASIS)
    with pytest.raises(LaterEvent, match="Divorce” of 02/08/2025"):
        undone(acting, an, 1)
    undone(acting, an)
    undone(acting, an, 2)
    assert (marriage_of(an), marriage_of(lan)) == ((None, None), (None, None))


def test_a_move_is_undone_only_after_the_move_that_followed_it(acting):
    an = someone()
    for on, code in ((DAYS[0], YEN_HOA), (DAYS[1], BEN_THANH)):
        actions.record_move(acting, an, area_id=area(code), address="", moved_on=on, basis=BASIS)
    with pytest.raises(LaterEvent):
        undone(acting, an, 1)
    undone(acting, an)
    undone(acting, an, 2)
    assert held(an)["home_area"] == area(CAU_GIAY)
    assert len(lookups.record_of(an).residences) == 1


def test_what_a_file_changed_since_is_not_overwritten(acting):
    an = someone()
    actions.record_move(acting, an, area_id=area(YEN_HOA), address="", moved_on=DAY, basis=BASIS)
    rows("UPDATE person SET home_address = 'theo tệp' WHERE person_id = %s", an)
    with pytest.raises(ChangedSince):
        undone(acting, an)
    assert held(an)["home_area"] == area(YEN_HOA)


def test_a_birth_undone_leaves_nobody_and_nothing(acting):
    an, lan = couple()
    khoa = actions.record_birth(
        acting, lan, full_name="Nguyễn Minh Khoa", birth_date=DAY, sex=1, basis=BASIS, other_parent_id=an
    )
    pin = held(khoa)["pin"]
    undone(acting, an)
    with pytest.raises(NoSuchPerson):
        lookups.get(khoa)
    assert lookups.by_number(pin) == []
    assert rows("SELECT number FROM former_number") == [(pin,)]
    then = timezone.now() - dt.timedelta(days=1)
    assert person_as_of(khoa, DAY, timezone.now()) is None
    assert person_as_of(khoa, DAY, then) is None


def test_a_birth_on_which_other_things_hang_is_not_undone(acting):
    _an, lan = couple()
    khoa = actions.record_birth(acting, lan, full_name="Nguyễn Minh Khoa", birth_date=DAY, sex=1, basis=BASIS)
    rows(
        "INSERT INTO person_merge SELECT %s, gen_random_uuid(), 1, 2, now(), NULL, NULL, 0, NULL, '', NULL, "
        "'{}', '{}', '[]', '[]', '[]', '[]', '{}'",
        khoa,
    )
    with pytest.raises(HangsOnRecord, match="person_merge: 1"):
        undone(acting, lan)
    rows("DELETE FROM person_merge")
    actions.record_death(acting, khoa, DAY, BASIS)
    with pytest.raises(LaterEvent, match="Death"):
        undone(acting, lan)


def test_an_event_of_a_record_that_was_merged_waits_until_that_is_undone(acting):
    an, other = someone(), someone(full_name="Nguyễn Văn Ân")
    actions.record_missing(acting, other, DAY, BASIS)
    event_id = event_of(other)
    merge_id = actions.merge_people(acting, an, other, basis=BASIS, fields=["status"])
    with pytest.raises(LaterMerge):
        actions.undo_event(acting, an, event_id, BASIS)
    actions.undo_merge(acting, merge_id, basis=BASIS)
    actions.undo_event(acting, other, event_id, BASIS)
    assert held(other)["status"] == ALIVE


def test_an_event_is_undone_once_with_a_reason_and_by_its_own_record(acting):
    an, stranger = someone(), man()
    actions.record_missing(acting, an, DAY, BASIS)
    event_id = event_of(an)
    with pytest.raises(NoBasis):
        actions.undo_event(acting, an, event_id, "  ")
    with pytest.raises(NoSuchEvent):
        actions.undo_event(acting, stranger, event_id, BASIS)
    actions.undo_event(acting, an, event_id, BASIS)
    with pytest.raises(UndoneAlready):
        actions.undo_event(acting, an, event_id, BASIS)
    with pytest.raises(NotToBeUndone):
        undone(acting, an, 2)


def test_what_a_rehearsal_tells_is_what_happens_and_nothing_of_it_stays(acting):
    an, lan = couple()
    before = country()
    told = actions.rehearse(lambda confirmed: actions.record_death(acting, an, DAY, BASIS, confirmed))
    assert country() == before
    assert {effect.person_id: effect.kind for effect in told.effects} == {an: "death", lan: "spouse_death"}
    assert next(effect.changes for effect in told.effects if effect.person_id == lan) == {
        "marital_status": [2, 3]
    }
    assert what_happened(an) == ["entry"]
    actions.record_birth(acting, lan, full_name="Nguyễn Minh Khoa", birth_date=DAY, sex=1, basis=BASIS)
    twin = actions.rehearse(
        lambda confirmed: actions.record_birth(
            acting,
            lan,
            full_name="Nguyễn Minh Khánh",
            birth_date=DAY,
            sex=1,
            basis=BASIS,
            confirmed=confirmed,
        )
    )
    assert [question.code for question in twin.questions] == ["registered_already"]
    assert [effect.is_new for effect in twin.effects] == [False, True]

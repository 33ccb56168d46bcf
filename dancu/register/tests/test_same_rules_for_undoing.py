"""Taking back goes by the rules of doing: what cannot be is refused, what is doubtful is asked, and each
record gets what is its own.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from dancu.register import actions, counting, lookups
from dancu.register.codes import CURRENT, TEMPORARY
from dancu.register.errors import (
    AskFirst,
    DeathBeforeEvent,
    EventSinceMerge,
    ParentDead,
    ParentTooYoung,
    TooCloseToMarry,
)
from dancu.testing.database import rows
from dancu.testing.family import BASIS, event_of, hai, held, man, marriage_of, woman
from dancu.testing.people import BEN_THANH, CAU_GIAY, area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

SINGLE, MARRIED, WIDOWED, DIVORCED = 1, 2, 3, 4
WED, DAY, LATER = dt.date(2015, 5, 5), dt.date(2025, 8, 1), dt.date(2025, 9, 1)


@pytest.fixture
def acting():
    with translation.override("en"):
        yield hai()


def asked(deed: Callable[[Any], Any]) -> list[str]:
    """The codes of what is asked first; then it is answered."""
    with pytest.raises(AskFirst) as first:
        deed(())
    deed([question.key for question in first.value.questions])
    return [question.code for question in first.value.questions]


def born(acting, parent: int, born: dt.date) -> int:
    def deed(yes: Any) -> int:
        return actions.record_birth(
            acting, parent, full_name="Lê Văn Mới", birth_date=born, sex=1, basis=BASIS, confirmed=yes
        )

    return deed({question.key for question in actions.rehearse(deed).questions})


def merged(acting, keep: int, other: int, *fields: str) -> Any:
    def deed(yes: Any) -> Any:
        return actions.merge_people(acting, keep, other, basis=BASIS, fields=fields, confirmed=yes)

    return deed({question.key for question in actions.rehearse(deed).questions})


def test_a_birth_date_does_not_come_back_by_which_a_mother_would_be_a_child(acting):
    lan = woman(born=dt.date(2004, 5, 6))
    actions.correct(acting, lan, {"birth_date": dt.date(1974, 5, 6)}, BASIS)
    correction = event_of(lan)
    born(acting, lan, dt.date(2010, 2, 3))
    with pytest.raises(ParentTooYoung):
        actions.undo_event(acting, lan, correction, BASIS)
    assert held(lan)["birth_date"] == dt.date(1974, 5, 6)


def test_a_sex_that_comes_back_is_asked_about_where_a_man_would_be_the_mother(acting):
    an = man()
    actions.correct(acting, an, {"sex": 2}, BASIS)
    correction = event_of(an)
    born(acting, an, dt.date(2015, 2, 3))
    assert asked(lambda yes: actions.undo_event(acting, an, correction, BASIS, yes)) == ["sex_of_parent"]


def test_a_return_is_not_undone_where_the_dead_would_have_given_birth_or_married(acting):
    lan, mai, binh = woman(), woman("Vũ Thị Mai"), man()
    for each in (lan, mai):
        actions.record_death(acting, each, dt.date(2018, 2, 3), BASIS)
        actions.record_return(acting, each, DAY, BASIS)
    returns = event_of(lan), event_of(mai)
    born(acting, lan, dt.date(2020, 2, 3))
    actions.record_marriage(acting, mai, binh, dt.date(2022, 1, 1), BASIS)
    with pytest.raises(ParentDead):
        actions.undo_event(acting, lan, returns[0], BASIS)
    with pytest.raises(DeathBeforeEvent):
        actions.undo_event(acting, mai, returns[1], BASIS)
    assert marriage_of(binh) == (MARRIED, mai)


def test_a_divorce_is_not_undone_between_those_who_are_brother_and_sister_by_now(acting):
    an, lan, father = man(), woman(), man("Lê Văn Cha", dt.date(1950, 1, 1))
    actions.record_marriage(acting, an, lan, WED, BASIS)
    actions.record_divorce(acting, an, DAY, BASIS)
    divorce = event_of(an)
    for each in (an, lan):
        actions.correct(acting, each, {"father_id": father}, BASIS)
    with pytest.raises(TooCloseToMarry):
        actions.undo_event(acting, an, divorce, BASIS)


def test_parents_are_not_corrected_so_that_a_couple_are_brother_and_sister(acting):
    an, lan, father = man(), woman(), man("Lê Văn Cha", dt.date(1950, 1, 1))
    actions.record_marriage(acting, an, lan, WED, BASIS)
    actions.correct(acting, an, {"father_id": father}, BASIS)
    with pytest.raises(TooCloseToMarry):
        actions.correct(acting, lan, {"father_id": father}, BASIS)


def test_a_merge_is_not_undone_where_the_mother_would_be_a_child_again(acting):
    lan, other = woman(born=dt.date(2000, 1, 1)), woman(born=dt.date(1970, 1, 5))
    merge_id = merged(acting, lan, other, "birth_date")
    born(acting, lan, dt.date(2008, 2, 3))
    with pytest.raises(ParentTooYoung):
        actions.undo_merge(acting, merge_id, basis=BASIS)


def test_a_merge_undone_is_asked_about_where_a_wedding_since_was_of_a_child(acting):
    lan, other, binh = woman(born=dt.date(2000, 1, 1)), woman(born=dt.date(1970, 1, 5)), man()
    merge_id = merged(acting, lan, other, "birth_date")
    actions.record_marriage(acting, lan, binh, dt.date(2005, 3, 3), BASIS)
    assert asked(lambda yes: actions.undo_merge(acting, merge_id, basis=BASIS, confirmed=yes)) == [
        "age_at_marriage"
    ]


@pytest.mark.parametrize("fields", [(), ("spouse_id",), ("spouse_id", "marital_status")])
@pytest.mark.parametrize("marital", [None, SINGLE, MARRIED])
@pytest.mark.parametrize("kind", ["record_divorce", "record_death", "death of the merged"])
def test_what_ended_a_marriage_since_a_merge_is_undone_before_it(acting, fields, marital, kind):
    lan, husband, stranger = woman(), man("Nguyễn Văn An"), man("Nguyễn Văn An", marital_status=marital)
    actions.record_marriage(acting, husband, lan, WED, BASIS)
    before = [held(each) for each in (lan, husband, stranger)]
    merge_id = merged(acting, stranger, husband, *fields)
    assert (marriage_of(stranger), marriage_of(lan)) == ((MARRIED, lan), (MARRIED, stranger))
    whose = stranger if kind == "death of the merged" else lan
    getattr(actions, kind if whose == lan else "record_death")(acting, whose, DAY, BASIS)
    event = event_of(whose)
    if kind == "death of the merged":
        assert marriage_of(lan) == (WIDOWED, stranger)
    with pytest.raises(EventSinceMerge, match="of 01/08/2025 was recorded for"):
        actions.undo_merge(acting, merge_id, basis=BASIS)
    actions.undo_event(acting, whose, event, BASIS)
    actions.undo_merge(acting, merge_id, basis=BASIS)
    moments = ("recorded_at", "valid_from")
    for was in before:
        now = held(was["person_id"])
        assert {name: now[name] for name in now if name not in moments} == {
            name: was[name] for name in was if name not in moments
        }
    assert counting.between({lan, husband, stranger}) == set()


def test_a_wife_of_the_other_record_is_widowed_with_the_kept_one_wherever_she_lives(acting):
    lan, husband, keep = (
        woman(home=area(BEN_THANH)),
        man("Nguyễn Văn An"),
        man("Nguyễn Văn An", marital_status=MARRIED),
    )
    actions.record_marriage(acting, husband, lan, WED, BASIS)
    merged(acting, keep, husband)
    actions.record_death(acting, keep, DAY, BASIS)
    assert marriage_of(lan) == (WIDOWED, keep)


@pytest.mark.parametrize("kind", [TEMPORARY, CURRENT])
def test_where_the_other_one_stays_lasts_again_after_a_death_and_the_merge_are_undone(acting, kind):
    keep, other = man("Nguyễn Văn An"), man("Nguyễn Văn An")
    actions.record_move(
        acting,
        other,
        area_id=area(CAU_GIAY),
        address="5 B",
        moved_on=dt.date(2025, 7, 10),
        basis=BASIS,
        kind=kind,
    )
    before = rows("SELECT * FROM residence WHERE person_id = %s ORDER BY kind, valid_from", other)
    merge_id = merged(acting, keep, other)
    actions.record_death(acting, keep, DAY, BASIS)
    actions.undo_event(acting, keep, event_of(keep), BASIS)
    actions.undo_merge(acting, merge_id, basis=BASIS)
    assert rows("SELECT * FROM residence WHERE person_id = %s ORDER BY kind, valid_from", other) == before
    assert lookups.homes([other])[other]


def test_what_contradicts_between_two_records_is_told(acting):
    an, lan, binh = man(), woman(), man("Phạm Văn Dũng", marital_status=SINGLE)
    actions.record_marriage(acting, an, lan, WED, BASIS)
    assert counting.impossible() == []
    rows("UPDATE person SET spouse_id = %s WHERE person_id = %s", binh, lan)
    rows("UPDATE person SET mother_id = %s, birth_date = '1990-01-01' WHERE person_id = %s", lan, binh)
    told = {each.wrong: each.some for each in counting.impossible()}
    assert told == {"not_mutual": [an, lan], "parent_too_young": [binh]}

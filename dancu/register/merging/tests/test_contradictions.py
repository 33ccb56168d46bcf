"""A merge makes nobody what an event could not: born after a child, married to two, their own grandfather."""

import datetime as dt

import pytest

from dancu.register import actions, lookups, merging
from dancu.register.errors import (
    AlreadyMarried,
    AskFirst,
    BeforeBirth,
    BornAfterEvent,
    DeathBeforeEvent,
    ForebearOf,
    ParentBornLater,
    ParentTooYoung,
    StaysMarried,
    StaysWidowed,
    TooCloseToMarry,
)
from dancu.testing.family import BASIS, DAY, child_of, hai, held, man, woman
from dancu.testing.people import BEN_THANH, area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

WED = {"marital_status": 2}


@pytest.fixture
def acting():
    return hai()


def merge(acting, keep: int, other: int, **chosen) -> None:
    merging.merge_people(acting, keep, other, basis=BASIS, **chosen)


def asked(acting, keep: int, other: int, **chosen) -> list[str]:
    """The codes of what is asked before this merge, which is then made."""
    with pytest.raises(AskFirst) as first:
        merge(acting, keep, other, **chosen)
    assert lookups.merged_into(other) == other
    merge(acting, keep, other, confirmed=[question.key for question in first.value.questions], **chosen)
    assert lookups.merged_into(other) == keep
    return [question.code for question in first.value.questions]


def husband_of(wife: int, **fields) -> int:
    husband = man(spouse_id=wife, **(WED | fields))
    actions.correct(None, wife, {"spouse_id": husband, **WED}, BASIS)
    return husband


def test_nobody_has_two_living_wives_by_a_merge(acting):
    lan, mai = woman(), woman("Phạm Thị Mai", dt.date(1990, 1, 1))
    one, two = husband_of(lan), husband_of(mai)
    with pytest.raises(AlreadyMarried, match="Lê Thị Lan, Phạm Thị Mai"):
        merge(acting, one, two)
    actions.record_divorce(acting, two, DAY, BASIS)
    merge(acting, one, two)
    assert (held(one)["spouse_id"], held(mai)["spouse_id"]) == (lan, None)


def test_a_second_wife_is_seen_where_only_her_own_record_names_her_husband(acting):
    mai = woman("Phạm Thị Mai", dt.date(1990, 1, 1), household_id=1_000_077, **WED)
    one, two = husband_of(woman()), man(household_id=1_000_077)
    actions.correct(None, mai, {"spouse_id": two}, BASIS)
    with pytest.raises(AlreadyMarried):
        merge(acting, one, two)


def test_of_two_wives_who_may_be_one_person_too_that_is_asked(acting):
    one, two = husband_of(woman("Lê Thị Lan")), husband_of(woman("Lê Thi Lan"))
    assert asked(acting, one, two) == ["spouse_id"]


def test_a_widower_of_one_is_the_husband_of_another(acting):
    lan, mai = woman(), woman("Phạm Thị Mai", dt.date(1990, 1, 1))
    one, two = husband_of(lan), husband_of(mai)
    actions.record_death(acting, lan, DAY, BASIS)
    merge(acting, one, two, fields=["marital_status", "spouse_id"])
    assert (held(one)["marital_status"], held(one)["spouse_id"]) == (2, mai)


def test_a_marriage_that_only_the_wife_would_have_is_asked_about(acting):
    lan = woman()
    keep, other = man(marital_status=1), husband_of(lan)
    assert asked(acting, keep, other) == ["marital_status"]
    assert (held(keep)["marital_status"], held(keep)["spouse_id"], held(lan)["spouse_id"]) == (2, lan, keep)


def test_a_marriage_that_is_chosen_with_the_wife_is_not_asked_about(acting):
    lan = woman()
    keep, other = man(marital_status=1), husband_of(lan)
    merge(acting, keep, other, fields=["marital_status", "spouse_id"])
    assert (held(keep)["marital_status"], held(keep)["spouse_id"], held(lan)["spouse_id"]) == (2, lan, keep)


@pytest.mark.parametrize(
    ("born", "refusal"), [(dt.date(2000, 12, 1), ParentTooYoung), (dt.date(2013, 1, 1), ParentBornLater)]
)
def test_no_birth_date_is_chosen_by_which_one_could_not_be_the_parent(acting, born, refusal):
    father, other = man(), man(born=born)
    child_of(father, None, dt.date(2012, 9, 5))
    with pytest.raises(refusal):
        merge(acting, father, other, fields=["birth_date"])
    with pytest.raises(refusal):
        merge(acting, other, father)
    merge(acting, father, other)


def test_no_birth_date_is_chosen_that_is_before_a_parents(acting):
    lan = woman()
    khoa, other = child_of(None, lan), man(born=dt.date(1980, 1, 1))
    with pytest.raises(ParentBornLater):
        merge(acting, khoa, other, fields=["birth_date"])


def test_a_parent_of_a_doubtful_age_is_asked_about(acting):
    lan, other = woman(), woman(born=dt.date(1999, 1, 1))
    child_of(None, lan, dt.date(2012, 9, 5))
    assert asked(acting, lan, other, fields=["birth_date"]) == ["parents_age"]


def test_nobody_died_or_moved_before_the_birth_date_that_was_chosen(acting):
    binh, other = man(), man(born=dt.date(2026, 1, 1))
    actions.record_missing(acting, binh, DAY, BASIS)
    with pytest.raises(BornAfterEvent):
        merge(acting, other, binh)
    dead = man()
    actions.record_death(acting, dead, DAY, BASIS)
    with pytest.raises(BeforeBirth):
        merge(acting, dead, other, fields=["birth_date"])


def test_a_grandchild_is_not_merged_into_the_grandfather(acting):
    grandfather = man(born=dt.date(1940, 1, 1))
    son = man(born=dt.date(1965, 1, 1), father_id=grandfather)
    grandson = child_of(son, None)
    for pair in ((grandfather, grandson), (grandson, grandfather)):
        with pytest.raises(ForebearOf, match=str(grandfather)):
            merge(acting, *pair)


def test_a_husband_is_not_merged_with_his_wifes_father_or_brother(acting):
    father = man(born=dt.date(1955, 1, 1))
    lan, brother = woman(father_id=father), man("Lê Văn Long", dt.date(1985, 1, 1), father_id=father)
    husband = husband_of(lan)
    with pytest.raises(TooCloseToMarry):
        merge(acting, husband, father, fields=["birth_date"])
    with pytest.raises(TooCloseToMarry):
        merge(acting, husband, brother, fields=["father_id"])


def test_what_contradicted_before_the_merge_hinders_none(acting):
    father, other = man(born=dt.date(2010, 1, 1)), man(born=dt.date(2010, 1, 1))
    child_of(father, None, dt.date(2012, 9, 5))
    merge(acting, other, father)
    assert lookups.merged_into(father) == other


@pytest.mark.parametrize("fields", [[], ["status"]])
def test_nobody_marries_after_the_death_that_stays(acting, fields):
    dead, other = man(), man()
    actions.record_death(acting, dead, dt.date(2020, 1, 1), BASIS)
    actions.record_marriage(acting, other, woman(), dt.date(2022, 3, 3), BASIS)
    pair = (other, dead) if fields else (dead, other)
    with pytest.raises(DeathBeforeEvent, match="Marriage” of 03/03/2022"):
        merge(acting, *pair, fields=fields)


def test_a_home_that_began_after_the_death_that_stays_is_asked_about(acting):
    dead, other = man(), man()
    actions.record_death(acting, dead, dt.date(2020, 1, 1), BASIS)
    actions.record_move(
        acting,
        other,
        area_id=area(BEN_THANH),
        address="5 Hàm Nghi",
        moved_on=dt.date(2025, 9, 1),
        basis=BASIS,
    )
    assert asked(acting, dead, other) == ["lived_after"]


@pytest.mark.parametrize(
    ("record", "code"), [("record_death", "death_lost"), ("record_missing", "missing_lost")]
)
def test_who_died_or_is_missing_by_one_record_does_not_live_again_without_a_word(acting, record, code):
    living, gone = man(), man()
    getattr(actions, record)(acting, gone, DAY, BASIS)
    assert asked(acting, living, gone) == [code]


def test_a_death_that_is_chosen_is_not_asked_about(acting):
    living, gone = man(), man()
    actions.record_death(acting, gone, DAY, BASIS)
    merge(acting, living, gone, fields=["status"])
    assert (held(living)["status"], held(living)["status_on"]) == (2, DAY)


def test_nobody_stays_married_to_the_dead_or_widowed_of_the_living_by_a_merge(acting):
    dead, other, lan = man(), man(), woman()
    actions.record_marriage(acting, other, lan, DAY, BASIS)
    actions.record_death(acting, dead, DAY, BASIS)
    with pytest.raises(StaysMarried, match="Lê Thị Lan would stay married"):
        merge(acting, dead, other)
    actions.record_death(acting, other, DAY, BASIS)
    living = man()
    with pytest.raises(StaysWidowed, match="Lê Thị Lan would stay widowed"):
        merge(acting, living, other)
    dead, lan = man(), woman()
    other = husband_of(lan)
    for each in (dead, other):
        actions.record_death(acting, each, DAY, BASIS)
    merge(acting, dead, other)
    assert held(lan)["marital_status"] == 3


def test_a_card_that_is_chosen_is_not_of_after_the_death_without_a_word(acting):
    dead, other = man(), man(card_issued_on=dt.date(2022, 2, 2))
    actions.record_death(acting, dead, dt.date(2020, 1, 1), BASIS)
    assert asked(acting, dead, other, fields=["card_issued_on"]) == ["card_after_death"]

import datetime as dt

import pytest

from dancu.areas import lookups as areas
from dancu.register import actions, lookups
from dancu.register.errors import (
    AlreadyDead,
    AlreadyMissing,
    AskFirst,
    BeforeBirth,
    BeforeGoing,
    DeathBeforeChild,
    DeathBeforeEvent,
    InTheFuture,
    IsMissing,
    NotGone,
)
from dancu.register.lookups import ALIVE, DEAD, MISSING
from dancu.testing.family import (
    BASIS,
    DAY,
    HOUSEHOLD,
    child_of,
    couple,
    hai,
    held,
    man,
    marriage_of,
    what_happened,
    woman,
)
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

TOMORROW = dt.date.today() + dt.timedelta(days=1)


@pytest.fixture
def acting():
    return hai()


def test_nobody_dies_before_birth_or_tomorrow(acting):
    an = someone()
    with pytest.raises(BeforeBirth, match="before the birth of Nguyễn Văn An"):
        actions.record_death(acting, an, dt.date(1985, 3, 11), BASIS)
    with pytest.raises(InTheFuture):
        actions.record_death(acting, an, TOMORROW, BASIS)
    assert held(an)["status"] == ALIVE
    assert what_happened(an) == ["entry"]


def test_one_who_is_born_and_dies_on_one_day_may_be_recorded(acting):
    an = someone(birth_date=DAY, valid_from=DAY)
    actions.record_death(acting, an, DAY, BASIS)
    assert held(an)["status"] == DEAD


def test_nobody_dies_twice(acting):
    an = someone()
    actions.record_death(acting, an, DAY, BASIS)
    with pytest.raises(AlreadyDead, match="died on 01/08/2025"):
        actions.record_death(acting, an, DAY, BASIS)
    with pytest.raises(AlreadyDead):
        actions.record_missing(acting, an, DAY, BASIS)
    assert what_happened(an).count("death") == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda acting, an: actions.record_move(
            acting, an, area_id=area(CAU_GIAY), address="9", moved_on=DAY, basis=BASIS
        ),
        lambda acting, an: actions.record_marriage(acting, an, woman("Vũ Thị Mai"), DAY, BASIS),
        lambda acting, an: actions.record_marriage(acting, woman("Vũ Thị Mai"), an, DAY, BASIS),
        lambda acting, an: actions.record_divorce(acting, an, DAY, BASIS),
        lambda acting, an: actions.replace_pin(acting, an, "001085005678", DAY, BASIS),
    ],
    ids=["move", "marry", "are married", "divorce", "get a number"],
)
def test_the_dead_do_not(acting, act):
    an, _lan = couple()
    actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    with pytest.raises(AlreadyDead, match="Nguyễn Văn An died on 20/07/2025"):
        act(acting, an)


def test_the_missing_neither_move_nor_marry_before_they_return(acting):
    an = someone()
    actions.record_missing(acting, an, dt.date(2025, 7, 20), BASIS)
    with pytest.raises(IsMissing):
        actions.record_move(acting, an, area_id=area(CAU_GIAY), address="9", moved_on=DAY, basis=BASIS)
    with pytest.raises(IsMissing):
        actions.record_marriage(acting, an, woman(), DAY, BASIS)
    with pytest.raises(AlreadyMissing):
        actions.record_missing(acting, an, DAY, BASIS)
    actions.record_death(acting, an, DAY, BASIS)
    assert held(an)["status"] == DEAD, "whom a court declared missing it may declare dead"


def test_a_mother_does_not_die_before_her_child_is_born_nor_a_father_ten_months_before(acting):
    an, lan = couple()
    child_of(an, lan, dt.date(2012, 9, 5))
    with pytest.raises(DeathBeforeChild, match="Nguyễn Minh Khoa"):
        actions.record_death(acting, lan, dt.date(2012, 9, 4), BASIS)
    with pytest.raises(DeathBeforeChild):
        actions.record_death(acting, an, dt.date(2011, 11, 1), BASIS)
    actions.record_death(acting, an, dt.date(2012, 1, 1), BASIS)
    assert held(an)["status"] == DEAD


def test_one_who_moved_after_the_day_of_death_is_asked_about(acting):
    an = someone()
    actions.record_move(acting, an, area_id=area(BEN_THANH), address="", moved_on=DAY, basis=BASIS)
    with pytest.raises(AskFirst) as asked:
        actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    assert "01/08/2025" in str(asked.value)
    actions.record_death(
        acting, an, dt.date(2025, 7, 20), BASIS, {question.key for question in asked.value.questions}
    )
    assert held(an)["status"] == DEAD


def test_one_who_married_after_the_day_of_death_did_not_die_then(acting):
    an, lan = man(), woman()
    actions.record_marriage(acting, an, lan, DAY, BASIS)
    with pytest.raises(DeathBeforeEvent, match="Marriage” of 01/08/2025"):
        actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)


def test_a_death_makes_a_widow(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAY, BASIS)
    assert marriage_of(lan) == (3, an)
    assert what_happened(lan)[0] == "spouse_death"
    assert marriage_of(an) == (2, lan), "the dead keep what was so when they died"
    assert [row["person_id"] for row in lookups.record_of(lan).household] == [lan]


def test_a_death_makes_no_widow_of_one_who_is_married_to_somebody_else(acting):
    an, lan = couple()
    actions.correct(acting, lan, {"spouse_id": man()}, BASIS, confirmed=[])
    before = marriage_of(lan)
    actions.record_death(acting, an, DAY, BASIS)
    assert marriage_of(lan) == before


def test_a_return_is_only_from_somewhere_and_not_before_one_was_gone(acting):
    an = someone()
    with pytest.raises(NotGone):
        actions.record_return(acting, an, DAY, BASIS)
    actions.record_missing(acting, an, DAY, BASIS)
    with pytest.raises(BeforeGoing, match="01/08/2025"):
        actions.record_return(acting, an, dt.date(2025, 7, 31), BASIS)
    with pytest.raises(InTheFuture):
        actions.record_return(acting, an, TOMORROW, BASIS)


@pytest.mark.parametrize("gone", [actions.record_death, actions.record_missing])
def test_who_returns_has_home_household_and_wife_again(acting, gone):
    an, lan = couple()
    gone(acting, an, DAY, BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    row = held(an)
    assert (row["status"], row["status_on"]) == (ALIVE, None)
    assert (row["home_area"], row["home_address"], row["household_id"], row["relation"]) == (
        area(CAU_GIAY),
        "12 Xuân Thủy",
        HOUSEHOLD,
        1,
    )
    assert row["home_since"]
    assert [home["area_id"] for home in lookups.homes([an])[an]] == [area(CAU_GIAY)]
    assert (marriage_of(an), marriage_of(lan)) == ((2, lan), (2, an))
    assert {member["person_id"] for member in lookups.record_of(lan).household} == {an, lan}


def test_what_the_widow_did_meanwhile_stands(acting):
    an, lan = couple()
    binh = man()
    actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    actions.record_marriage(acting, lan, binh, DAY, BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert (marriage_of(lan), marriage_of(binh)) == ((2, binh), (2, lan))
    assert marriage_of(an) == (4, None)


def test_who_returns_after_the_wife_died_is_a_widower(acting):
    an, lan = couple()
    actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    actions.record_death(acting, lan, DAY, BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert marriage_of(an) == (3, lan)


def test_who_was_declared_dead_in_a_file_comes_home_too(acting):
    """Without an event that tells what was before, the last home that is known."""
    an = someone()
    actions.record_death(acting, an, DAY, BASIS)
    from dancu.testing.database import rows

    rows("UPDATE life_event SET before = NULL, kind = 'import' WHERE person_id = %s AND kind = 'death'", an)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert (held(an)["home_area"], held(an)["home_address"]) == (area(CAU_GIAY), "12 Xuân Thủy")


def test_who_returns_to_a_commune_that_is_no_more_lives_in_what_became_of_it(acting):
    before = dt.date(2020, 1, 1)
    an = someone(home=area(BEN_THANH, before))
    actions.record_death(acting, an, dt.date(2021, 1, 1), BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert areas.get(held(an)["home_area"]).stood(dt.date(2025, 9, 1))


def test_a_missing_man_who_comes_back_keeps_the_divorce_that_his_wife_got(acting):
    an, lan = couple()
    actions.record_missing(acting, an, dt.date(2025, 7, 20), BASIS)
    assert held(an)["status"] == MISSING
    actions.record_divorce(acting, lan, DAY, BASIS)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert (marriage_of(an), marriage_of(lan)) == ((4, None), (4, None))

import datetime as dt

import pytest

from dancu.register import actions, lookups
from dancu.register.errors import (
    AskFirst,
    BeforeBirth,
    HeadNotThere,
    InTheFuture,
    LaterResidence,
    NobodyStays,
    NoHousehold,
    NoSuchUnit,
    NotOfHousehold,
    NumberTaken,
    UnitDidNotStand,
)
from dancu.register.lookups import TEMPORARY
from dancu.testing.family import BASIS, DAY, HOUSEHOLD, child_of, couple, hai, held, man, what_happened, woman
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def acting():
    return hai()


def moved(acting, person_id: int, on: dt.date = DAY, area_id: int | None = None, **more) -> None:
    actions.record_move(
        acting,
        person_id,
        area_id=area_id or area(YEN_HOA),
        address="5 Trung Kính",
        moved_on=on,
        basis=BASIS,
        **more,
    )


def homes(*people: int) -> list[int]:
    return [held(person_id)["home_area"] for person_id in people]


def test_nobody_moves_before_birth_or_tomorrow(acting):
    an = someone(birth_date=dt.date(2025, 7, 15), valid_from=dt.date(2025, 7, 15))
    with pytest.raises(BeforeBirth):
        moved(acting, an, dt.date(2025, 7, 14), kind=TEMPORARY)
    with pytest.raises(InTheFuture):
        moved(acting, an, dt.date(2999, 1, 1))


def test_nobody_moves_into_a_unit_that_did_not_stand_on_that_day(acting):
    an = someone()
    with pytest.raises(UnitDidNotStand, match="did not exist on 01/08/2021"):
        moved(acting, an, dt.date(2021, 8, 1))
    with pytest.raises(UnitDidNotStand):
        moved(acting, an, DAY, area(YEN_HOA, dt.date(2021, 8, 1)))
    moved(acting, an, dt.date(2021, 8, 1), area(YEN_HOA, dt.date(2021, 8, 1)))
    for nowhere in (999_999_999, area(HA_NOI)):
        with pytest.raises(NoSuchUnit):
            moved(acting, an, DAY, nowhere)


def test_who_moves_alone_leaves_the_household_unless_nobody_stays(acting):
    an, lan = couple()
    moved(acting, lan)
    assert (held(lan)["household_id"], held(lan)["relation"]) == (None, None)
    moved(acting, an)
    assert (held(an)["household_id"], held(an)["relation"]) == (HOUSEHOLD, 1)


def test_who_lives_elsewhere_for_a_time_stays_of_the_household(acting):
    _an, lan = couple()
    moved(acting, lan, kind=TEMPORARY)
    assert held(lan)["household_id"] == HOUSEHOLD


def test_a_whole_household_moves_as_one_but_for_those_who_live_elsewhere(acting):
    an, lan = couple()
    khoa = child_of(an, lan)
    student = child_of(an, lan, dt.date(2006, 1, 1), "Nguyễn Minh Khôi", home=area(BEN_THANH))
    with pytest.raises(AskFirst, match="will not move with it: Nguyễn Minh Khôi") as asked:
        moved(acting, lan, whole_household=True)
    assert homes(an, lan, khoa) == [area(CAU_GIAY)] * 3, "nothing is done before the answer"
    moved(acting, lan, whole_household=True, confirmed={question.key for question in asked.value.questions})
    assert homes(an, lan, khoa, student) == [area(YEN_HOA)] * 3 + [area(BEN_THANH)]
    assert {held(each)["household_id"] for each in (an, lan, khoa, student)} == {HOUSEHOLD}
    assert [what_happened(each)[0] for each in (an, lan, khoa)] == ["move"] * 3
    with pytest.raises(NoHousehold):
        moved(acting, man(), whole_household=True)


def test_the_household_moves_on_a_day_that_is_right_for_each_of_them(acting):
    an, lan = couple()
    moved(acting, lan, kind=TEMPORARY)
    child_of(an, lan, dt.date(2025, 9, 1))
    with pytest.raises(BeforeBirth, match="Nguyễn Minh Khoa"):
        moved(acting, an, whole_household=True)
    with pytest.raises(LaterResidence):
        moved(acting, an, dt.date(2025, 7, 30), kind=TEMPORARY, whole_household=True)
    assert homes(an, lan) == [area(CAU_GIAY)] * 2


def test_who_moves_in_with_others_becomes_one_of_the_household(acting):
    an, lan = couple()
    mother = woman("Phạm Thị Mẹ", dt.date(1960, 1, 1))
    actions.correct(acting, an, {"mother_id": mother}, BASIS)
    moved(acting, mother, joins=lan)
    assert (held(mother)["household_id"], held(mother)["relation"]) == (HOUSEHOLD, 4)
    with pytest.raises(NoHousehold):
        moved(acting, lan, dt.date(2025, 8, 2), joins=man())


def family(acting) -> tuple[int, ...]:
    """An, Lan, their child; An's brother with his wife and child, all in one household."""
    an, lan = couple()
    father = man("Nguyễn Văn Cha", dt.date(1955, 1, 1))
    actions.correct(acting, an, {"father_id": father}, BASIS)
    wife = woman("Vũ Thị Mai", household_id=HOUSEHOLD, relation=9, marital_status=2)
    brother = man(
        "Nguyễn Văn Em",
        dt.date(1990, 1, 1),
        household_id=HOUSEHOLD,
        relation=5,
        marital_status=2,
        spouse_id=wife,
        father_id=father,
    )
    nephew = child_of(brother, wife, dt.date(2015, 1, 1), "Nguyễn Minh Cháu", relation=9)
    return an, lan, child_of(an, lan), brother, wife, nephew


def test_a_household_is_divided_and_each_knows_its_head(acting):
    an, lan, khoa, brother, wife, nephew = family(acting)
    actions.record_split(acting, an, leave=[brother, wife, nephew], head=brother, on=DAY, basis=BASIS)
    new = held(brother)["household_id"]
    assert new != HOUSEHOLD
    assert [(held(each)["household_id"], held(each)["relation"]) for each in (brother, wife, nephew)] == [
        (new, 1),
        (new, 2),
        (new, 3),
    ]
    assert [(held(each)["household_id"], held(each)["relation"]) for each in (an, lan, khoa)] == [
        (HOUSEHOLD, 1),
        (HOUSEHOLD, 2),
        (HOUSEHOLD, 3),
    ]
    assert held(brother)["household_no"].startswith("00166-")
    assert homes(brother) == [area(CAU_GIAY)], "a household is divided where it is"


def test_where_the_head_leaves_those_who_stay_have_another(acting):
    an, lan, khoa, brother, wife, nephew = family(acting)
    with pytest.raises(HeadNotThere):
        actions.record_split(acting, an, leave=[an, lan, khoa], head=an, on=DAY, basis=BASIS)
    actions.record_split(acting, an, leave=[an, lan, khoa], head=lan, stays_head=brother, on=DAY, basis=BASIS)
    assert [held(each)["relation"] for each in (lan, an, khoa)] == [1, 2, 3]
    assert [held(each)["relation"] for each in (brother, wife, nephew)] == [1, 2, 3]


def test_not_all_leave_and_only_those_who_belong_to_it(acting):
    an, lan = couple()
    stranger = man()
    with pytest.raises(NobodyStays):
        actions.record_split(acting, an, leave=[an, lan], head=lan, on=DAY, basis=BASIS)
    with pytest.raises(NobodyStays):
        actions.record_split(acting, an, leave=[], head=lan, on=DAY, basis=BASIS)
    with pytest.raises(NotOfHousehold):
        actions.record_split(acting, an, leave=[lan, stranger], head=lan, on=DAY, basis=BASIS)
    with pytest.raises(HeadNotThere):
        actions.record_split(acting, an, leave=[lan], head=an, on=DAY, basis=BASIS)
    with pytest.raises(NoHousehold):
        actions.record_split(acting, stranger, leave=[stranger], head=stranger, on=DAY, basis=BASIS)


def test_after_the_head_died_another_becomes_head(acting):
    an, lan, khoa, brother, *_others = family(acting)
    actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    actions.record_head(acting, lan, on=DAY, basis=BASIS)
    assert [held(each)["relation"] for each in (lan, khoa, brother)] == [1, 3, 9]
    assert lookups.record_of(khoa).household[0]["person_id"] == lan
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    assert held(an)["relation"] == 2, "a household has one head"


def test_a_number_that_was_anothers_before_is_taken(acting):
    an, binh = someone(pin="001085001234"), man(pin="001084005678")
    actions.replace_pin(acting, an, "001085004321", DAY, BASIS)
    with pytest.raises(NumberTaken):
        actions.replace_pin(acting, binh, "001085001234", DAY, BASIS)
    with pytest.raises(InTheFuture):
        actions.replace_pin(acting, binh, "001084001111", dt.date(2999, 1, 1), BASIS)

import datetime as dt

import pytest

from dancu.register import actions, lookups
from dancu.register.errors import (
    AlreadyDead,
    AlreadyMarried,
    AskFirst,
    BeforeBirth,
    InTheFuture,
    LaterEvent,
    MarriedThen,
    NoBasis,
    NotMarried,
    OneSelf,
    SameSex,
    TooCloseToMarry,
    TooYoungToBeMarried,
    TooYoungToMarry,
)
from dancu.testing.database import rows
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
from dancu.testing.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def acting():
    return hai()


def test_a_marriage_is_of_both(acting):
    binh, lan = man(), woman()
    actions.record_marriage(acting, binh, lan, DAY, BASIS)
    assert (marriage_of(binh), marriage_of(lan)) == ((2, lan), (2, binh))
    assert what_happened(binh)[0] == what_happened(lan)[0] == "marriage"
    assert [row["full_name"] for row in lookups.record_of(binh).relatives] == ["Lê Thị Lan"]


def test_a_marriage_to_one_whom_the_register_does_not_hold_keeps_the_name(acting):
    binh = man()
    actions.record_marriage(
        acting, binh, None, DAY, BASIS, spouse_name="Maria Silva", spouse_nationality="PRT"
    )
    assert marriage_of(binh) == (2, None)
    assert [row["full_name"] for row in lookups.record_of(binh).relatives] == ["Maria Silva"]
    with pytest.raises(AlreadyMarried, match="to Maria Silva"):
        actions.record_marriage(acting, binh, woman(), DAY, BASIS)
    actions.record_divorce(acting, binh, DAY, BASIS)
    assert marriage_of(binh) == (4, None)
    assert lookups.record_of(binh).relatives == []


def test_nobody_has_two_living_spouses(acting):
    an, lan = couple()
    for one, two in ((an, woman("Vũ Thị Mai")), (man(), lan)):
        with pytest.raises(AlreadyMarried, match="is already married, to"):
            actions.record_marriage(acting, one, two, DAY, BASIS)
    assert (marriage_of(an), marriage_of(lan)) == ((2, lan), (2, an))


def test_one_who_lives_apart_is_married_still(acting):
    binh = man(marital_status=5)
    with pytest.raises(AlreadyMarried):
        actions.record_marriage(acting, binh, woman(), DAY, BASIS)


def test_one_whom_only_the_wifes_record_calls_married_is_married(acting):
    an = someone(household_id=1_000_777, relation=1)
    woman(household_id=1_000_777, relation=2, marital_status=2, spouse_id=an)
    with pytest.raises(AlreadyMarried, match="record of Lê Thị Lan shows"):
        actions.record_marriage(acting, an, woman("Vũ Thị Mai"), DAY, BASIS)


def test_a_widow_and_the_divorced_marry_again(acting):
    an, lan = couple()
    actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    binh = man()
    actions.record_marriage(acting, lan, binh, DAY, BASIS)
    actions.record_divorce(acting, binh, dt.date(2025, 8, 2), BASIS)
    assert (marriage_of(lan), marriage_of(binh)) == ((4, None), (4, None))
    actions.record_marriage(acting, lan, man("Đỗ Văn Sơn"), dt.date(2025, 8, 3), BASIS)


@pytest.mark.parametrize(
    ("sex", "born", "on", "refused"),
    [
        (2, dt.date(2007, 8, 2), DAY, True),  # a day short of 18
        (2, dt.date(2007, 8, 1), DAY, False),
        (1, dt.date(2005, 8, 2), DAY, True),
        (1, dt.date(2005, 8, 1), DAY, False),
        (
            2,
            dt.date(1996, 6, 1),
            dt.date(2014, 1, 1),
            False,
        ),  # before 2015 who had entered the 18th year might
        (2, dt.date(1997, 6, 1), dt.date(2014, 1, 1), True),
        (1, dt.date(1994, 6, 1), dt.date(2014, 1, 1), False),
    ],
)
def test_minors_do_not_marry(acting, sex, born, on, refused):
    one = someone(full_name="Phạm Thanh Xuân", birth_date=born, sex=sex, valid_from=born)
    other = someone(full_name="Đỗ Ngọc Hà", birth_date=dt.date(1980, 1, 1), sex=3 - sex)
    if refused:
        with pytest.raises(
            TooYoungToMarry,
            match=r"18 to marry, and a man 20 \(Law on Marriage and Family 2014, art\. 8\)",
        ):
            actions.record_marriage(acting, one, other, on, BASIS)
    else:
        actions.record_marriage(acting, one, other, on, BASIS)
        assert marriage_of(one) == (2, other)


def test_of_one_whose_birth_year_alone_is_known_the_age_is_asked(acting):
    one, other = man(), woman(born=dt.date(2007, 1, 1), birth_precision="Y")
    with pytest.raises(AskFirst) as asked:
        actions.record_marriage(acting, one, other, DAY, BASIS)
    actions.record_marriage(acting, one, other, DAY, BASIS, confirmed=[asked.value.questions[0].key])
    assert marriage_of(one) == (2, other)


def test_nobody_marries_themselves_or_one_of_the_same_sex(acting):
    binh = man()
    with pytest.raises(OneSelf):
        actions.record_marriage(acting, binh, binh, DAY, BASIS)
    with pytest.raises(SameSex, match="of the same sex"):
        actions.record_marriage(acting, binh, man("Đỗ Văn Sơn"), DAY, BASIS)


def relatives_who_cannot_marry():
    born = dt.date(1985, 1, 1)
    granddad = man("Nguyễn Văn Tổ", dt.date(1930, 1, 1))
    father, uncle = (
        man(name, dt.date(1955, 1, 1), father_id=granddad) for name in ("Nguyễn Văn Cha", "Nguyễn Văn Bác")
    )
    son, cousin = man("Nguyễn Văn Con", born, father_id=father), man("Nguyễn Văn Họ", born, father_id=uncle)
    daughter = woman("Nguyễn Thị Gái", born, father_id=father)
    yield from [
        (father, daughter),
        (son, daughter),
        (granddad, daughter),
        (uncle, daughter),
        (cousin, daughter),
    ]


def test_neither_parents_nor_siblings_nor_uncles_nor_cousins(acting):
    for one, two in relatives_who_cannot_marry():
        with pytest.raises(TooCloseToMarry, match="within three generations"):
            actions.record_marriage(acting, one, two, DAY, BASIS)
        with pytest.raises(TooCloseToMarry):
            actions.record_marriage(acting, two, one, DAY, BASIS)


def test_those_whose_great_grandparents_were_siblings_may(acting):
    root = man("Nguyễn Văn Gốc", dt.date(1900, 1, 1))
    lines = []
    for side in ("Đông", "Tây"):
        line = root
        for generation, born in enumerate((1925, 1950)):
            line = man(f"Nguyễn Văn {side} {'AB'[generation]}", dt.date(born, 1, 1), father_id=line)
        lines.append(line)
    one, two = man("Nguyễn Văn Cháu", father_id=lines[0]), woman("Nguyễn Thị Chắt", father_id=lines[1])
    actions.record_marriage(acting, one, two, DAY, BASIS)
    assert marriage_of(one) == (2, two)


def test_a_marriage_has_a_day_between_birth_and_today_and_a_basis(acting):
    one, two = man(), woman()
    with pytest.raises(InTheFuture):
        actions.record_marriage(acting, one, two, dt.date(2999, 1, 1), BASIS)
    with pytest.raises(BeforeBirth):
        actions.record_marriage(acting, one, two, dt.date(1970, 1, 1), BASIS)
    with pytest.raises(NoBasis):
        actions.record_marriage(acting, one, two, DAY, " ")


def test_marriages_are_recorded_in_the_order_they_happened(acting):
    one, two = man(), woman()
    actions.record_marriage(acting, one, two, dt.date(2020, 1, 1), BASIS)
    actions.record_divorce(acting, one, DAY, BASIS)
    with pytest.raises(LaterEvent, match="Divorce” of 01/08/2025"):
        actions.record_marriage(acting, one, woman("Vũ Thị Mai"), dt.date(2024, 1, 1), BASIS)
    with pytest.raises(NotMarried):
        actions.record_divorce(acting, one, DAY, BASIS)


def test_a_divorce_is_not_of_the_dead(acting):
    an, lan = couple()
    actions.record_death(acting, an, dt.date(2025, 7, 20), BASIS)
    with pytest.raises(NotMarried):
        actions.record_divorce(acting, lan, DAY, BASIS)
    with pytest.raises(AlreadyDead):
        actions.record_divorce(acting, an, DAY, BASIS)


def test_a_divorce_leaves_the_household_and_the_children_as_they_are(acting):
    an, lan = couple()
    khoa = child_of(an, lan)
    actions.record_divorce(acting, lan, DAY, BASIS)
    assert {held(each)["household_id"] for each in (an, lan, khoa)} == {held(an)["household_id"]}
    assert (held(khoa)["father_id"], held(khoa)["mother_id"]) == (an, lan)


ENDS = {
    "divorce of the man": lambda acting, an, _lan, on, yes=(): actions.record_divorce(
        acting, an, on, BASIS, yes
    ),
    "divorce of the woman": lambda acting, _an, lan, on, yes=(): actions.record_divorce(
        acting, lan, on, BASIS, yes
    ),
    "death of the man": lambda acting, an, _lan, on, yes=(): actions.record_death(acting, an, on, BASIS, yes),
    "death of the woman": lambda acting, _an, lan, on, yes=(): actions.record_death(
        acting, lan, on, BASIS, yes
    ),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_no_marriage_ends_while_one_of_the_two_is_a_child_and_of_a_minor_it_is_asked(acting, end):
    an, lan = couple(birth_date=dt.date(1960, 1, 1))  # Lan was born on 03/06/1987
    with pytest.raises(BeforeBirth, match="before the birth of Lê Thị Lan"):
        end(acting, an, lan, dt.date(1987, 6, 2))
    for child in (dt.date(1992, 8, 1), dt.date(2002, 6, 2)):
        with pytest.raises(TooYoungToBeMarried, match=r"Lê Thị Lan was (5|14) years old"):
            end(acting, an, lan, child)
    with pytest.raises(AskFirst, match="Lê Thị Lan was 16 years old on 03/06/2003") as asked:
        end(acting, an, lan, dt.date(2003, 6, 3))
    end(acting, an, lan, dt.date(2003, 6, 3), [question.key for question in asked.value.questions])
    assert marriage_of(an)[0] != 2 or marriage_of(lan)[0] != 2


@pytest.mark.parametrize("state", [2, 3])
@pytest.mark.parametrize("side", [0, 1])
def test_nobody_marries_while_the_first_husband_lived_though_his_death_came_with_data(acting, state, side):
    first, lan, second = man(), woman(marital_status=state), man("Phạm Văn Hai", dt.date(1980, 1, 1))
    died = dt.date(2024, 5, 1)
    rows("UPDATE person SET status = 2, home_since = NULL, status_on = %s WHERE person_id = %s", died, first)
    rows("UPDATE person SET spouse_id = %s WHERE person_id = %s", first, lan)
    pair = (lan, second) if side == 0 else (second, lan)
    for early in (dt.date(2020, 1, 1), died - dt.timedelta(days=1)):
        with pytest.raises(MarriedThen, match="until Trần Văn Bình died on 01/05/2024"):
            actions.record_marriage(acting, *pair, early, BASIS)
    actions.record_marriage(acting, *pair, died, BASIS)
    assert marriage_of(lan) == (2, second)


def test_who_is_named_only_by_a_husband_who_died_was_married_until_then(acting):
    lan = woman(household_id=HOUSEHOLD)
    first = man(household_id=HOUSEHOLD, marital_status=2, spouse_id=lan)
    rows(
        "UPDATE person SET status = 2, home_since = NULL, status_on = '2024-05-01' WHERE person_id = %s",
        first,
    )
    with pytest.raises(MarriedThen):
        actions.record_marriage(acting, lan, None, dt.date(2020, 1, 1), BASIS, spouse_name="Phạm Văn Hai")
    actions.record_marriage(acting, lan, None, DAY, BASIS, spouse_name="Phạm Văn Hai")

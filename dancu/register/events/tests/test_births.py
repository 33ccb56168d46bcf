import datetime as dt

import pytest

from dancu.areas import lookups as areas
from dancu.register import actions, lookups
from dancu.register.errors import (
    AskFirst,
    InTheFuture,
    NoHome,
    OneSelf,
    ParentBornLater,
    ParentDead,
    ParentTooYoung,
    WrongParent,
)
from dancu.register.events import births
from dancu.testing.database import rows
from dancu.testing.family import BASIS, DAY, HOUSEHOLD, couple, hai, held, man, what_happened, woman
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, someone
from dancu.values.numbers import check_pin, parse_pin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

KHOA = {"full_name": "Nguyễn Minh  Khoa ", "birth_date": DAY, "sex": 1, "basis": BASIS}


@pytest.fixture
def acting():
    return hai()


def answered(asked: pytest.ExceptionInfo[AskFirst]) -> set[str]:
    return {question.key for question in asked.value.questions}


def test_a_child_has_a_number_parents_and_a_home_in_the_household(acting):
    an, lan = couple(ethnicity="02")
    khoa = actions.record_birth(acting, lan, other_parent_id=an, **KHOA)
    row = held(khoa)
    assert (row["full_name"], row["mother_id"], row["father_id"]) == ("Nguyễn Minh Khoa", lan, an)
    assert (row["home_area"], row["home_since"], row["household_id"], row["relation"]) == (
        area(CAU_GIAY),
        DAY,
        HOUSEHOLD,
        3,
    )
    assert (row["ethnicity"], row["marital_status"], row["nationality"]) == ("02", 1, "VNM")
    assert check_pin(row["pin"], 1, DAY) == []
    assert (parse_pin(row["pin"]).province, row["birth_area"]) == ("001", area(CAU_GIAY))
    assert [found.person_id for found in lookups.by_number(row["pin"])] == [khoa]
    assert what_happened(khoa) == ["birth"]
    assert what_happened(lan)[0] == what_happened(an)[0] == "child_birth"
    assert rows("SELECT sum(people) FROM population_change") == [(3,)]


@pytest.mark.parametrize(("registered", "province"), [(BEN_THANH, "079"), (CAU_GIAY, "001")])
def test_the_number_begins_with_the_province_of_registration(acting, registered, province):
    _an, lan = couple()
    khoa = actions.record_birth(acting, lan, registered_in=area(registered), **KHOA)
    assert held(khoa)["pin"][:6] == f"{province}225"
    assert areas.get(held(khoa)["birth_area"]).code == registered


def test_a_father_whom_the_register_does_not_hold_is_named(acting):
    _an, lan = couple()
    khoa = actions.record_birth(acting, lan, other_parent_name="John Smith", **KHOA)
    assert (held(khoa)["father_id"], held(khoa)["father_name"], held(khoa)["mother_name"]) == (
        None,
        "John Smith",
        None,
    )
    assert {row["full_name"] for row in lookups.record_of(khoa).relatives} == {"Lê Thị Lan", "John Smith"}


def test_nobody_is_born_tomorrow_or_to_one_person_twice(acting):
    _an, lan = couple()
    with pytest.raises(InTheFuture):
        actions.record_birth(acting, lan, **(KHOA | {"birth_date": dt.date(2999, 1, 1)}))
    with pytest.raises(OneSelf):
        actions.record_birth(acting, lan, other_parent_id=lan, **KHOA)


def test_a_father_is_a_man_and_a_mother_a_woman(acting):
    lan = woman()
    with pytest.raises(WrongParent, match="recorded as the father"):
        actions.record_birth(acting, lan, other_parent_id=woman("Vũ Thị Mai"), **KHOA)


@pytest.mark.parametrize(
    ("mothers_birth", "then"),
    [
        (dt.date(2026, 1, 1), ParentBornLater),
        (dt.date(2013, 8, 2), ParentTooYoung),
        (dt.date(2013, 8, 1), AskFirst),
        (dt.date(2010, 8, 2), AskFirst),
        (dt.date(2010, 8, 1), None),
        (dt.date(1975, 8, 1), AskFirst),
    ],
)
def test_a_mother_is_older_than_her_child(acting, mothers_birth, then):
    mother = woman(born=mothers_birth, valid_from=mothers_birth)
    if then is None:
        assert actions.record_birth(acting, mother, **KHOA)
        return
    with pytest.raises(then) as refused:
        actions.record_birth(acting, mother, **KHOA)
    if then is AskFirst:
        assert "years old at the birth of Nguyễn Minh Khoa" in str(refused.value)
        assert actions.record_birth(acting, mother, confirmed=answered(refused), **KHOA)


def test_a_mother_of_whom_the_year_alone_is_known_gets_the_benefit_of_the_doubt(acting):
    mother = woman(born=dt.date(2013, 1, 1), birth_precision="Y", valid_from=dt.date(2013, 1, 1))
    with pytest.raises(AskFirst):
        actions.record_birth(acting, mother, **KHOA)


def test_a_mother_lives_at_the_birth_and_a_father_ten_months_before(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAY - dt.timedelta(days=300), BASIS)
    assert actions.record_birth(acting, lan, other_parent_id=an, **KHOA)
    binh, mai = man(), woman("Vũ Thị Mai")
    actions.record_death(acting, binh, DAY - dt.timedelta(days=301), BASIS)
    with pytest.raises(ParentDead, match="Trần Văn Bình"):
        actions.record_birth(acting, mai, other_parent_id=binh, **KHOA)
    actions.record_death(acting, mai, DAY - dt.timedelta(days=1), BASIS)
    with pytest.raises(ParentDead):
        actions.record_birth(acting, mai, **KHOA)


def test_a_mother_who_died_in_childbirth_has_a_child_that_lives_with_its_father(acting):
    an, lan = couple()
    actions.record_death(acting, lan, DAY, BASIS)
    with pytest.raises(NoHome):
        actions.record_birth(acting, lan, **KHOA)
    khoa = actions.record_birth(acting, lan, other_parent_id=an, **KHOA)
    assert (held(khoa)["home_area"], held(khoa)["mother_id"]) == (area(CAU_GIAY), lan)


def test_a_child_who_is_registered_already_is_shown_first_and_twins_pass_after_one_question(acting):
    an, lan = couple()
    khoa = actions.record_birth(acting, lan, other_parent_id=an, **KHOA)
    khanh = KHOA | {"full_name": "Nguyễn Minh Khánh"}
    for parent, other in ((lan, an), (an, lan), (lan, None)):
        with pytest.raises(AskFirst) as asked:
            actions.record_birth(acting, parent, other_parent_id=other, **khanh)
        assert [question.people for question in asked.value.questions] == [(khoa,)]
    twin = actions.record_birth(acting, lan, other_parent_id=an, confirmed=answered(asked), **khanh)
    assert held(twin)["pin"] != held(khoa)["pin"]
    with pytest.raises(AskFirst) as third:
        actions.record_birth(
            acting,
            lan,
            other_parent_id=an,
            confirmed=answered(asked),
            **(KHOA | {"full_name": "Nguyễn Minh Khôi"}),
        )
    assert third.value.questions[0].people == (khoa, twin), (
        "what was confirmed of one child is not confirmed of two"
    )


@pytest.mark.parametrize("days", [300, 366, 731, 1500, -400])
@pytest.mark.parametrize("name", ["Nguyễn Minh Khoa", "NGUYEN MINH KHOA"])
def test_a_child_who_bears_the_name_of_another_one_of_either_parent_is_asked_of(acting, days, name):
    an, lan = couple()
    khoa = actions.record_birth(
        acting, lan, other_parent_id=an, **(KHOA | {"birth_date": dt.date(2020, 1, 1)})
    )
    again = KHOA | {"full_name": name, "birth_date": dt.date(2020, 1, 1) + dt.timedelta(days=days)}
    for parent, other in ((lan, an), (lan, None), (an, None)):
        with pytest.raises(AskFirst) as asked:
            actions.record_birth(acting, parent, other_parent_id=other, **again)
        assert [(question.code, question.people) for question in asked.value.questions] == [
            ("registered_already", (khoa,))
        ]


@pytest.mark.parametrize(("days", "asks"), [(1, True), (179, True), (180, False), (-179, True), (300, False)])
def test_two_births_of_a_mother_lie_half_a_year_apart(acting, days, asks):
    _an, lan = couple()
    actions.record_birth(acting, lan, **(KHOA | {"birth_date": dt.date(2020, 1, 1)}))
    later = KHOA | {
        "full_name": "Nguyễn Minh Khánh",
        "birth_date": dt.date(2020, 1, 1) + dt.timedelta(days=days),
    }
    if asks:
        with pytest.raises(AskFirst):
            actions.record_birth(acting, lan, **later)
    else:
        assert actions.record_birth(acting, lan, **later)


def test_the_same_name_and_day_in_the_same_commune_is_asked_about_though_no_parent_is_linked(acting):
    there = someone(full_name="NGUYỄN MINH KHOA", birth_date=DAY, valid_from=DAY)
    elsewhere = someone(full_name="Nguyễn Minh Khoa", birth_date=DAY, valid_from=DAY, home=area(BEN_THANH))
    _an, lan = couple()
    with pytest.raises(AskFirst) as asked:
        actions.record_birth(acting, lan, **KHOA)
    assert asked.value.questions[0].people == (there,)
    assert elsewhere not in asked.value.questions[0].people


def test_the_child_of_a_son_is_a_grandchild_of_the_household(acting):
    son = man(household_id=HOUSEHOLD, relation=3)
    khoa = actions.record_birth(acting, son, **KHOA)
    assert held(khoa)["relation"] == 6


def test_a_number_once_given_is_given_to_nobody_else(acting, monkeypatch):
    _an, lan = couple()
    serials = iter([7, 7, 7, 8])
    monkeypatch.setattr(births, "_AT_ONCE", 1)
    monkeypatch.setattr(births.secrets, "randbelow", lambda _most: next(serials))
    khoa = actions.record_birth(acting, lan, **KHOA)
    old = held(khoa)["pin"]
    assert old.endswith("000007")
    actions.replace_pin(acting, khoa, "001225999999", DAY, BASIS)
    hoa = actions.record_birth(acting, woman("Vũ Thị Hoa"), **(KHOA | {"full_name": "Vũ Minh Đức"}))
    assert held(hoa)["pin"].endswith("000008"), "not the one that was cancelled"

"""A household moves whole, however the register names the place where it lives; and nobody moves to where
they live.
"""

import datetime as dt

import pytest

from dancu.areas import lookups as areas
from dancu.register import actions, lookups
from dancu.register.errors import AskFirst, EndsBeforeBeginning, LivesThere
from dancu.register.events import kin
from dancu.register.lookups import TEMPORARY
from dancu.testing.family import BASIS, DAY, HOUSEHOLD, child_of, couple, event_of, hai, held, man, woman
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, SINCE, YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

SAI_GON, ON_THE_EVE = "26740", dt.date(2025, 6, 30)  # a ward of today, made from three


@pytest.fixture
def acting():
    return hai()


def moved(
    acting, person_id: int, on: dt.date = DAY, area_id: int | None = None, address="5 Trung Kính", **more
) -> None:
    actions.record_move(
        acting, person_id, area_id=area_id or area(YEN_HOA), address=address, moved_on=on, basis=BASIS, **more
    )


def homes(*people: int) -> set[int]:
    return {held(person_id)["home_area"] for person_id in people}


def made_from(ward: int) -> list[int]:
    return [old.area_id for old in areas.predecessors(ward)]


@pytest.mark.parametrize("whose", [0, 1, 2])
@pytest.mark.parametrize("nth", [0, 1, 2])
def test_who_joined_under_the_old_name_of_the_ward_moves_along(acting, whose, nth):
    """Wholly or partly: the register may know by the address to which of the new wards a house belongs."""
    an, lan = couple(home=area(SAI_GON))
    moved(acting, lan, dt.date(2024, 3, 1), made_from(area(SAI_GON))[nth], joins=an)
    khoa = child_of(an, lan, home=area(SAI_GON))
    moved(acting, [an, lan, khoa][whose], whole_household=True)
    assert homes(an, lan, khoa) == {area(YEN_HOA)}
    assert {held(each)["household_id"] for each in (an, lan, khoa)} == {HOUSEHOLD}


def test_a_household_all_of_whom_live_under_an_old_name_moves_whole(acting):
    an, lan = couple(home=area(DICH_VONG, BEFORE))
    actions.correct(acting, lan, {"home_area": area(DICH_VONG, BEFORE)}, BASIS)
    moved(acting, an, whole_household=True)
    assert homes(an, lan) == {area(YEN_HOA)}


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_a_child_under_the_old_name_of_the_ward_is_known_in_a_register_that_is_not_read_for_it(
    monkeypatch, nth
):
    an, lan = couple(home=area(SAI_GON))
    khoa = child_of(an, lan, home=made_from(area(SAI_GON))[nth], household_id=None, relation=None)
    monkeypatch.setattr(kin, "_sql", Large(kin._sql))
    assert [child["person_id"] for child in kin.children(held(an))] == [khoa]


class Large:
    """Statements of a register that is too large to be read for one event."""

    def __init__(self, statements) -> None:
        self._statements = statements

    def one(self, name: str, **given):
        return {"small": False} if name == "is_small" else self._statements.one(name, **given)

    def all(self, name: str, **given):
        return self._statements.all(name, **given)

    def of(self, row):
        return self._statements.of(row)


def test_a_child_registered_under_the_old_name_of_the_ward_is_shown_before_it_is_registered_again(acting):
    mother = woman(home=area(SAI_GON))
    there = someone(
        full_name="Nguyễn Minh Khoa",
        birth_date=DAY,
        valid_from=DAY,
        home=made_from(area(SAI_GON))[1],
        birth_area=None,
    )
    with pytest.raises(AskFirst) as asked:
        actions.record_birth(acting, mother, full_name="Nguyễn Minh Khoa", birth_date=DAY, sex=1, basis=BASIS)
    assert [question.people for question in asked.value.questions] == [(there,)]


def test_who_came_back_from_the_dead_moves_along(acting):
    an, lan = couple(home=area(SAI_GON))
    actions.correct(acting, lan, {"home_area": area(SAI_GON)}, BASIS)
    khoa = child_of(an, lan, home=area(SAI_GON))
    actions.record_death(acting, an, dt.date(2024, 2, 29), BASIS)
    actions.record_return(acting, an, dt.date(2024, 6, 1), BASIS)
    moved(acting, lan, whole_household=True)
    assert homes(an, lan, khoa) == {area(YEN_HOA)}
    actions.undo_event(acting, lan, event_of(lan), BASIS)
    assert homes(an, lan, khoa) == {area(SAI_GON)}


def test_who_came_back_after_the_household_had_gone_is_asked_about_by_name(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAY, BASIS)
    moved(acting, lan, whole_household=True)
    actions.record_return(acting, an, dt.date(2025, 9, 1), BASIS)
    with pytest.raises(AskFirst, match="Nguyễn Văn An"):
        moved(acting, lan, dt.date(2025, 9, 2), area(BEN_THANH), whole_household=True)


def test_neither_the_dead_nor_strangers_of_the_commune_move_along(acting):
    an, lan = couple()
    stranger = man()
    actions.record_death(acting, an, DAY, BASIS)
    moved(acting, lan, dt.date(2025, 8, 2), whole_household=True)
    assert homes(an, stranger) == {area(CAU_GIAY)}


@pytest.mark.parametrize("address", ["12 Xuân Thủy", " 12  xuân thuỷ "])
def test_nobody_moves_to_where_they_live(acting, address):
    an, lan = couple()
    for whole in (False, True):
        with pytest.raises(
            LivesThere, match="Nguyễn Văn An has already lived at this address since 01/01/2010"
        ):
            moved(acting, an, area_id=area(CAU_GIAY), address=address, whole_household=whole)
    assert (held(an)["home_since"], held(an)["household_id"]) == (SINCE, HOUSEHOLD)
    moved(acting, an, area_id=area(CAU_GIAY), address="14 Xuân Thủy", whole_household=True)
    assert [held(each)["home_address"] for each in (an, lan)] == ["14 Xuân Thủy"] * 2


def test_a_household_follows_one_of_it_who_lives_there_already(acting):
    an, lan = couple()
    moved(acting, lan, area_id=area(CAU_GIAY), address="14 Xuân Thủy")
    moved(acting, lan, dt.date(2025, 8, 2), area(CAU_GIAY), "14 Xuân Thủy", joins=an)
    assert (held(lan)["home_since"], held(lan)["household_id"]) == (DAY, HOUSEHOLD), "joined without a move"
    moved(acting, an, dt.date(2025, 8, 3), area(CAU_GIAY), "14 Xuân Thủy", whole_household=True)
    assert [held(each)["home_since"] for each in (an, lan)] == [dt.date(2025, 8, 3), DAY]


@pytest.mark.parametrize("until", [DAY, dt.date(2025, 7, 31), dt.date(2010, 1, 1)])
def test_a_residence_does_not_end_before_it_begins(acting, until):
    an = someone()
    with pytest.raises(EndsBeforeBeginning, match="but it begins on 01/08/2025"):
        moved(acting, an, kind=TEMPORARY, until=until)
    moved(acting, an, kind=TEMPORARY, until=dt.date(2025, 8, 2))


def test_a_stay_begins_anew_only_where_its_end_is_another(acting):
    an = someone()
    moved(acting, an, kind=TEMPORARY, until=dt.date(2025, 12, 31))
    with pytest.raises(LivesThere):
        moved(acting, an, dt.date(2025, 9, 1), kind=TEMPORARY, until=dt.date(2025, 12, 31))
    moved(acting, an, dt.date(2025, 9, 1), kind=TEMPORARY, until=dt.date(2099, 12, 31))
    stays = [
        row for row in lookups.record_of(an).residences if row["kind"] == TEMPORARY and not row["valid_to"]
    ]
    assert [(row["valid_from"], row["until"]) for row in stays] == [
        (dt.date(2025, 9, 1), dt.date(2099, 12, 31))
    ]

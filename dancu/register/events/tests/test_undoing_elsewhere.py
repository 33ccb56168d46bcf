"""An event of two people, one of whom lives outside the official's area: who is not seen is not changed
by undoing it either.
"""

import datetime as dt

import pytest

from dancu.register import actions
from dancu.register.codes import ALIVE, DEAD
from dancu.register.errors import EventReachesOutside, OutsideJurisdiction
from dancu.testing.database import database
from dancu.testing.family import BASIS, DAY, HOUSEHOLD, child_of, couple, event_of, hai, held, man, woman
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def nation():
    return hai()


def of(code: str):
    return acting_as(ha(code, f"steward{code}"))


def far_couple() -> tuple[int, int]:
    """An of Bến Thành and his wife Lan of Cầu Giấy."""
    return couple(home=area(BEN_THANH))


def died(nation, an, _lan) -> None:
    actions.record_death(nation, an, DAY, BASIS)


def divorced(nation, an, _lan) -> None:
    actions.record_divorce(nation, an, DAY, BASIS)


def came_back(nation, an, lan) -> None:
    died(nation, an, lan)
    actions.record_return(nation, an, DAY + dt.timedelta(days=9), BASIS)


def married_again(nation, an, lan) -> None:
    divorced(nation, an, lan)
    actions.record_marriage(nation, an, lan, DAY + dt.timedelta(days=9), BASIS)


@pytest.mark.parametrize("happen", [died, divorced, came_back, married_again])
def test_what_concerns_somebody_elsewhere_is_undone_by_who_sees_both(nation, happen):
    an, lan = far_couple()
    happen(nation, an, lan)
    stewards = [(of(CAU_GIAY), lan), (of(BEN_THANH), an), (of(HA_NOI), lan)]
    before = database()
    for steward, person_id in stewards:
        with pytest.raises(EventReachesOutside):
            actions.undo_event(steward, person_id, event_of(lan), BASIS)
    assert database() == before
    actions.undo_event(nation, lan, event_of(lan), BASIS)
    assert held(an)["status"] == (DEAD if happen is came_back else ALIVE)


def test_an_areas_steward_undoes_what_happened_to_people_of_it(nation):
    an, lan = couple(home=area(YEN_HOA))
    died(nation, an, lan)
    with pytest.raises(OutsideJurisdiction):
        actions.undo_event(of(CAU_GIAY), lan, event_of(lan), BASIS)
    actions.undo_event(of(HA_NOI), lan, event_of(lan), BASIS)
    assert held(an)["status"] == ALIVE


def test_a_household_divided_with_one_elsewhere_is_made_one_by_who_sees_both(nation):
    lan = woman(household_id=HOUSEHOLD, relation=1)
    son = child_of(None, lan, dt.date(2006, 9, 5), home=area(BEN_THANH))
    daughter = child_of(None, lan, dt.date(2004, 9, 5), "Nguyễn Minh Thư", sex=2)
    actions.record_split(nation, lan, leave=[son, daughter], head=son, on=DAY, basis=BASIS)
    for code, person_id in ((CAU_GIAY, daughter), (BEN_THANH, son)):
        with pytest.raises(EventReachesOutside):
            actions.undo_event(of(code), person_id, event_of(son), BASIS)
    assert held(son)["household_id"] != HOUSEHOLD


def test_a_birth_is_not_undone_where_the_child_lives_elsewhere(nation):
    lan = woman(home=area(BEN_THANH))
    child = actions.record_birth(
        nation, lan, full_name="Nguyễn Minh Khoa", birth_date=DAY, sex=1, basis=BASIS
    )
    actions.record_move(
        nation, lan, area_id=area(CAU_GIAY), address="", moved_on=DAY + dt.timedelta(days=30), basis=BASIS
    )
    birth = event_of(child)
    with pytest.raises(EventReachesOutside):
        actions.undo_event(of(CAU_GIAY), lan, birth, BASIS)
    actions.undo_event(of(BEN_THANH), child, birth, BASIS)


def test_whoever_would_be_divorced_by_an_undo_elsewhere_is_not_named(nation):
    """Bình was held dead; his widow Lan has married An of Bến Thành. Undoing that death ends Bình's
    marriage to her.
    """
    binh = man()
    lan = woman()
    actions.record_marriage(nation, binh, lan, dt.date(2015, 1, 1), BASIS)
    actions.record_death(nation, binh, dt.date(2020, 1, 1), BASIS)
    death = event_of(binh)
    actions.record_marriage(nation, lan, someone(area(BEN_THANH)), dt.date(2021, 1, 1), BASIS)
    actions.record_move(nation, lan, area_id=area(BEN_THANH), address="", moved_on=DAY, basis=BASIS)
    with pytest.raises(EventReachesOutside):
        actions.undo_event(of(CAU_GIAY), binh, death, BASIS)

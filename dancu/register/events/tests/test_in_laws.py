"""Who was married to one's father or mother, son or daughter is married by nobody (Law on Marriage and
Family 2014, art. 5(2)(d)).
"""

import datetime as dt
from collections.abc import Callable

import pytest

from dancu.register import actions
from dancu.register.errors import RelatedByMarriage
from dancu.register.events.tests.test_undone_sequences import done
from dancu.testing.database import rows
from dancu.testing.family import BASIS, DAY, event_of, hai, man, marriage_of, woman

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

WED, ENDED = dt.date(2010, 5, 5), dt.date(2015, 5, 5)
OLD, YOUNG = dt.date(1955, 2, 2), dt.date(1982, 2, 2)


@pytest.fixture
def acting():
    return hai()


def divorced(acting, one: int, two: int) -> None:
    actions.record_marriage(acting, one, two, WED, BASIS)
    actions.record_divorce(acting, one, ENDED, BASIS)


def widowed(acting, one: int, two: int) -> None:
    """`two` is left."""
    actions.record_marriage(acting, one, two, WED, BASIS)
    actions.record_death(acting, one, ENDED, BASIS)


def divorced_before_the_record_begins(acting, one: int, two: int) -> None:
    rows("UPDATE person SET marital_status = 2, spouse_id = %s WHERE person_id = %s", two, one)
    rows("UPDATE person SET marital_status = 2, spouse_id = %s WHERE person_id = %s", one, two)
    assert done(lambda yes: actions.record_divorce(acting, one, dt.date(2009, 12, 31), BASIS, yes))


def known_by_the_dead_alone(_acting, one: int, two: int) -> None:
    rows("UPDATE person SET marital_status = 2, spouse_id = %s WHERE person_id = %s", two, one)
    rows("UPDATE person SET status = 2, home_since = NULL, status_on = %s WHERE person_id = %s", ENDED, one)


ENDS = [divorced, widowed, divorced_before_the_record_begins, known_by_the_dead_alone]


def family(child: str) -> tuple[int, int, int]:
    """A father and his son, or a mother and her daughter, and who marries the one and then would marry
    the other.
    """
    each, other, parent = (man, woman, "father_id") if child == "son" else (woman, man, "mother_id")
    elder = each("Nguyễn Thành Cha", OLD)
    return (
        elder,
        each("Nguyễn Thành Con", YOUNG, **{parent: elder}),
        other("Phạm Minh Hoa", dt.date(1980, 1, 1)),
    )


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("child", ["son", "daughter"])
@pytest.mark.parametrize("first", ["parent", "child"])
def test_neither_step_parents_nor_parents_in_law(acting, end: Callable, child: str, first: str):
    elder, younger, other = family(child)
    former, next_one = (elder, younger) if first == "parent" else (younger, elder)
    end(acting, former, other)
    for pair in ((next_one, other), (other, next_one)):
        with pytest.raises(RelatedByMarriage, match="child of the other"):
            actions.record_marriage(acting, *pair, DAY, BASIS)
    assert marriage_of(next_one)[0] is None


def test_a_marriage_that_never_was_forbids_none(acting):
    elder, younger, other = family("son")
    actions.record_marriage(acting, elder, other, WED, BASIS)
    actions.undo_event(acting, elder, event_of(elder), BASIS)
    actions.record_marriage(acting, younger, other, DAY, BASIS)
    assert marriage_of(younger) == (2, other)


def test_the_brother_of_the_first_husband_and_a_stepsister_may(acting):
    elder, younger, other = family("son")
    brother = man("Nguyễn Thành Em", dt.date(1984, 1, 1), father_id=elder)
    divorced(acting, younger, other)
    actions.record_marriage(acting, brother, other, DAY, BASIS)
    mother = woman("Trần Thị Mẹ", OLD)
    daughter = woman("Lê Thị Con", YOUNG, mother_id=mother)
    divorced(acting, elder, mother)
    actions.record_marriage(acting, younger, daughter, DAY, BASIS)
    assert (marriage_of(other), marriage_of(daughter)) == ((2, brother), (2, younger))


def test_what_the_law_did_not_forbid_yet_is_recorded(acting):
    elder, other = man(born=dt.date(1930, 1, 1)), woman(born=dt.date(1955, 1, 1))
    younger = man("Trần Văn Con", dt.date(1953, 1, 1), father_id=elder)
    actions.record_marriage(acting, elder, other, dt.date(1980, 1, 1), BASIS)
    actions.record_divorce(acting, elder, dt.date(1985, 1, 1), BASIS)
    actions.record_marriage(acting, younger, other, dt.date(1990, 1, 1), BASIS)
    assert marriage_of(younger) == (2, other)

"""What was recorded after a merge is taken back whatever the merged record brought with it."""

import datetime as dt

import pytest

from dancu.register import actions
from dancu.register.events.tests.test_undone_sequences import done
from dancu.register.events.tests.whole_country import country
from dancu.testing.database import rows
from dancu.testing.family import BASIS, DAY, event_of, hai, man, marriage_of, woman
from dancu.testing.people import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

MARRIED = 2
LONG_AGO = dt.date(2019, 5, 8)


@pytest.fixture
def acting():
    return hai()


def merged(acting, keep: int, other: int):
    found = []
    assert done(
        lambda yes: found.append(actions.merge_people(acting, keep, other, basis=BASIS, confirmed=yes))
    )
    return found[-1]


def of_a_file(begins: dt.date) -> tuple[int, int]:
    """An and Lan, married by their records, without any event."""
    an, lan = (each(valid_from=begins) for each in (someone, woman))
    for one, two in ((an, lan), (lan, an)):
        rows("UPDATE person SET marital_status = 2, spouse_id = %s WHERE person_id = %s", two, one)
    return an, lan


def of_an_earlier_marriage(acting) -> int:
    other = man("Nguyễn Văn An", dt.date(1985, 3, 12))
    actions.record_marriage(acting, other, woman("Vũ Thị Mai"), dt.date(2012, 1, 1), BASIS)
    actions.record_divorce(acting, other, LONG_AGO, BASIS)
    return other


def of_a_marriage_to_one_unknown(acting) -> int:
    other = man("Nguyễn Văn An", dt.date(1985, 3, 12), marital_status=MARRIED, valid_from=dt.date(2025, 7, 1))
    actions.record_divorce(acting, other, LONG_AGO, BASIS)
    return other


@pytest.mark.parametrize("other", [of_an_earlier_marriage, of_a_marriage_to_one_unknown])
@pytest.mark.parametrize("deed", ["divorce", "divorce of long ago", "his death", "her death"])
@pytest.mark.parametrize("begins", [dt.date(2010, 1, 1), dt.date(2025, 7, 1)])
def test_an_event_after_a_merge_with_a_divorced_record_is_undone(acting, other, deed, begins):
    an, lan = of_a_file(begins)
    merged(acting, an, other(acting))
    before = country()
    who = lan if deed == "her death" else an
    on = dt.date(2025, 3, 20) if deed == "divorce of long ago" else DAY
    (actions.record_divorce if "divorce" in deed else actions.record_death)(acting, who, on, BASIS)
    actions.undo_event(acting, who, event_of(who), BASIS)
    assert country() == before


@pytest.mark.parametrize("other", [of_an_earlier_marriage, of_a_marriage_to_one_unknown])
@pytest.mark.parametrize("begins", [dt.date(2010, 1, 1), dt.date(2025, 7, 1)])
@pytest.mark.parametrize("first", ["event", "other's"])
def test_so_is_one_before_the_merge(acting, other, begins, first):
    an, lan = of_a_file(begins)
    duplicate = other(acting) if first == "other's" else None
    actions.record_divorce(acting, an, dt.date(2025, 3, 20), BASIS)
    divorce = event_of(an)
    merged(acting, an, duplicate or other(acting))
    actions.undo_event(acting, lan, divorce, BASIS)
    assert (marriage_of(an), marriage_of(lan)) == ((MARRIED, lan), (MARRIED, an))

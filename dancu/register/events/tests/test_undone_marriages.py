"""Marriages are what the events that stand give, in whatever order deaths, marriages, divorces and
returns were recorded and undone.
"""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.register import actions
from dancu.register.errors import AskFirst, LaterEvent
from dancu.register.events.tests.test_undone_sequences import done
from dancu.register.events.tests.whole_country import DAYS, country
from dancu.register.lookups import ALIVE, DEAD
from dancu.testing.database import rows
from dancu.testing.family import BASIS, couple, event_of, hai, held, man, marriage_of, woman
from dancu.testing.officials import acting_as
from dancu.testing.people import ha

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

MARRIED, WIDOWED, DIVORCED = 2, 3, 4
_numbers = itertools.count(1)
a_deed = st.tuples(
    st.sampled_from(["death", "death", "marry", "marry", "divorce", "return", "undo", "undo", "undo"]),
    st.integers(0, 4), st.integers(0, 4), st.integers(0, 3),
)  # fmt: skip


@pytest.fixture
def acting():
    return hai()


def undone(acting, person_id: int, event_id: Any) -> None:
    """Whatever it asks is answered."""
    assert done(lambda yes: actions.undo_event(acting, person_id, event_id, "Ghi nhầm người", yes))


def test_a_death_and_the_widows_marriage_undone_in_that_order_leave_both_married_as_before(acting):
    an, lan = couple()
    binh, before = man(), country()
    actions.record_death(acting, an, DAYS[0], BASIS)
    death = event_of(an)
    actions.record_marriage(acting, lan, binh, DAYS[1], BASIS)
    marriage = event_of(lan)
    with pytest.raises(AskFirst, match="Lê Thị Lan has since married someone else, on 02/08/2025"):
        actions.undo_event(acting, an, death, BASIS)
    undone(acting, an, death)
    assert (marriage_of(an), marriage_of(lan)) == ((DIVORCED, None), (MARRIED, binh))
    undone(acting, lan, marriage)
    assert (marriage_of(an), marriage_of(lan)) == ((MARRIED, lan), (MARRIED, an))
    assert country() == before


def test_who_returned_is_married_again_once_the_marriage_that_stood_against_it_is_undone(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAYS[0], BASIS)
    actions.record_marriage(acting, lan, man(), DAYS[1], BASIS)
    marriage = event_of(lan)
    actions.record_return(acting, an, DAYS[2], BASIS)
    assert marriage_of(an) == (DIVORCED, None)
    undone(acting, lan, marriage)
    assert (marriage_of(an), marriage_of(lan)) == ((MARRIED, lan), (MARRIED, an))


def test_the_survivor_is_a_widower_from_the_day_of_the_death_that_stands(acting):
    an, lan = couple()
    before = country()
    actions.record_death(acting, an, DAYS[0], BASIS)
    first = event_of(an)
    actions.record_death(acting, lan, DAYS[1], BASIS)
    undone(acting, an, first)
    assert marriage_of(an) == (WIDOWED, lan)
    assert country()["said"][an][DAYS[0]]["marital_status"] == MARRIED
    undone(acting, lan, event_of(lan, 1))  # above it the line that the widowhood was undone
    assert country() == before


def test_a_divorce_undone_leaves_a_widow_where_the_death_stands(acting):
    an, lan = couple()
    actions.record_divorce(acting, an, DAYS[0], BASIS)
    divorce = event_of(an)
    actions.record_death(acting, an, DAYS[1], BASIS)
    undone(acting, lan, divorce)
    assert marriage_of(lan) == (WIDOWED, an)


def test_what_a_file_said_of_a_marriage_since_is_not_guessed_at(acting):
    an, lan = couple()
    actions.record_death(acting, an, DAYS[0], BASIS)
    death = event_of(an)
    rows("UPDATE person SET marital_status = 4, spouse_id = NULL WHERE person_id = %s", lan)
    assert not done(lambda yes: actions.undo_event(acting, an, death, BASIS, yes))
    assert held(an)["status"] == DEAD


def test_a_marriage_is_undone_only_after_the_divorce_that_ended_it(acting):
    binh, mai = man(), woman("Vũ Thị Mai")
    actions.record_marriage(acting, binh, mai, DAYS[0], BASIS)
    marriage = event_of(mai)
    actions.record_divorce(acting, binh, DAYS[1], BASIS)
    with pytest.raises(LaterEvent, match="Divorce"):
        actions.undo_event(acting, mai, marriage, BASIS)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(a_deed, min_size=2, max_size=9), st.randoms())
def test_in_whatever_order_events_are_undone_marriages_are_what_the_rest_gives(
    published_areas, db, deeds, chance
):
    with transaction.atomic():
        acting = acting_as(ha(username=f"hôn-{next(_numbers)}"))
        people = [*couple(), man(), woman("Vũ Thị Mai"), man("Phạm Văn Dũng", dt.date(1980, 2, 2))]
        before, stand = country(), []
        for kind, first, second, nth in deeds:
            one, two, day = people[first], people[second], DAYS[nth]
            acts = {
                "death": lambda yes, one=one, day=day: actions.record_death(acting, one, day, BASIS, yes),
                "return": lambda yes, one=one, day=day: actions.record_return(acting, one, day, BASIS, yes),
                "divorce": lambda yes, one=one, day=day: actions.record_divorce(acting, one, day, BASIS, yes),
                "marry": lambda yes, one=one, two=two, day=day: actions.record_marriage(
                    acting, one, two, day, BASIS, confirmed=yes
                ),
            }
            if kind == "undo" and stand:
                _try_undo(acting, stand, chance.randrange(len(stand)))
            elif kind != "undo" and done(acts[kind]):
                stand.append((one, event_of(one)))
            assert wrong() == [], deeds
        while stand:
            if not _try_undo(acting, stand, chance.randrange(len(stand))):
                assert _try_undo(acting, stand, len(stand) - 1), ("the latest can always be undone", deeds)
            assert wrong() == [], deeds
        assert country() == before, deeds
        transaction.set_rollback(True)


def _try_undo(acting, stand: list[tuple[int, Any]], nth: int) -> bool:
    person_id, event_id = stand[nth]
    is_done = done(lambda yes: actions.undo_event(acting, person_id, event_id, BASIS, yes))
    if is_done:
        del stand[nth]
    return is_done


def wrong() -> list[str]:
    """Those widowed by the living, married to one who is not married to them, divorced without anything
    that divorced them.
    """
    found = []
    people = {
        row[0]: row[1:]
        for row in rows("SELECT person_id, status, marital_status, spouse_id, full_name FROM person")
    }
    ends = rows(
        "SELECT count(*) FROM life_event WHERE undone_by IS NULL AND kind IN ('divorce', 'marriage')"
    )[0][0]
    for person_id, (status, marital, spouse_id, name) in people.items():
        spouse = people.get(spouse_id)
        if status == ALIVE and marital == WIDOWED and (spouse is None or spouse[0] != DEAD):
            found.append(f"{name}: widowed by the living")
        if (
            status == ALIVE
            and marital == MARRIED
            and spouse
            and (spouse[0] == DEAD or spouse[1:3] != (2, person_id))
        ):
            found.append(f"{name}: married to one who is not")
        if marital == DIVORCED and not ends:
            found.append(f"{name}: divorced by nothing")
    return found

"""The journeys by commune and day, beside a count of them all."""

import datetime as dt
import itertools
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.errors import DancuError
from dancu.isolation import actions
from dancu.isolation.sums import ARRIVALS, CODES, COMING, LEAVING
from dancu.register.merging import actions as merging
from dancu.rollups import actions as rollups
from dancu.testing.arrivals import cross, expect, withdraw
from dancu.testing.database import rows
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, chi, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

_ANEW = """
SELECT area_id, leaving, arrives_on, state, count(*) FROM (
    SELECT destination_area AS area_id, 0 AS leaving, arrives_on, state FROM arrival
    UNION ALL SELECT origin_area, 1, arrives_on, state FROM arrival) AS journeys GROUP BY 1, 2, 3, 4"""
_KEPT = """
SELECT area_id, leaving, arrives_on, state, sum(journeys) FROM (
    SELECT area_id, leaving, arrives_on, state, journeys FROM arrivals_count
    UNION ALL SELECT area_id, leaving, arrives_on, state, journeys FROM arrivals_change
) AS cells GROUP BY 1, 2, 3, 4 HAVING sum(journeys) <> 0"""
_STATES = {code: state for state, code in CODES.items()}


def kept() -> list[tuple]:
    return sorted((*cell[:3], _STATES[cell[3]], cell[4]) for cell in rows(_KEPT))


def is_right() -> bool:
    return kept() == sorted(rows(_ANEW))


def test_a_journey_is_counted_where_it_leads_and_where_it_begins():
    today = timezone.localdate()
    declared = expect()
    cross(declared)
    assert kept() == sorted(
        [
            (area(CAU_GIAY), COMING, today, "on_the_way", 1),
            (area(BEN_THANH), LEAVING, today, "on_the_way", 1),
        ]
    )


def test_a_declaration_that_is_sent_twice_counts_once():
    declared = expect()
    expect(declaration_id=declared)
    assert sum(many for *_cell, many in kept()) == 2


deeds = st.tuples(
    st.sampled_from(
        "expect replace stay cross hold turn withdraw back meet all unmeet identify merge fold".split()
    ),
    st.integers(0, 5),
    st.integers(0, 2),
)
_numbers = itertools.count()


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, max_size=25))
def test_whatever_happens_to_journeys_the_sums_equal_a_count_of_all(published_areas, db, todo):
    with transaction.atomic():
        nth = next(_numbers)
        chi_at_work = acting_as(chi(CAU_GIAY, f"chi-{nth}"))
        ha_at_work = acting_as(ha(username=f"ha-{nth}"))
        places = [area(code) for code in (CAU_GIAY, YEN_HOA, BEN_THANH)]
        people = [someone(), someone(), -1, -2]
        journeys: list[tuple[int, UUID]] = [(people[0], expect(people[0]))]
        for kind, who, what in todo:
            person, declared = journeys[who % len(journeys)]
            with suppress(DancuError), transaction.atomic():
                match kind:
                    case "expect" | "replace" | "stay":
                        more = {"replaces": [declared]} if kind == "replace" else {}
                        more |= {"state": "told_to_stay"} if kind == "stay" else {}
                        whose = person if more else people[who % 4]
                        on = timezone.localdate() + dt.timedelta(days=what)
                        journeys.append(
                            (whose, expect(whose, arrives_on=on, destination_area=places[what], **more))
                        )
                    case "cross" | "hold" | "turn":
                        states = {"cross": "on_the_way", "hold": "held", "turn": "turned_back"}
                        cross(declared, person, state=states[kind])
                    case "withdraw":
                        withdraw(person, declared)
                    case "back":
                        actions.note_standing(person, declared, state="declared")
                    case "meet":
                        actions.meet(chi_at_work, declared)
                    case "all":
                        actions.meet_many(chi_at_work, [each for _person, each in journeys])
                    case "unmeet":
                        actions.undo_meetings(chi_at_work, [declared])
                    case "identify":
                        actions.identify(
                            person, people[what % 2], declared, outcome="confirmed", differing=[]
                        )
                    case "merge":
                        merging.merge_people(ha_at_work, people[0], people[1], basis="test")
                    case "fold":
                        rollups.fold(ARRIVALS)
        assert is_right()
        assert rollups.recount(ARRIVALS) == []
        assert is_right()
        transaction.set_rollback(True)

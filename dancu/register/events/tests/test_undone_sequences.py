"""Whatever is recorded and undone again leaves the country as it was."""

import datetime as dt
import itertools
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.register import actions, counting
from dancu.register.errors import RegisterError
from dancu.register.events.tests.whole_country import DAYS, country
from dancu.register.lookups import ALIVE, DEAD
from dancu.testing.database import rows
from dancu.testing.family import BASIS, child_of, couple, event_of, man, woman
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, ha

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

a_deed = st.tuples(
    st.sampled_from(
        [
            "death",
            "missing",
            "return",
            "marry",
            "divorce",
            "move",
            "all",
            "split",
            "head",
            "birth",
            "number",
            "correct",
            "undo",
            "undo",
        ]
    ),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 3),
)
_numbers = itertools.count(1)


def deed(kind: str, acting, one: int, two: int, on: dt.date, serial: int) -> Callable[[Any], object]:
    home = area([CAU_GIAY, YEN_HOA, BEN_THANH][serial % 3])
    return {
        "death": lambda yes: actions.record_death(acting, one, on, BASIS, yes),
        "missing": lambda yes: actions.record_missing(acting, one, on, BASIS, yes),
        "return": lambda yes: actions.record_return(acting, one, on, BASIS, yes),
        "marry": lambda yes: actions.record_marriage(acting, one, two, on, BASIS, confirmed=yes),
        "divorce": lambda yes: actions.record_divorce(acting, one, on, BASIS, yes),
        "move": lambda yes: actions.record_move(
            acting, one, area_id=home, address="", moved_on=on, basis=BASIS, confirmed=yes
        ),
        "all": lambda yes: actions.record_move(
            acting, one, area_id=home, address="", moved_on=on, basis=BASIS, whole_household=True
        ),
        "split": lambda yes: actions.record_split(
            acting, one, leave=[one], head=one, stays_head=two, on=on, basis=BASIS
        ),
        "head": lambda yes: actions.record_head(acting, one, on=on, basis=BASIS),
        "birth": lambda yes: actions.record_birth(
            acting,
            one,
            full_name=f"Nguyễn Thị {'Hoa Mai Lan Cúc Đào Huệ'.split()[serial % 6]}",
            birth_date=on,
            sex=2,
            basis=BASIS,
            other_parent_id=two if two != one else None,
            confirmed=yes,
        ),
        "number": lambda yes: actions.replace_pin(acting, one, f"0010850{serial:05}", on, BASIS),
        "correct": lambda yes: actions.correct(
            acting, one, {"full_name": f"Nguyễn Văn {'An Ân Ấn'.split()[serial % 3]}"}, BASIS, yes
        ),
    }[kind]


def done(act: Callable[[Any], object]) -> bool:
    """Done, with every question answered; False where it is refused, and then nothing of it is there."""
    with suppress(RegisterError), transaction.atomic():
        told = actions.rehearse(act)
        act({question.key for question in told.questions})
        return True
    return False


def is_sound() -> bool:
    """No dead or missing one is at home twice, no living one married to the married of others."""
    people = {
        row[0]: row[1:]
        for row in rows("SELECT person_id, status, marital_status, spouse_id, home_since FROM person")
    }
    for person_id, (status, marital, spouse, home_since) in people.items():
        if status == DEAD and home_since:
            return False
        if (
            status == ALIVE
            and marital == 2
            and spouse
            and people[spouse][0] != DEAD
            and people[spouse][2] != person_id
        ):
            return False
    return True


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(a_deed, min_size=1, max_size=8))
def test_whatever_is_recorded_and_undone_again_leaves_the_country_as_it_was(published_areas, db, deeds):
    with transaction.atomic():
        acting = acting_as(ha(username=f"ha-{next(_numbers)}"))
        an, lan = couple(pin="001085001234")
        people = [
            an,
            lan,
            child_of(an, lan, dt.date(2004, 1, 1)),
            man(),
            woman("Vũ Thị Mai"),
            woman("Đỗ Thị Hà", pin="001187000001"),
        ]
        stack: list[tuple[int, Any, dict]] = []
        for serial, (kind, first, second, day) in enumerate(deeds):
            if kind == "undo" and stack:
                person_id, event_id, before = stack.pop()
                actions.undo_event(acting, person_id, event_id, BASIS)
                assert same(country(), before), (kind, deeds)
            elif kind != "undo":
                before, one = country(), people[first]
                if done(deed(kind, acting, one, people[second], DAYS[day], serial)):
                    stack.append((one, event_of(one), before))
            assert is_sound(), deeds
        while stack:
            person_id, event_id, before = stack.pop()
            actions.undo_event(acting, person_id, event_id, BASIS)
            assert same(country(), before), deeds
        assert counting.recount() == []
        transaction.set_rollback(True)


def same(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """But for the numbers of children who are no more, which are given to nobody else."""
    for each in (one, two):
        each["beside"]["former_number"] = [
            row for row in each["beside"]["former_number"] if ", None, " not in row
        ]
    return one == two

"""Whatever is recorded, undone, merged and parted, in whatever order: nobody is married to the dead or to one
who is not, no child is older than the mother, and nobody has two homes at once. Longer with DANCU_STEPS,
DANCU_RUNS.
"""

import datetime as dt
import itertools
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dancu.register import actions, counting, lookups
from dancu.register.errors import AskFirst, RegisterError
from dancu.testing.database import rows
from dancu.testing.family import BASIS, child_of, couple, event_of, man, woman
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, ha

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

STEPS, RUNS = int(os.environ.get("DANCU_STEPS", "10")), int(os.environ.get("DANCU_RUNS", "12"))
DAYS = [dt.date(2025, 7, 1) + dt.timedelta(days=30 * nth) for nth in range(5)]
BIRTHS = [dt.date(1960, 1, 1), dt.date(1985, 3, 3), dt.date(1999, 2, 2), dt.date(2008, 1, 1)]
NAMES = "Hoa Mai Lan Cúc Đào Huệ Sen Trà Ngọc Bích".split()
_numbers = itertools.count(1)

someone = st.sampled_from([0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 6, 7, 8])
doubles = st.sampled_from(
    [(3, 0), (3, 0), (4, 1), (4, 1), (0, 3), (1, 4), (5, 7)]
)  # first those by which a spouse changes hands
a_day = st.sampled_from(DAYS)


class Country(RuleBasedStateMachine):
    """A couple with a child, their doubles, and others; every deed answers whatever is asked."""

    @initialize()
    def _people(self) -> None:
        self._whole = transaction.atomic()
        self._whole.__enter__()
        self.acting = acting_as(ha(username=f"máy-{next(_numbers)}"))
        an, lan = couple()
        self.people = [
            an,
            lan,
            child_of(an, lan, dt.date(2009, 1, 1)),
            man("Nguyễn Văn An", marital_status=1),
            woman("Lê Thị Lan", marital_status=2),
            man(),
            woman("Vũ Thị Mai"),
            man("Phạm Văn Dũng", dt.date(1980, 2, 2)),
            woman("Đỗ Thị Hà", home=area(BEN_THANH)),
        ]
        self.stand: list[tuple[str, int, Any]] = []
        self.told: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "_whole"):
            transaction.set_rollback(True)
            self._whole.__exit__(None, None, None)

    def _done(self, what: str, act: Callable[[set[str]], Any]) -> Any:
        """What it gives, True if nothing; None where it is refused."""
        answers: set[str] = set()
        while True:
            try:
                with transaction.atomic():
                    given = act(answers)
                self.told.append(what)
                return given or True
            except AskFirst as first:
                answers |= {question.key for question in first.questions}
            except RegisterError:
                return None

    def _event(self, what: str, one: int, act: Callable[[set[str]], Any]) -> Any:
        if done := self._done(f"{what} {one}", act):
            self.stand.append(("event", one, event_of(one)))
        return done

    @rule(
        one=someone,
        kind=st.sampled_from(["record_death", "record_missing", "record_return", "record_divorce"]),
        on=a_day,
    )
    def happens(self, one: int, kind: str, on: dt.date) -> None:
        person = self.people[one]
        self._event(kind, person, lambda yes: getattr(actions, kind)(self.acting, person, on, BASIS, yes))

    @rule(one=someone, two=someone, on=a_day)
    def marry(self, one: int, two: int, on: dt.date) -> None:
        a, b = self.people[one], self.people[two]
        self._event(
            "marry", a, lambda yes: actions.record_marriage(self.acting, a, b, on, BASIS, confirmed=yes)
        )

    @rule(one=someone, two=someone, on=a_day)
    def give_birth(self, one: int, two: int, on: dt.date) -> None:
        mother, father = self.people[one], self.people[two]
        name = f"Nguyễn Thị {NAMES[next(_numbers) % len(NAMES)]}"
        born = self._done(
            f"birth {mother} {father} {on}",
            lambda yes: actions.record_birth(
                self.acting,
                mother,
                full_name=name,
                birth_date=on,
                sex=2,
                basis=BASIS,
                other_parent_id=father if two != one else None,
                confirmed=yes,
            ),
        )
        if born:
            self.stand.append(("event", born, event_of(born)))

    @rule(
        one=someone,
        place=st.sampled_from([CAU_GIAY, YEN_HOA, BEN_THANH]),
        on=a_day,
        kind=st.sampled_from([1, 1, 2, 4]),
        all_of=st.booleans(),
    )
    def move(self, one: int, place: str, on: dt.date, kind: int, all_of: bool) -> None:
        person, whole = self.people[one], all_of and kind == 1
        self._event(
            f"move {place} {on} {kind} {whole}",
            person,
            lambda yes: actions.record_move(
                self.acting,
                person,
                area_id=area(place),
                address="",
                moved_on=on,
                basis=BASIS,
                kind=kind,
                whole_household=whole,
                confirmed=yes,
            ),
        )

    @rule(
        one=someone,
        two=someone,
        what=st.sampled_from(["birth_date", "sex", "father_id", "mother_id"]),
        born=st.sampled_from(BIRTHS),
    )
    def correct(self, one: int, two: int, what: str, born: dt.date) -> None:
        person, now = self.people[one], lookups.people([self.people[one]]).get(self.people[one])
        if now is None:
            return
        value = {"birth_date": born, "sex": 3 - now["sex"]}.get(what, self.people[two])
        self._event(
            f"correct {what} {value}",
            person,
            lambda yes: actions.correct(self.acting, person, {what: value}, BASIS, yes),
        )

    @rule(
        pair=doubles,
        fields=st.sets(
            st.sampled_from(["birth_date", "sex", "status", "marital_status", "spouse_id", "home_area"]),
            max_size=3,
        ),
    )
    def merge(self, pair: tuple[int, int], fields: set[str]) -> None:
        keep, other = (self.people[each] for each in pair)
        merge_id = self._done(
            f"merge {keep} {other} {sorted(fields)}",
            lambda yes: actions.merge_people(
                self.acting, keep, other, basis=BASIS, fields=sorted(fields), confirmed=yes
            ),
        )
        if merge_id:
            self.stand.append(("merge", keep, merge_id))

    @precondition(lambda self: any(kind == "merge" for kind, _person, _id in getattr(self, "stand", ())))
    @rule()
    def part(self) -> None:
        self._undo(max(nth for nth, (kind, _person, _id) in enumerate(self.stand) if kind == "merge"))

    @precondition(lambda self: getattr(self, "stand", None))
    @rule(which=st.integers(0, 20))
    def undo(self, which: int) -> None:
        self._undo(which % len(self.stand))

    def _undo(self, nth: int) -> None:
        kind, person, deed_id = self.stand[nth]
        if kind == "merge":
            done = self._done(
                f"part {person}",
                lambda yes: actions.undo_merge(self.acting, deed_id, basis=BASIS, confirmed=yes),
            )
        else:
            now = lookups.merged_into(person)
            done = self._done(
                f"undo {now}", lambda yes: actions.undo_event(self.acting, now, deed_id, BASIS, yes)
            )
        if done:
            del self.stand[nth]

    @invariant()
    def nothing_contradicts(self) -> None:
        if hasattr(self, "people"):
            everybody = [person_id for (person_id,) in rows("SELECT person_id FROM person")]
            assert counting.between(everybody) == set(), self.told


def test_no_deed_and_no_undoing_makes_records_contradict_each_other(published_areas, db):
    run_state_machine_as_test(
        Country,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )

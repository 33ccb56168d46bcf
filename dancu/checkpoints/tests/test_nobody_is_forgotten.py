"""Whatever officers press and stewards decide in whatever order: who was found positive stays so with that
pass, until tested negative or held by mistake, at the stations and on the communes' lists.
"""

import datetime as dt
import random
from contextlib import suppress

import pytest
from django.db import transaction

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import CheckpointError, NotHeld
from dancu.checkpoints.reasons import REASONS, Reason, signs_of
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register
from dancu.register.errors import RegisterError
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.review.errors import ReviewError
from dancu.testing.at_the_station import NAMELESS, POSITIVE, cross
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import ha
from dancu.testing.travellers import add_an, commune, declare

GOALS = "Phường Hải Châu, Đà Nẵng", "Phường Ninh Kiều, Cần Thơ", "Phường Hải Vân, Đà Nẵng"
NOBODY = NAMELESS | {"home_area": None}
WHO = {
    "An": {"phone": "0901234567"},
    "Ân": {
        "full_name": "Nguyễn Văn Ân",
        "number": "079200005678",
        "birth": PartialDate(2000, 2, 16),
        "phone": "0902222222",
    },
    "without a number": NOBODY | {"phone": "0901234567"},
    "by another telephone": NOBODY | {"phone": "0977000000"},
    "by a passport": {
        "number": "B1112223",
        "number_kind": "passport",
        "phone": "0977000000",
        "home_area": None,
    },
}
OTHERWISE = sorted({*REASONS["override"]} - {"negative"})
OTHER_REASONS = sorted({*REASONS["secondary"]} - {"positive"})


class Road:
    """Two people whom the register holds, whoever declares as them or nearly, two officers and a steward;
    `log`: what they did.
    """

    def __init__(self, chance: random.Random, station: int, an: int) -> None:
        self.chance, self.station, self.an = chance, station, an
        self.an_too = add_an(
            full_name="Nguyễn Văn Ân",
            pin="079200005678",
            cmnd=None,
            birth_date=dt.date(2000, 2, 16),
            phone="0902222222",
        )
        self.hai = acting_as(ha())
        self.officers = [acting_as(make_official(name, "checkpoint_officer")) for name in ("cuong", "dung")]
        self.passes, self.holds, self.positive, self.merges, self.log = [], [], [], [], []

    def step(self) -> None:
        acts = [
            self.declares,
            self.declares,
            self.holds_positive,
            self.holds_for,
            self.lets_through,
            self.lets_through,
        ]
        acts += [
            self.ends_waiting,
            self.by_mistake,
            self.by_mistake,
            self.undoes,
            self.corrects,
            self.merges_or_parts,
            self.decides,
        ]
        act = self.chance.choice(acts if self.passes else [self.declares])
        with suppress(CheckpointError, RegisterError, ReviewError), transaction.atomic():
            self.log.append(act())

    def declares(self) -> str:
        who = self.chance.choice(list(WHO))
        self.passes.append(declare(**WHO[who], destination_area=commune(self.chance.choice(GOALS))))
        return f"{who} declares pass {len(self.passes) - 1}"

    def holds_positive(self) -> str:
        return self._hold(POSITIVE, self.positive)

    def holds_for(self) -> str:
        return self._hold(Reason(self.chance.choice(OTHER_REASONS)), [])

    def _hold(self, reason: Reason, among: list) -> str:
        which, officer = self.chance.choice(self.passes), self.chance.choice(self.officers)
        hold = (which, cross(officer, self.station, which, "secondary", reason), officer)
        self.holds.append(hold)
        among.append(hold)
        return f"{reason.code} of {self.passes.index(which)}"

    def lets_through(self) -> str:
        which, reason = self.chance.choice(self.passes), self.chance.choice(OTHERWISE)
        cross(self.chance.choice(self.officers), self.station, which, "through", Reason(reason))
        return f"{reason} of {self.passes.index(which)}"

    def ends_waiting(self) -> str:
        return self._release(self.chance.choice(["health_post", "left"]))

    def by_mistake(self) -> str:
        return self._release("mistake")

    def _release(self, how: str) -> str:
        hold = which, held, officer = self._a_hold()
        actions.release(
            officer, pass_id=which.pass_id, crossing_id=held, station_id=self.station, reason=Reason(how)
        )
        if how == "mistake":
            self._forget(hold)
        return f"{how}: {self._told(hold)}"

    def undoes(self) -> str:
        hold = self._a_hold()
        actions.undo_crossing(hold[2], hold[1])
        self._forget(hold)
        return f"undone: {self._told(hold)}"

    def corrects(self) -> str:
        hold = self._a_hold()
        actions.correct_crossing(hold[2], hold[1], "secondary", Reason(self.chance.choice(OTHER_REASONS)))
        self._forget(hold)
        return f"corrected: {self._told(hold)}"

    def merges_or_parts(self) -> str:
        if self.merges:
            register.undo_merge(self.hai, self.merges.pop(), basis="two people")
            actions.regrouped(self.an, self.an_too)
            return "parted"
        self.merges.append(register.merge_people(self.hai, self.an, self.an_too, basis="one person"))
        actions.regrouped(self.an)
        return "merged"

    def decides(self) -> str:
        actions.ask_about_doubtful()
        case = reviewed.next_case(self.hai, "declaration")
        if not case:
            actions.follow(self.hai, review.undo(self.hai))
            return "a steward takes back"
        person_id = case.candidates[0].person["person_id"] if self.chance.random() < 0.5 else None
        review.decide(self.hai, case.case_id, "same" if person_id else "different", person_id)
        actions.follow(self.hai, case.case_id)
        return f"a steward decides {person_id}"

    def _a_hold(self) -> tuple:
        if not self.holds:
            raise NotHeld
        return self.chance.choice(self.holds)

    def _forget(self, hold: tuple) -> None:
        self.positive = [one for one in self.positive if one is not hold]

    def _told(self, hold: tuple) -> str:
        return f"hold {self.holds.index(hold)} of {self.passes.index(hold[0])}"


@pytest.mark.parametrize("seed", range(12))
def test_who_was_found_positive_stays_so_whatever_happens(country, acting, station, seed):
    road = Road(random.Random(seed), station, add_an(phone="0901234567"))
    for _step in range(12):
        road.step()
        for which in {hold[0].pass_id for hold in road.positive}:
            shown = lookups.pass_in_full(which)
            known = lookups.memory_of(shown)
            assert any(stop["sure"] and "positive" in signs_of(stop) for stop in known.stops), (
                which,
                road.log,
            )
            row = next(
                row
                for row in arrivals_of(shown["person_id"])
                if row["declaration_id"] == shown["declaration_id"]
            )
            assert "positive" in (*row["warnings"], *row["warned_elsewhere"]), (which, road.log)

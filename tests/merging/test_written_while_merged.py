"""Whatever stores a person's id follows a merge at once, at whichever step of it the merge comes; and so
while a merge is undone.
"""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.actions import IssuedPass
from dancu.checkpoints.errors import CheckpointError
from dancu.checkpoints.journeys import Journey
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.discrepancies import actions as discrepancies
from dancu.discrepancies.actions import Discrepancy
from dancu.isolation import actions as isolation
from dancu.isolation.errors import IsolationError
from dancu.matching.lookups import PartialDate
from dancu.messaging import lookups as outbox
from dancu.register import actions as register
from dancu.register.errors import RegisterError
from dancu.review import actions as review
from dancu.review.actions import Case, CaseCandidate
from dancu.review.errors import ReviewError
from dancu.testing.at_the_station import FEVER, cross
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import SINCE
from dancu.testing.travellers import add_an, commune, journey, my_thuan
from dancu.web.citizen import sign_in, texting
from tests.merging.standing import left_under, parted_from_its_own
from tests.merging.stepping import Done, at_every_step, before_the_merge_is_written, stepped

pytestmark = pytest.mark.django_db(transaction=True)
BASIS = "Biên bản xác minh số 7/2021"
REFUSALS = (CheckpointError, IsolationError, RegisterError, ReviewError)  # in words, for whoever pressed
_numbers = itertools.count(1)


@dataclass
class Scene:
    """Two records of one man, who declared a journey under each and is held at a station under the
    second; and who is at work.
    """

    kept: int
    other: int
    card: str
    phone: str
    held: IssuedPass
    stop: Any
    station: int
    binh: Acting
    steward: Acting
    nth: int

    def journey(self, **changes: Any) -> Journey:
        return journey(**{"number": self.card, "number_kind": "cmnd", "phone": self.phone} | changes)

    def merge(self) -> Any:
        return register.merge_people(self.steward, self.kept, self.other, basis=BASIS)


@pytest.fixture
def staff(published_areas):
    credentials.create_key("pass")
    rows("ALTER SEQUENCE person_id_seq RESTART WITH 700000000001")
    return (
        my_thuan(),
        acting_as(make_official("binh", "checkpoint_officer")),
        acting_as(make_official("ha", "data_steward")),
    )


def a_scene(staff: tuple[int, Acting, Acting]) -> Scene:
    station, binh, steward = staff
    nth = next(_numbers)
    card, phone = f"0249{nth:05}", f"0901{nth:06}"
    kept, other = (
        add_an(pin=f"07920001{nth:04}", cmnd=None, phone=phone),
        add_an(pin=None, cmnd=card, phone=phone),
    )
    held = checkpoints.declare(journey(number=card, number_kind="cmnd", phone=phone), uuid7())
    assert held.person_id == other
    stop = cross(binh, station, held, "secondary", FEVER)
    return Scene(kept, other, card, phone, held, stop, station, binh, steward, nth)


def declared(scene: Scene) -> None:
    checkpoints.declare(scene.journey(), uuid7())


def declared_with_another_name(scene: Scene) -> None:
    checkpoints.declare(scene.journey(full_name="Lê Thị Hoa", sex=2), uuid7())


def declared_with_a_telephone_alone(scene: Scene) -> None:
    checkpoints.declare(scene.journey(number="", number_kind="none"), uuid7())


def keyed_in(scene: Scene) -> None:
    checkpoints.declare_and_let_through(
        scene.journey(number="", number_kind="none", full_name="Nguyễn Văn Bình"),
        scene.binh,
        declaration_id=uuid7(),
        crossing_id=uuid7(),
        station_id=scene.station,
        direction="in",
        person_id=scene.other,
    )


def let_through(scene: Scene) -> None:
    cross(scene.binh, scene.station, scene.held, "through", Reason("well"))


def released(scene: Scene) -> None:
    checkpoints.release(
        scene.binh,
        pass_id=scene.held.pass_id,
        crossing_id=scene.stop,
        station_id=scene.station,
        reason=Reason("mistake"),
    )


def revoked(scene: Scene) -> None:
    checkpoints.revoke_pass(scene.held.pass_id, "lost", scene.binh)


def met(scene: Scene) -> None:
    let_through(scene)
    isolation.meet(scene.steward, scene.held.declaration_id)


def of_a_child(scene: Scene) -> None:
    register.add_person(
        None,
        full_name="Nguyễn Thị Con",
        birth_date=dt.date(2020, 1, 1),
        sex=2,
        home_area=commune("Phường Bến Thành, Hồ Chí Minh"),
        valid_from=dt.date(2020, 1, 1),
        basis=BASIS,
        father_id=scene.other,
    )


def of_a_birth(scene: Scene) -> None:
    register.record_birth(
        scene.steward,
        scene.other,
        full_name="Nguyễn Thị Con",
        birth_date=dt.date(2020, 1, 1),
        sex=2,
        basis=BASIS,
    )


def of_a_wrong_father(scene: Scene) -> None:
    child = add_an(full_name="Nguyễn Văn Con", pin=None, cmnd=None, birth_date=dt.date(2020, 1, 1))
    register.correct(
        scene.steward, child, {"father_id": scene.other}, BASIS, confirmed=["father", "parent", "kin"]
    )


def of_a_marriage(scene: Scene) -> None:
    wife = add_an(full_name="Lê Thị Hoa", sex=2, pin=None, cmnd=None)
    register.record_marriage(scene.steward, wife, scene.other, dt.date(2024, 1, 1), BASIS)


def of_a_death(scene: Scene) -> None:
    register.record_death(scene.steward, scene.other, timezone.localdate(), BASIS, confirmed=["after"])


def of_a_move(scene: Scene) -> None:
    register.record_move(
        scene.steward,
        scene.other,
        area_id=commune("Phường Ninh Kiều, Cần Thơ"),
        address="1 Hòa Bình",
        moved_on=timezone.localdate(),
        basis=BASIS,
    )


def corrected(scene: Scene) -> None:
    register.correct(scene.steward, scene.other, {"phone": "0987654321"}, BASIS)


def of_a_new_number(scene: Scene) -> None:
    register.replace_pin(scene.steward, scene.other, f"07920007{scene.nth:04}", SINCE, BASIS)


def asked_about(scene: Scene) -> None:
    said = {"number": "", "full_name": "Nguyễn Văn An", "birth": f"15/02/2000 {scene.nth}"}
    review.propose(
        [Case("duplicate", [CaseCandidate(scene.other, 4.0)], said, left_person=add_an(pin=None, cmnd=None))]
    )
    review.propose(
        [Case("duplicate", [CaseCandidate(add_an(pin=None, cmnd=None), 4.0)], said, left_person=scene.other)]
    )


def decided(scene: Scene) -> None:
    said = {"number": "", "full_name": "Nguyễn Văn An", "birth": f"15/02/2000 {scene.nth}"}
    review.propose(
        [Case("record", [CaseCandidate(scene.other, 4.0)], said, record_id="r1", sender=f"s{scene.nth}")]
    )
    (case,) = rows("SELECT case_id FROM review_case WHERE sender = %s", f"s{scene.nth}")
    rows(
        "UPDATE review_case SET claimed_by = %s, claimed_until = now() + interval '1 hour' WHERE case_id = "
        "%s",
        scene.steward.official_id,
        *case,
    )
    review.decide(scene.steward, case[0], "same", scene.other)


def decided_whose_declaration(scene: Scene) -> None:
    mine = checkpoints.declare(
        scene.journey(number="", number_kind="none", birth=PartialDate(2000, None, None)), uuid7()
    )
    said = {"number": "", "full_name": "Nguyễn Văn An", "birth": f"2000 {scene.nth}"}
    review.propose(
        [Case("declaration", [CaseCandidate(scene.other, 4.0)], said, record_id=str(mine.declaration_id))]
    )
    (case,) = rows(
        "SELECT case_id FROM review_record JOIN review_case USING (case_id) WHERE record_id = %s",
        str(mine.declaration_id),
    )
    rows(
        "UPDATE review_case SET claimed_by = %s, claimed_until = now() + interval '1 hour' WHERE case_id = "
        "%s",
        scene.steward.official_id,
        *case,
    )
    review.decide(scene.steward, case[0], "same", scene.other)
    checkpoints.follow(scene.steward, case[0])


def listed_by_a_site(scene: Scene) -> None:
    area = commune("Phường Bến Thành, Hồ Chí Minh")
    wrong = {"number": scene.card, "full_name": "Nguyễn Văn Ân", "birth": "15/02/2000", "sex": 1}
    site = f"Trạm {scene.nth}"
    discrepancies.report_discrepancies(
        [Discrepancy(site, "v1", area, wrong, scene.other), Discrepancy(site, "v2", area, wrong)]
    )
    discrepancies.report_records(scene.steward, site, area, {"v3": wrong})
    ids = dict(rows("SELECT record_id, correction_id FROM correction WHERE site = %s", site))
    discrepancies.identify(scene.steward, ids["v2"], scene.other)
    discrepancies.resolve(scene.steward, {ids["v1"]: "record_wrong"})


def sent_a_code(scene: Scene) -> None:
    sign_in._send_if_they_belong({"number": scene.card, "phone": scene.phone, "who": str(scene.nth)})
    assert any(message.recipient == scene.phone for message in outbox.recent(5))


def sent_a_link(scene: Scene) -> None:
    request = RequestFactory().get("/")
    request.session = {}
    texting.send_link(request, scene.held.pass_id)
    assert any(message.recipient == scene.phone for message in outbox.recent(5))


DEEDS: list[Callable[[Scene], None]] = [
    declared,
    declared_with_another_name,
    declared_with_a_telephone_alone,
    keyed_in,
    let_through,
    released,
    revoked,
    met,
    of_a_child,
    of_a_birth,
    of_a_wrong_father,
    of_a_marriage,
    of_a_death,
    of_a_move,
    corrected,
    of_a_new_number,
    asked_about,
    decided,
    decided_whose_declaration,
    listed_by_a_site,
    sent_a_code,
    sent_a_link,
]


def what_is_wrong(done: Done, gone: int | None) -> list[str]:
    """`gone`: whose record left, if the merge was done. Whoever pressed may be refused in words, and
    nothing else.
    """
    problems = [each for each in (done.problem, done.of_merge) if each is not None]
    wrong = [repr(each) for each in problems if not isinstance(each, REFUSALS)]
    wrong += sorted(left_under(gone)) if gone and done.of_merge is None else []
    wrong += sorted(f"{table} apart" for table in parted_from_its_own())
    return [f"merged before {done.before}: {each}" for each in wrong]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_nothing_stays_under_a_record_that_is_merged_meanwhile(staff, deed):
    scenes: list[Scene] = []

    def scene():
        made = a_scene(staff)
        scenes.append(made)
        return (lambda: deed(made)), made.merge

    with stepped():
        wrong = [
            each
            for done in at_every_step(scene)
            for each in what_is_wrong(done, scenes[-1].other if done.before != "its end" else None)
        ]
        wrong += what_is_wrong(before_the_merge_is_written(scene), scenes[-1].other)
    assert wrong == []


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_goes_together_stands_together_when_a_merge_is_undone_meanwhile(staff, deed):
    def scene():
        made = a_scene(staff)
        merge_id = made.merge()
        return (lambda: deed(made)), lambda: register.undo_merge(made.steward, merge_id, basis=BASIS)

    with stepped():
        wrong = [each for done in at_every_step(scene) for each in what_is_wrong(done, None)]
        wrong += what_is_wrong(before_the_merge_is_written(scene), None)
    assert wrong == []

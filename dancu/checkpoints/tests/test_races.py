"""What is pressed, declared and decided of one traveller at the same moment: each waits its turn, none
waits for ever, and all of it is recorded.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.checkpoints import actions
from dancu.checkpoints.errors import NotHeld, ReasonNeeded
from dancu.checkpoints.journeys import subject_of
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.db import transactions
from dancu.isolation import actions as isolation
from dancu.isolation.lookups import arrivals_of
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.at_the_station import FEVER, NAMELESS, arrival, cross, state_of
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, commune, declare, hai_van, my_thuan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_second_try")]

TURNS = pytest.mark.parametrize("turn", range(4))
TOWNS = (
    "Phường Ninh Kiều, Cần Thơ",
    "Phường Tân Ngãi, Vĩnh Long",
    "Phường Hải Vân, Đà Nẵng",
    "Phường Bến Thành, Hồ Chí Minh",
)


@pytest.fixture
def no_second_try(monkeypatch):
    """Whoever waits for another who waits for them fails: nobody should."""
    monkeypatch.setattr(transactions, "TRIES", 1)


@pytest.fixture
def officers(published_areas) -> Iterator[list[tuple[Acting, int]]]:
    keyring.forget()
    credentials.create_key("pass")
    yield [
        (acting_as(make_official(name, "checkpoint_officer")), station())
        for name, station in (("binh", my_thuan), ("an", hai_van))
    ]
    keyring.forget()


def together(at_once, *deeds: Callable[[], Any]) -> list[Any]:
    """What each of these gave, done at once."""
    waiting = list(enumerate(deeds))

    def one() -> tuple[int, Any]:
        nth, deed = waiting.pop()
        return nth, deed()

    return [gave for _nth, gave in sorted(at_once(len(deeds), one), key=lambda each: each[0])]


def passes(many: int = 4, acting: Acting | None = None, **changes: Any) -> list[actions.IssuedPass]:
    """One traveller's, to as many communes; `acting`: keyed in, so that one who is ill has them too."""
    return [declare(acting, destination_area=commune(town), **changes) for town in TOWNS[:many]]


def signs(declared: actions.IssuedPass) -> set[str]:
    row = arrival(declared)
    return {*row["warnings"], *row["warned_elsewhere"]}


@TURNS
@pytest.mark.parametrize("is_known", [True, False])
def test_officers_who_press_on_several_passes_of_one_ill_traveller_are_all_recorded(
    officers, at_once, is_known, turn
):
    add_an()
    found = passes(acting=officers[0][0], contact=True) if is_known else passes(**NAMELESS)
    assert {his.person_id > 0 for his in found} == {is_known}
    together(
        at_once,
        *[
            lambda his=his, of=of: cross(*of, his, "secondary", FEVER)
            for his, of in zip(found, officers * 2, strict=True)
        ],
    )
    assert rows("SELECT count(*) FROM crossing") == [(4,)]
    assert "held" in {state_of(his) for his in found}
    assert [signs(his) for his in found] == [{"symptoms", "contact"} if is_known else {"symptoms"}] * 4


@TURNS
def test_a_hold_while_the_same_person_declares_anew_is_recorded_and_so_is_the_declaration(
    officers, at_once, turn
):
    add_an()
    found, anew = passes(3), []
    together(
        at_once,
        lambda: cross(*officers[0], found[0], "secondary", FEVER),
        lambda: anew.append(declare(destination_area=commune(TOWNS[1]), contact=True)),
        lambda: cross(*officers[1], found[2], "back", Reason("positive")),
        lambda: anew.append(declare(destination_area=commune(TOWNS[3]))),
    )
    assert rows("SELECT count(*) FROM crossing") == [(2,)]
    told = [signs(his) for his in (*found, *anew)]
    assert told in (
        [{"positive", "contact"}] * 5,
        [{"positive", "contact", "symptoms"}] * 5,
    )  # which of the two stops came first


@TURNS
def test_who_is_let_through_while_held_elsewhere_was_so_before_or_for_a_reason(officers, at_once, turn):
    add_an()
    one, two = passes(2)

    def let_through() -> str:
        try:
            return str(cross(*officers[0], one) and "first")
        except ReasonNeeded:
            return "asked"

    _held, told = together(at_once, lambda: cross(*officers[1], two, "secondary", FEVER), let_through)
    assert told in ("first", "asked")
    assert rows("SELECT count(*) FROM crossing") == [({"first": 2, "asked": 1}[told],)]
    assert signs(one) == signs(two) == {"symptoms"}


@TURNS
def test_a_correction_a_release_and_a_revocation_at_once_are_all_recorded(officers, at_once, turn):
    add_an()
    found = passes(acting=officers[0][0], symptoms=("cough",))
    (binh, here), (an, there) = officers
    held = [cross(binh, here, his, "secondary", FEVER) for his in found[:2]]
    turned = cross(an, there, found[2], "secondary", Reason("no_paper"))

    def release() -> None:
        with pytest.raises(NotHeld):  # the later stops say so from now on
            actions.release(
                an, pass_id=found[0].pass_id, crossing_id=held[0], station_id=there, reason=Reason("left")
            )

    together(
        at_once,
        lambda: actions.correct_crossing(binh, held[1], "back", Reason("refuses")),
        release,
        lambda: actions.undo_crossing(an, turned),
        lambda: actions.revoke_pass(found[3].pass_id, "lost", binh),
    )
    assert rows("SELECT count(*) FROM retraction") == [(2,)]
    assert [state_of(his) for his in found[1:]] == ["turned_back", "declared", "withdrawn"]
    assert [signs(his) for his in found] == [{"symptoms"}] * 4


@TURNS
def test_a_commune_that_meets_somebody_while_they_are_stopped_elsewhere_does_not_keep_that_from_being_told(
    officers, at_once, turn
):
    add_an()
    found = passes(acting=officers[0][0], symptoms=("cough",))
    chi = acting_as(make_official("chi", "commune_officer", "area", commune(TOWNS[0])))
    together(
        at_once,
        lambda: isolation.meet_many(chi, [his.declaration_id for his in found]),
        *[
            lambda his=his, of=of: cross(*of, his, "secondary", FEVER)
            for his, of in zip(found[2:], officers, strict=True)
        ],
    )
    assert "met" in {state_of(his) for his in found}
    assert all(signs(his) == {"symptoms"} for his in found)


@TURNS
def test_what_a_steward_decides_of_somebody_who_stands_at_a_station_is_followed_and_so_is_what_is_pressed(
    officers, at_once, turn
):
    an = add_an()
    found = passes(**NAMELESS)
    ha = acting_as(make_official("ha", "data_steward"))
    actions.ask_about_doubtful()
    case = reviewed.next_case(ha)
    assert case is not None

    def decide() -> int:
        review.decide(ha, case.case_id, "same", an)
        return actions.follow(ha, case.case_id)

    *_pressed, moved = together(
        at_once,
        *[
            lambda his=his, of=of: cross(*of, his, "secondary", FEVER)
            for his, of in zip(found[1:], [*officers, officers[0]], strict=True)
        ],
        decide,
    )
    assert moved == 4
    assert rows("SELECT count(*) FROM crossing WHERE person_id = %s", an) == [(3,)]
    assert len(arrivals_of(an)) == 4
    assert arrivals_of(subject_of(uuid7())) == []

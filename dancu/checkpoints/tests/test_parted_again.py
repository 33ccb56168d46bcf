"""Two records are made one by mistake and parted again: what happened meanwhile with each one's pass is
each one's.
"""

import pytest

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import TooLateToUndoCrossing
from dancu.checkpoints.reasons import Reason
from dancu.isolation.lookups import arrivals_of
from dancu.register import actions as register
from dancu.testing.at_the_station import FEVER, NO_PERMIT, POSITIVE, arrival, cross, look
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, commune, declare

HOA = {"full_name": "Lê Thị Hoa", "sex": 2, "phone": "0977000000"}
LEFT_BEHIND = (
    "declaration",
    "pass",
    "crossing",
    "retraction",
    "release",
    "revocation",
    "supersession",
    "arrival",
)


@pytest.fixture
def hoa(an) -> int:
    return add_an(full_name="Lê Thị Hoa", sex=2, pin="079300001235", cmnd=None)


@pytest.fixture
def steward(db):
    return acting_as(make_official("ha", "data_steward"))


@pytest.fixture
def his(an):
    return declare()


@pytest.fixture
def hers(hoa):
    return declare(**HOA, number="079300001235")


@pytest.fixture
def merged(steward, an, hoa, his, hers):
    """Hoa's record goes into An's, who is somebody else."""
    return register.merge_people(steward, an, hoa, basis="so it seemed")


def part(steward, merged) -> None:
    register.undo_merge(steward, merged, basis="two people")
    actions.parted(steward, merged)


def states(person_id: int) -> list[str]:
    return [row["state"] for row in arrivals_of(person_id)]


def colours(acting, station, *of) -> list[str]:
    return [look(acting, station, declared).colour for declared in of]


def whose() -> dict[str, set[int]]:
    return {
        table: {person_id for (person_id,) in rows(f"SELECT person_id FROM {table}")} for table in LEFT_BEHIND
    }


def test_who_was_turned_back_with_her_pass_is_turned_back_and_nobody_else(
    acting, station, steward, an, hoa, his, hers, merged
):
    cross(acting, station, hers, "back", NO_PERMIT)
    part(steward, merged)
    assert colours(acting, station, hers, his) == ["red", "green"]
    assert (states(hoa), states(an)) == (["turned_back"], ["declared"])
    assert whose()["crossing"] == {hoa}


def test_a_pass_revoked_meanwhile_stays_revoked(acting, station, steward, an, hoa, his, hers, merged):
    actions.revoke_pass(hers.pass_id, acting=acting, reason="used by somebody else")
    part(steward, merged)
    assert [look(acting, station, declared).status for declared in (hers, his)] == ["revoked", "valid"]
    assert (states(hoa), states(an)) == (["withdrawn"], ["declared"])


def test_a_pass_replaced_meanwhile_counts_no_more(acting, station, steward, hoa, his, hers, merged):
    newer = declare(**HOA, number="079300001235")
    part(steward, merged)
    assert lookups.pass_in_full(hers.pass_id)["superseded_by"] == newer.declaration_id
    assert whose()["supersession"] == {hoa}
    assert states(hoa) == ["declared", "withdrawn"]


@pytest.mark.parametrize("code", ["mistake", "health_post"])
def test_a_hold_released_meanwhile_is_over(acting, station, steward, an, hoa, his, hers, code):
    held = cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    actions.release(acting, pass_id=hers.pass_id, crossing_id=held, station_id=station, reason=Reason(code))
    before = look(acting, station, hers).colour
    part(steward, merged)
    assert colours(acting, station, hers, his) == [before, "green"]
    assert lookups.waiting(acting, station)[0] == []
    assert (whose()["release"], states(an)) == ({hoa}, ["declared"])


def test_a_hold_taken_back_meanwhile_is_gone(acting, station, steward, an, hoa, hers, his):
    held = cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    actions.undo_crossing(acting, held)
    part(steward, merged)
    assert colours(acting, station, hers, his) == ["green", "green"]
    assert (states(hoa), states(an)) == (["declared"], ["declared"])
    with pytest.raises(TooLateToUndoCrossing):
        actions.undo_crossing(acting, held)


def test_a_hold_corrected_meanwhile_is_what_it_was_corrected_to(acting, station, steward, an, hoa, hers, his):
    held = cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    actions.correct_crossing(acting, held, "back", NO_PERMIT)
    part(steward, merged)
    assert colours(acting, station, hers, his) == ["red", "green"]
    assert (states(hoa), states(an)) == (["turned_back"], ["declared"])


ENDED_WITH_HIS_PASS = [("through", Reason("well"), "on_the_way"), ("back", POSITIVE, "turned_back")]


@pytest.mark.parametrize(
    ("decision", "reason", "his_state"), ENDED_WITH_HIS_PASS, ids=["cleared", "stopped later"]
)
def test_her_hold_that_ended_when_his_pass_was_shown_stands_again(
    acting, station, steward, an, hoa, hers, his, decision, reason, his_state
):
    cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    cross(acting, station, his, decision, reason)
    part(steward, merged)
    known = look(acting, station, hers)
    assert [stop["reason_code"] for stop in known.memory.stops] == ["fever"]
    assert (known.colour, known.for_a_reason) == ("amber", True)
    assert (states(hoa), states(an)) == (["held"], [his_state])
    assert arrival(hers)["warnings"] == ["symptoms"]
    assert [row["full_name"] for row in lookups.waiting(acting, station)[0]] == ["Lê Thị Hoa"]


def test_what_the_one_was_stopped_for_meanwhile_is_nothing_of_the_others(
    acting, station, steward, an, hoa, hers, his, merged
):
    cross(acting, station, his, "secondary", FEVER)
    cross(acting, station, hers, "through", Reason("well"))
    part(steward, merged)
    assert colours(acting, station, hers, his) == ["green", "amber"]
    assert (states(hoa), states(an)) == (["on_the_way"], ["held"])


def test_merged_again_it_was_cleared(acting, station, steward, an, hoa, hers, his):
    cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    cross(acting, station, his, "through", Reason("well"))
    part(steward, merged)
    register.merge_people(steward, an, hoa, basis="it was she after all")
    actions.regrouped(an)
    assert colours(acting, station, hers, his) == ["green", "green"]
    assert sorted(states(an)) == ["declared", "on_the_way"]


def test_what_she_was_cleared_of_with_her_own_pass_stays_cleared(
    acting, station, steward, an, hoa, hers, his
):
    cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    cross(acting, station, hers, "through", Reason("well"))
    cross(acting, station, his, "secondary", FEVER)
    part(steward, merged)
    assert colours(acting, station, hers, his) == ["green", "amber"]
    assert (whose()["release"], whose()["crossing"]) == ({hoa}, {an, hoa})


def test_a_hold_that_stood_again_is_cleared_as_any_other(acting, station, steward, an, hoa, hers, his):
    cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    cross(acting, station, his, "through", Reason("well"))
    part(steward, merged)
    cross(acting, station, hers, "through", Reason("well"))
    assert colours(acting, station, hers) == ["green"]
    assert states(hoa) == ["on_the_way"]


def test_a_hold_corrected_after_the_parting_is_not_cleared_by_what_was_of_the_other(
    acting, station, steward, an, hoa, hers, his
):
    held = cross(acting, station, hers, "secondary", FEVER)
    merged = register.merge_people(steward, an, hoa, basis="so it seemed")
    cross(acting, station, his, "through", Reason("negative"))
    part(steward, merged)
    actions.correct_crossing(acting, held, "secondary", POSITIVE)
    assert colours(acting, station, hers) == ["red"]


def test_what_happened_meanwhile_goes_along_through_two_merges(
    acting, station, steward, an, hoa, his, hers, merged
):
    third = add_an(full_name="Trần Thị Lan", sex=2, pin="079300009999", cmnd=None)
    cross(acting, station, hers, "secondary", FEVER)
    again = register.merge_people(steward, third, an, basis="so it seemed")
    cross(acting, station, hers, "back", NO_PERMIT)
    part(steward, again)
    part(steward, merged)
    assert whose()["crossing"] == whose()["release"] == {hoa}
    assert colours(acting, station, hers, his) == ["red", "green"]


def test_what_was_declared_of_somebody_meanwhile_stays_where_it_was_said(
    acting, steward, an, hoa, his, hers, merged
):
    later = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    part(steward, merged)
    assert lookups.pass_in_full(later.pass_id)["person_id"] == an

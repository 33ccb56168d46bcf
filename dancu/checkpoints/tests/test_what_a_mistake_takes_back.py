"""What was keyed in by mistake is nobody's; what was decided with it stands, but for who says that it was
about somebody else.
"""

import pytest

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import TooLateToUndoCrossing, UnknownReason
from dancu.testing.at_the_station import FEVER, POSITIVE, arrival, cross, look, state_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import commune, declare

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"


def test_who_was_keyed_in_by_mistake_is_not_ill_and_keeps_their_own_pass(an, acting, station):
    own = declare()
    wrong = declare(acting, symptoms=("fever",), contact=True, test_result="positive")
    held = cross(acting, station, wrong, "secondary", FEVER)
    assert look(acting, station, own).colour == "red"
    actions.undo_crossing(acting, held)
    actions.revoke_pass(wrong.pass_id, "", acting, reason_code="keyed_in")
    again = look(acting, station, own)
    assert (again.status, again.colour, again.checks) == ("valid", "green", ["code_only"])
    assert (state_of(own), arrival(own)["warnings"]) == ("declared", [])
    assert (state_of(wrong), arrival(wrong)["warnings"]) == ("withdrawn", [])
    later = declare(destination_area=commune(HAI_CHAU))
    assert look(acting, station, later).colour == "green"


@pytest.mark.parametrize("reason", ["used_by_other", "confiscated"])
def test_a_pass_revoked_for_another_reason_takes_back_nothing(an, acting, station, reason):
    own, ill = declare(), declare(acting, symptoms=("fever",))
    actions.revoke_pass(ill.pass_id, "", acting, reason_code=reason)
    assert look(acting, station, own).colour == "red"


def test_what_was_decided_of_one_keyed_in_by_mistake_is_taken_back_by_who_says_so(an, acting, station):
    own, wrong = declare(), declare(acting)
    held = cross(acting, station, wrong, "back", POSITIVE)
    assert [row["is_own"] for row in lookups.decided_with(acting, wrong.pass_id)] == [True]
    actions.revoke_pass(wrong.pass_id, "", acting, reason_code="keyed_in", taken_back=[held])
    assert look(acting, station, own).colour == "green"
    assert (state_of(wrong), arrival(wrong)["warnings"]) == ("withdrawn", [])
    assert lookups.decided_with(acting, wrong.pass_id) == []


def test_what_was_decided_of_one_keyed_in_wrongly_stands_otherwise(an, acting, station):
    own, wrong = declare(), declare(acting)
    cross(acting, station, wrong, "back", POSITIVE)
    actions.revoke_pass(wrong.pass_id, "", acting, reason_code="keyed_in")
    assert look(acting, station, own).colour == "red"
    (stands,) = lookups.decided_with(acting, wrong.pass_id)
    assert (stands["decision"], stands["reason_code"]) == ("back", "positive")


def test_another_officers_decision_is_not_taken_back_nor_one_of_another_pass(an, acting, station):
    own, wrong = declare(destination_area=commune(HAI_CHAU)), declare(acting)
    bao = acting_as(make_official("bao", "checkpoint_officer"))
    theirs, other = (
        cross(bao, station, wrong, "back", POSITIVE),
        cross(acting, station, own, "secondary", FEVER),
    )
    assert [row["is_own"] for row in lookups.decided_with(acting, wrong.pass_id)] == [False]
    for crossing_id in (theirs, other):
        with pytest.raises(TooLateToUndoCrossing):
            actions.revoke_pass(wrong.pass_id, "", acting, reason_code="keyed_in", taken_back=[crossing_id])
    assert lookups.pass_in_full(wrong.pass_id)["revoked_at"] is None


def test_what_a_citizen_declared_was_not_keyed_in_by_mistake(an, acting, station):
    ill = declare(symptoms=("cough",))
    with pytest.raises(UnknownReason):
        actions.revoke_pass(ill.pass_id, "", acting, reason_code="keyed_in")

"""Only what an official keyed in was keyed in by mistake, and what it replaced counts again where nothing
newer does.
"""

import pytest

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import UnknownReason
from dancu.checkpoints.reasons import KEYED_IN, REASONS, reasons_to_revoke
from dancu.checkpoints.tests.test_superseding import in_days, is_live
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.testing.at_once import at_once
from dancu.testing.at_the_station import arrival, look, state_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, declare


def take_back(acting, declared):
    actions.revoke_pass(declared.pass_id, "", acting, reason_code=KEYED_IN)


def test_what_a_citizen_declared_of_themselves_is_not_taken_back_as_keyed_in(an, acting, station):
    healthy, coughing = declare(), declare(symptoms=("cough",))
    with pytest.raises(UnknownReason):
        take_back(acting, coughing)
    assert is_live(coughing)
    assert not is_live(healthy)
    assert (look(acting, station, healthy).colour, arrival(coughing)["warnings"]) == ("amber", ["symptoms"])


def test_it_is_offered_only_of_what_was_keyed_in(an, acting):
    of_citizen, of_officer = (lookups.pass_in_full(one.pass_id) for one in (declare(), declare(acting)))
    assert set(REASONS["revoke"]) - set(reasons_to_revoke(of_citizen)) == {KEYED_IN}
    assert reasons_to_revoke(of_officer) == REASONS["revoke"]


def test_of_what_was_replaced_through_a_mistake_only_the_newest_counts(an, acting, station):
    first, mistaken, newest = declare(), declare(acting), declare(plate="51F-99999")
    take_back(acting, mistaken)
    assert [is_live(one) for one in (first, mistaken, newest)] == [False, False, True]
    assert [state_of(one) for one in (first, mistaken, newest)] == ["withdrawn", "withdrawn", "declared"]
    assert look(acting, station, first).declaration["pass_id"] == newest.pass_id


def test_mistakes_are_taken_back_in_any_order(an, acting):
    first, second, third, newest = declare(), declare(acting), declare(acting), declare(plate="51F-99999")
    take_back(acting, third)
    take_back(acting, second)
    assert [is_live(one) for one in (first, second, third, newest)] == [False, False, False, True]


def test_where_the_newest_was_the_mistake_too_the_first_counts(an, acting):
    first, second, third = declare(), declare(acting), declare(acting)
    take_back(acting, second)
    assert [is_live(one) for one in (first, second, third)] == [False, False, True]
    take_back(acting, third)
    assert [is_live(one) for one in (first, second, third)] == [True, False, False]
    assert [state_of(one) for one in (first, second, third)] == ["declared", "withdrawn", "withdrawn"]


def test_a_later_journey_does_not_replace_one_that_only_the_mistake_lay_near(an, acting):
    first = declare(departs_on=in_days(0), arrives_on=in_days(0))
    between = declare(acting, departs_on=in_days(3), arrives_on=in_days(3))
    later = declare(departs_on=in_days(6), arrives_on=in_days(6))
    take_back(acting, between)
    assert [is_live(one) for one in (first, between, later)] == [True, False, True]
    assert [state_of(one) for one in (first, later)] == ["declared", "declared"]


@pytest.mark.django_db(transaction=True)
def test_taken_back_while_the_citizen_declares_anew_one_pass_counts(published_areas):
    keyring.forget()
    credentials.create_key("pass")
    add_an()
    acting = acting_as(make_official("binh", "checkpoint_officer"))
    for _ in range(4):
        first, mistaken = declare(), declare(acting)
        doing = [lambda mistaken=mistaken: take_back(acting, mistaken), lambda: declare(plate="51F-99999")]
        newest = next(filter(None, at_once(2, lambda doing=doing: doing.pop()())))
        assert [is_live(one) for one in (first, mistaken, newest)] == [False, False, True]

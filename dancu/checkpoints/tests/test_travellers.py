import pytest
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups, travellers
from dancu.checkpoints.errors import NoSuchPass, TooManyLookups
from dancu.isolation import actions as isolation
from dancu.matching.lookups import ClaimedIdentity, PartialDate
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import AN, add_an, declare, journey


@pytest.mark.parametrize("typed", ["079200001234", "079 200 001 234", "025123456"])
def test_a_traveller_is_found_by_the_number_on_the_card(an, acting, typed):
    (traveller,) = lookups.identify(acting, typed)
    assert traveller.person.person_id == an
    assert traveller.home.name == "Phường Bến Thành"
    assert traveller.address == "12 Lê Lợi"
    assert traveller.passes == []


def test_everybody_who_holds_an_old_number_is_found(an, acting):
    other = add_an(pin=None, full_name="Lê Thị Hoa", sex=2)
    assert {traveller.person.person_id for traveller in lookups.identify(acting, AN["cmnd"])} == {an, other}


def test_only_the_whole_number_finds_anybody(an, acting):
    assert lookups.identify(acting, "07920000123") == []


def test_looking_a_number_up_is_on_the_record_whether_it_leads_to_somebody_or_not(an, acting):
    lookups.identify(acting, AN["pin"])
    assert audit.of_person(an)[0].action == "register.identify"
    lookups.identify(acting, "079200007777")
    assert audit.of_person(0)[0].action == "register.identify"


def test_one_who_tries_numbers_is_stopped(an, acting, monkeypatch):
    monkeypatch.setattr(travellers, "MOST_AN_HOUR", 2)
    lookups.identify(acting, "079200007777")
    lookups.identify(acting, "079200007778")
    with pytest.raises(TooManyLookups):
        lookups.identify(acting, AN["pin"])
    assert [entry.action for entry in audit.of_person(an)] == ["register.entry"]


def test_a_pass_that_still_counts_is_found_with_the_traveller(an, acting):
    declared = declare()
    assert [row["pass_id"] for row in lookups.identify(acting, AN["pin"])[0].passes] == [declared.pass_id]


def test_a_pass_that_was_replaced_is_not_offered(an, acting):
    declare()
    newer = declare()
    assert [row["pass_id"] for row in lookups.identify(acting, AN["pin"])[0].passes] == [newer.pass_id]


def test_a_pass_that_is_revoked_or_whose_journey_is_over_is_not_offered(an, acting):
    actions.revoke_pass(declare().pass_id, "lost", acting)
    isolation.meet(acting_as(make_official("chi", "commune_officer")), declare().declaration_id)
    assert lookups.identify(acting, AN["pin"])[0].passes == []


def test_a_slip_is_for_the_officer_who_examined_the_pass(an, acting, station):
    declared = declare()
    with pytest.raises(NoSuchPass):
        lookups.handled(acting, declared.pass_id)
    lookups.examine(acting, station, pass_id=declared.pass_id)
    assert lookups.handled(acting, declared.pass_id)["pass_id"] == declared.pass_id
    with pytest.raises(NoSuchPass):
        lookups.handled(acting_as(make_official("bao", "checkpoint_officer")), declared.pass_id)


def test_a_slip_is_for_the_officer_who_keyed_the_declaration_in(an, acting):
    declared = actions.declare(journey(declared_by="officer"), uuid7(), acting)
    assert lookups.handled(acting, declared.pass_id)


@pytest.mark.parametrize(
    ("name", "birth"),
    [
        ("Nguyễn Văn Ân", (2000, 2, 15)),
        ("Nguyên Văn An", (2000, 2, 16)),
        ("Nguyễn Văn Am", (2000, 2, 15)),
        ("nguyen van an", (2000, None, None)),
    ],
)
def test_somebody_without_a_number_is_offered_who_is_a_letter_or_a_day_apart(an, acting, name, birth):
    found = lookups.alike(acting, ClaimedIdentity("", name, PartialDate(*birth)))
    assert [traveller.person.person_id for traveller in found] == [an]

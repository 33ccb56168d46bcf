"""Who declares to be ill gets no ordinary pass, and both communes know at once."""

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NoSuchPass
from dancu.checkpoints.passes import unseal
from dancu.checkpoints.tests.test_actions import rows
from dancu.isolation import lookups as isolation
from dancu.isolation.lookups import Filters, arrivals_of
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import commune, declare, journey

SICK = {"symptoms": ("fever",), "contact": True, "test_kind": "pcr", "test_result": "positive"}


@pytest.mark.parametrize(
    "sign", [{"symptoms": ("fever",)}, {"contact": True}, {"test_kind": "pcr", "test_result": "positive"}]
)
def test_a_sign_of_the_disease_withholds_the_pass(an, sign):
    declared = declare(**sign)
    assert declared.withheld
    assert (declared.pass_id, declared.qr_text, declared.expires_at) == (0, "", None)
    assert rows("declaration") == 1
    assert rows("pass") == 0
    with pytest.raises(NoSuchPass):
        lookups.pass_of_declaration(declared.declaration_id)


def test_sent_twice_it_is_withheld_once(an):
    declaration_id = uuid7()
    first = actions.declare(journey(**SICK), declaration_id)
    again = actions.declare(journey(), declaration_id)
    assert again == first
    assert again.withheld
    assert rows("declaration") == rows("arrival") == 1


def test_a_cough_alone_marks_the_pass(an):
    declared = declare(symptoms=("cough",))
    assert declared.marked
    assert lookups.pass_in_full(declared.pass_id)["marked"]
    assert not lookups.pass_in_full(declare(full_name="Lê Thị Hoa", sex=2, number="").pass_id)["marked"]
    assert actions.declare(journey(), declared.declaration_id).marked


def test_an_officer_always_gets_a_pass_to_decide_on_and_it_is_marked(an, acting):
    declared = declare(acting, **SICK)
    assert not declared.withheld
    assert lookups.pass_in_full(declared.pass_id)["marked"]


def test_the_pass_of_before_counts_no_more(an):
    first = declare()
    ill = declare(**SICK)
    shown = lookups.pass_in_full(first.pass_id)
    assert shown["superseded_by"] == ill.declaration_id


@pytest.mark.parametrize(
    ("home", "leaving"), [("Phường Bến Thành, Hồ Chí Minh", True), ("Phường Ninh Kiều, Cần Thơ", False)]
)
def test_the_communes_of_origin_and_destination_see_at_once_that_somebody_ill_was_told_to_stay(
    an, home, leaving
):
    declare(**SICK)
    chi = acting_as(make_official("chi", "commune_officer", "area", commune(home)))
    (row,) = isolation.arrivals(chi, Filters(leaving=leaving))
    assert (row["state"], row["attention"]) == ("told_to_stay", 4)
    assert row["warnings"] == ["symptoms", "contact", "positive"]
    assert isolation.summary(chi, Filters(leaving=leaving))["told_to_stay"] == 1


def test_declaring_anew_to_be_well_does_not_wipe_out_that_one_was_ill(an):
    declare(**SICK)
    declare()
    assert sorted(row["state"] for row in arrivals_of(an)) == ["declared", "told_to_stay"]


def test_nothing_of_an_illness_is_in_the_code(an):
    facts = unseal(declare(symptoms=("cough",)).qr_text, timezone.now())
    assert not {"symptoms", "marked", "health"} & set(vars(facts))

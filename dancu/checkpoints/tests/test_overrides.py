"""Who was let through against the verdict is kept, listed, and looked at by somebody else."""

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts import actions as accounts
from dancu.accounts import lookups as officials
from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NoSuchOverride, OwnDecision, ReviewedBefore
from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import FEVER, NAMELESS, cross
from dancu.testing.database import rows
from dancu.testing.devices import enrolled, shift_of
from dancu.testing.officials import acting_as, as_owner, make_official
from dancu.testing.travellers import declare

PAPERS, MISTAKE = Reason("papers"), Reason("mistake")


@pytest.fixture
def long(db):
    """The leader of all checkpoints."""
    return acting_as(make_official("long", "checkpoint_leader"))


def against() -> list[str]:
    return [told for (told,) in rows("SELECT against FROM crossing ORDER BY crossed_at, crossing_id")]


def red(**changes):
    """Whose pass was revoked."""
    declared = declare(**changes)
    actions.revoke_pass(declared.pass_id, "shared", acting_as(make_official("hoa", "checkpoint_officer")))
    return declared


def test_a_red_verdict_a_doubt_and_nothing_are_told_apart(an, acting, station):
    cross(acting, station, declare())
    cross(acting, station, red(), reason=PAPERS)
    stopped = declare(**NAMELESS, full_name="Trần Thị Bé", birth=PartialDate(1990, 1, 2), phone="0912000111")
    cross(acting, station, stopped, "secondary", FEVER)
    cross(acting, station, stopped, reason=Reason("well"))
    assert against() == ["", "red", "", "asked"]


def test_whether_an_officer_keyed_the_journey_in_is_kept(an, acting, station):
    cross(acting, station, declare())
    cross(acting, station, declare(acting, plate="59X1-99999"))
    assert rows("SELECT by_hand FROM crossing ORDER BY crossed_at, crossing_id") == [(False,), (True,)]


def test_what_a_mistake_was_put_right_to_is_judged_as_well(an, acting, station):
    wrong = cross(acting, station, red(), "back", Reason("false"))
    actions.correct_crossing(acting, wrong, "through", MISTAKE)
    assert sorted(against()) == ["", "red"]


def test_a_device_that_knew_less_than_the_server_is_told_apart_from_an_officer_who_saw_red(
    an, acting, station
):
    telephone = enrolled(acting_as(make_official("giang", "administrator")), station)
    shift = shift_of(telephone, acting, station)
    declared = red()
    code = lookups.pass_code(declared.pass_id)
    told = {"pass": code, "decision": "through", "direction": "in"}
    telephone.send(telephone.item("crossing", told | {"shown": "green"}, shift))
    telephone.send(telephone.item("crossing", told | {"shown": "red", "reason_code": "papers"}, shift))
    assert against() == ["would_have_stopped", "red"]


def test_they_are_listed_with_who_why_and_by_which_clause_and_the_people_stand_in_the_audit(
    an, acting, station, long
):
    cross(acting, station, declare())
    crossing_id = cross(acting, station, red(plate="51C-55555"), reason=PAPERS)
    (row,) = lookups.overrides(long)
    assert (row["crossing_id"], row["official_id"], row["against"]) == (
        crossing_id,
        acting.official_id,
        "red",
    )
    assert row["reason"] == "Đã kiểm tra giấy tờ gốc"
    assert row["ruled_by"].startswith("passage ")
    assert audit.of_person(an)[0].action == "overrides.listed"


def test_of_what_was_recorded_before_it_was_kept_nobody_guesses(an, acting, station, long):
    plain, overridden = cross(acting, station, declare()), cross(acting, station, red(), reason=PAPERS)
    rows("UPDATE crossing SET against = 'not_known', by_hand = NULL")
    found = lookups.overrides(long)
    assert [(row["crossing_id"], row["against"]) for row in found] == [(overridden, "not_known")]
    figures = lookups.station_figures(long, station)
    assert (figures.crossings, figures.overridden, figures.by_hand) == (2, 0, None)
    assert plain


def test_what_was_taken_back_is_no_decision(an, acting, station, long):
    crossing_id = cross(acting, station, red(), reason=PAPERS)
    actions.undo_crossing(acting, crossing_id)
    assert lookups.overrides(long) == []
    with pytest.raises(NoSuchOverride):
        actions.review_override(long, crossing_id, "in_order")


def test_somebody_in_charge_looks_at_it_once_and_it_leaves_the_list(an, acting, station, long):
    crossing_id = cross(acting, station, red(), reason=PAPERS)
    actions.review_override(long, crossing_id, "talked_to", "  Papers were copies  ")
    assert audit.of_person(an)[0].action == "override.reviewed"
    assert lookups.overrides(long) == []
    (row,) = lookups.overrides(long, only_open=False)
    assert (row["result"], row["words"], row["reviewed_by"]) == (
        "talked_to",
        "Papers were copies",
        long.official_id,
    )
    with pytest.raises(ReviewedBefore):
        actions.review_override(long, crossing_id, "in_order")


def test_nobody_looks_at_their_own_decision_in_whichever_role(an, station):
    nga = make_official("nga", "checkpoint_officer")
    crossing_id = cross(acting_as(nga), station, red(), reason=PAPERS)
    with as_owner():
        accounts.grant_role(None, nga.pk, "checkpoint_leader", "nation", 0)
    leading = next(each for each in officials.grants(nga.pk) if each.role == "checkpoint_leader")
    acting = officials.acting(nga, leading.grant_id, "10.0.0.1")
    with pytest.raises(OwnDecision):
        actions.review_override(acting, crossing_id, "in_order")


def test_a_leader_sees_and_marks_only_their_own_stations(an, acting, station, far_station):
    crossing_id = cross(acting, station, red(), reason=PAPERS)
    there = acting_as(make_official("nam", "checkpoint_leader", "station", far_station))
    assert lookups.overrides(there) == lookups.overrides(there, station_id=station) == []
    assert lookups.who_overrode(there) == []
    with pytest.raises(NoSuchOverride):
        actions.review_override(there, crossing_id, "in_order")


def test_the_list_is_of_one_station_or_officer_and_goes_on_after_a_line(
    an, acting, station, far_station, long
):
    other = acting_as(make_official("tam", "checkpoint_officer"))
    first = cross(acting, station, red(plate="51C-11111"), reason=PAPERS)
    second = cross(other, far_station, red_again(), reason=PAPERS, crossing_id=uuid7())
    every = [row["crossing_id"] for row in lookups.overrides(long)]
    assert every == [second, first]
    of_tam = lookups.overrides(long, official_id=other.official_id)
    assert [row["crossing_id"] for row in of_tam] == [second]
    assert [row["crossing_id"] for row in lookups.overrides(long, station_id=station)] == [first]
    (last,) = lookups.overrides(long, most=1)
    before = (last["crossed_at"], last["crossing_id"])
    assert [row["crossing_id"] for row in lookups.overrides(long, before=before)] == [first]
    assert sorted(lookups.who_overrode(long)) == sorted([acting.official_id, other.official_id])


def red_again():
    """Another's, revoked too."""
    declared = declare(**NAMELESS, full_name="Phan Văn Tư", birth=PartialDate(1981, 4, 5), phone="0912000222")
    actions.revoke_pass(declared.pass_id, "shared", acting_as(make_official("hue", "checkpoint_officer")))
    return declared


def test_the_words_of_a_review_are_never_rewritten(an, acting, station, long):
    crossing_id = cross(acting, station, red(), reason=PAPERS)
    actions.review_override(long, crossing_id, "in_order")
    assert rows("SELECT result, reviewed_at <= %s FROM override_review", timezone.now()) != []
    with pytest.raises(NoSuchOverride):
        actions.review_override(long, uuid7(), "in_order")
    with pytest.raises(NoSuchOverride):
        actions.review_override(long, crossing_id, "whatever")

"""Giang, an administrator, tries alone to read everybody or to act as anybody."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from dancu.accounts import actions, errors, eyes, lookups, passwords, proposals, sign_in, waiting
from dancu.accounts.duties import ROLES
from dancu.accounts.eyes import Agreed
from dancu.accounts.models import Grant, Official
from dancu.audit import lookups as audit
from dancu.db import grants
from dancu.testing.officials import PASSWORD, acting_as, agreed, make_official

HERE = "10.0.0.1"
WHY = "an order of the day"


@pytest.fixture
def lien(db) -> Official:
    return make_official("lien", "administrator")


def audited() -> list[str]:
    now = timezone.now()
    return [
        entry.action for entry in audit.search(now - timedelta(hours=1), now + timedelta(hours=1), limit=500)
    ]


def administrator_made_by(maker: Official, second: Official, username: str) -> Official:
    """An administrator whose account `maker` made, on which the two agreed, and who has been at work
    since.
    """
    new = actions.create_official(acting_as(maker), username, username.title())
    agreed(maker, second, new.official_id, "role", "administrator", "nation")
    sign_in.record_signed_in(new.official_id, HERE)
    return lookups.official(new.official_id)


ALONE = {
    "role": lambda by, chi: actions.grant_role(by, chi.pk, "data_steward", "nation"),
    "password": lambda by, chi: actions.reset_password(by, chi.pk),
    "authenticator": lambda by, chi: actions.reset_second_factor(by, chi.pk),
    "unlock": lambda by, chi: actions.unlock(by, chi.pk),
}


@pytest.mark.parametrize("kind", ALONE)
def test_one_administrator_alone_opens_no_door(giang, chi, kind):
    actions.lock(None, chi.pk)
    before = Official.objects.values().get(pk=chi.pk)
    with pytest.raises(errors.NeedsSecond):
        ALONE[kind](acting_as(giang), chi)
    assert Official.objects.values().get(pk=chi.pk) == before
    assert [grant.role for grant in lookups.grants(chi.pk)] == ["commune_officer"]
    assert sign_in.has_device(chi)


def propose(by: Official, concerned: Official, kind: str = "role") -> int:
    if kind == "role":
        return proposals.propose_role(acting_as(by), concerned.pk, "data_steward", "nation", why=WHY)
    return proposals.propose(acting_as(by), concerned.pk, kind, WHY)


@pytest.mark.parametrize("kind", proposals.KINDS)
def test_a_proposal_changes_nothing_until_another_confirms_it_and_then_does(giang, khanh, chi, kind):
    actions.lock(None, chi.pk)
    before = Official.objects.values().get(pk=chi.pk)
    proposal_id = propose(giang, chi, kind)
    assert Official.objects.values().get(pk=chi.pk) == before
    assert len(lookups.grants(chi.pk)) == 1
    half = proposals.confirm(acting_as(khanh), proposal_id)
    assert waiting.proposal(proposal_id).state == "confirmed"
    done = {
        "role": lambda: lookups.grants(chi.pk)[-1].role == "data_steward",
        "password": lambda: lookups.official(chi.pk).must_change_password and half != "",
        "authenticator": lambda: not sign_in.has_device(chi),
        "unlock": lambda: lookups.official(chi.pk).is_active,
    }
    assert done[kind]()
    assert {"accounts.proposed", "accounts.proposal_confirmed"} <= set(audited())


def test_a_grant_names_both_who_agreed(giang, khanh, chi):
    proposals.confirm(acting_as(khanh), propose(giang, chi))
    grant = lookups.grants_ever(chi.pk)[0]
    assert (grant.granted_by, grant.confirmed_by) == ("giang", "khanh")


def test_nobody_confirms_their_own_proposal_nor_one_for_themselves(giang, khanh, chi):
    with pytest.raises(errors.OwnProposal):
        proposals.confirm(acting_as(giang), propose(giang, chi))
    for_khanh = propose(giang, khanh, "password")
    with pytest.raises(errors.OwnAccount):
        proposals.confirm(acting_as(khanh), for_khanh)
    with pytest.raises(errors.OwnAccount):
        propose(giang, giang)


def test_only_administrators_at_work_propose_and_confirm(giang, khanh, chi):
    proposal_id = propose(giang, make_official("dung", ""))
    acting_khanh = acting_as(khanh)
    with pytest.raises(errors.NotGranted):
        proposals.confirm(acting_as(chi), proposal_id)
    with pytest.raises(errors.NotGranted):
        propose(chi, khanh, "password")
    actions.end_grant(None, lookups.grants(khanh.pk)[0].grant_id)
    with pytest.raises(errors.NotGranted):
        proposals.confirm(acting_khanh, proposal_id)


def test_a_second_account_that_giang_made_is_no_second_pair_of_eyes(giang, khanh, chi):
    ghost = administrator_made_by(giang, khanh, "ghost")
    with pytest.raises(errors.OnePairOfEyes):
        proposals.confirm(acting_as(ghost), propose(giang, chi))
    with pytest.raises(errors.OnePairOfEyes):
        proposals.confirm(acting_as(giang), propose(ghost, chi, "password"))
    assert not waiting.why_not(waiting.waiting()[0], khanh.pk)


def test_nor_is_one_that_the_second_account_made_nor_are_two_that_giang_made(giang, khanh, chi):
    ghost, other = (administrator_made_by(giang, khanh, name) for name in ("ghost", "other"))
    third = administrator_made_by(ghost, khanh, "third")
    for proposer, second in ((giang, third), (third, giang), (ghost, other), (other, third)):
        proposal_id = propose(proposer, chi)
        with pytest.raises(errors.OnePairOfEyes):
            proposals.confirm(acting_as(second), proposal_id)
        proposals.withdraw(acting_as(proposer), proposal_id)


def test_giang_gets_nothing_for_the_own_account_through_the_second_one(giang, khanh, lien):
    ghost = administrator_made_by(giang, khanh, "ghost")
    with pytest.raises(errors.OnePairOfEyes):
        proposals.propose_role(acting_as(ghost), giang.pk, "data_steward", "nation", why=WHY)
    for_giang = proposals.propose_role(acting_as(lien), giang.pk, "data_steward", "nation", why=WHY)
    with pytest.raises(errors.OnePairOfEyes):
        proposals.confirm(acting_as(ghost), for_giang)
    proposals.confirm(acting_as(khanh), for_giang)


def test_whom_giang_proposed_a_new_password_for_is_no_second_pair_of_eyes_for_a_month(
    giang, khanh, lien, chi, monkeypatch
):
    agreed(giang, khanh, lien.pk, "password")
    proposal_id = propose(giang, chi)
    with pytest.raises(errors.OnePairOfEyes):
        proposals.confirm(acting_as(lien), proposal_id)
    assert waiting.who_may_confirm(waiting.proposal(proposal_id)) == [khanh.full_name]
    monkeypatch.setattr(eyes, "LATELY", timedelta(0))  # the month is over
    proposals.confirm(acting_as(lien), proposal_id)


def test_neither_of_the_two_alone_knows_the_password_that_they_agreed_on(giang, khanh, chi):
    proposal_id = propose(giang, chi, "password")
    assert proposals.first_half(acting_as(giang), proposal_id) == ""
    second = proposals.confirm(acting_as(khanh), proposal_id)
    first = proposals.first_half(acting_as(giang), proposal_id)
    assert "accounts.half_shown" in audited()
    assert proposals.first_half(acting_as(khanh), proposal_id) == ""
    for tried in (PASSWORD, first, second, f"{second}-{first}"):
        assert sign_in.check_password("chi", tried, HERE) is None
    known = sign_in.check_password("chi", f"{first}-{second}", HERE)
    assert known is not None
    sign_in.change_password(known, "sáu-con-vịt-xiêm", HERE)
    assert proposals.first_half(acting_as(giang), proposal_id) == ""


def test_a_new_account_gets_its_password_with_the_first_role_and_none_with_the_second(giang, khanh):
    new = actions.create_official(acting_as(giang), "dung", "Phạm Thùy Dung")
    second = agreed(giang, khanh, new.official_id, "role", "vaccinator", "facility", 3)
    [proposal] = waiting.of_official(new.official_id)
    first = proposals.first_half(acting_as(giang), proposal.proposal_id)
    assert sign_in.check_password("dung", f"{first}-{second}", HERE) is not None
    assert agreed(giang, khanh, new.official_id, "role", "vaccinator", "facility", 4) == ""


def test_halves_of_a_password_have_the_same_form_and_follow_from_the_number():
    halves = {passwords.first_half(number) for number in range(1000)}
    assert len(halves) == 1000
    assert {len(half) for half in halves | {passwords.second_half()}} == {9}
    assert passwords.first_half(7) == passwords.first_half(7)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("administrator", "auditor"),
        ("auditor", "administrator"),
        ("auditor", "data_steward"),
        ("vaccinator", "auditor"),
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_nobody_is_auditor_and_anything_else_not_even_one_after_the_other(giang, khanh, first, then, ended):
    yen = make_official("yen", first)
    if ended:
        actions.end_grant(None, lookups.grants(yen.pk)[0].grant_id)
    with pytest.raises(errors.HeldApart):
        actions.grant_role(None, yen.pk, then, "nation")
    with pytest.raises(errors.HeldApart):
        agreed(giang, khanh, yen.pk, "role", then, "nation")


def test_nor_by_two_proposals_that_wait_side_by_side(giang, khanh):
    dung = make_official("dung", "")
    both = [
        proposals.propose_role(acting_as(giang), dung.pk, role, "nation", why=WHY)
        for role in ("auditor", "administrator")
    ]
    proposals.confirm(acting_as(khanh), both[0])
    with pytest.raises(errors.HeldApart):
        proposals.confirm(acting_as(khanh), both[1])
    assert [grant.role for grant in lookups.grants(dung.pk)] == ["auditor"]
    assert waiting.proposal(both[1]).state == "open"


def test_only_the_auditor_reads_the_audit_and_keeps_no_accounts():
    assert {role for role in ROLES if "audit" in ROLES[role].duties} == {"auditor"}
    assert {role for role in ROLES if "accounts" in ROLES[role].duties} == {"administrator"}


def test_a_refusal_says_why_and_a_refused_proposal_stays_refused(giang, khanh, chi):
    proposal_id = propose(giang, chi)
    with pytest.raises(errors.WhyMissing):
        proposals.refuse(acting_as(khanh), proposal_id, "  ")
    with pytest.raises(errors.OwnProposal):
        proposals.refuse(acting_as(giang), proposal_id, "no")
    proposals.refuse(acting_as(khanh), proposal_id, "she asked for nothing")
    refused = waiting.proposal(proposal_id)
    assert (refused.state, refused.answer, refused.decided_by) == (
        "refused",
        "she asked for nothing",
        khanh.full_name,
    )
    with pytest.raises(errors.NotWaiting):
        proposals.confirm(acting_as(khanh), proposal_id)
    assert "accounts.proposal_refused" in audited()


def test_the_official_concerned_refuses_what_they_did_not_ask_for_and_nobody_else_outside(giang, chi):
    proposal_id = propose(giang, chi, "authenticator")
    with pytest.raises(errors.NotGranted):
        proposals.refuse(acting_as(make_official("dung", "vaccinator")), proposal_id, "no")
    proposals.refuse(acting_as(chi), proposal_id, "not asked for")
    assert waiting.proposal(proposal_id).decided_by == chi.full_name


def test_one_withdraws_the_own_proposal_and_no_other(giang, khanh, chi):
    proposal_id = propose(giang, chi)
    with pytest.raises(errors.NotGranted):
        proposals.withdraw(acting_as(khanh), proposal_id)
    proposals.withdraw(acting_as(giang), proposal_id)
    assert waiting.proposal(proposal_id).state == "withdrawn"
    with pytest.raises(errors.NotWaiting):
        proposals.confirm(acting_as(khanh), proposal_id)
    assert "accounts.proposal_withdrawn" in audited()


def test_after_a_week_a_proposal_is_over_and_that_is_on_the_record(giang, khanh, chi, monkeypatch):
    monkeypatch.setattr(proposals, "STANDS", timedelta(seconds=-1))
    proposal_id = propose(giang, chi)
    with pytest.raises(errors.NotWaiting):
        proposals.confirm(acting_as(khanh), proposal_id)
    assert waiting.waiting() == []
    assert proposals.expire() == 1
    assert proposals.expire() == 0
    assert waiting.proposal(proposal_id).state == "expired"
    assert "accounts.proposal_expired" in audited()


def test_what_one_proposed_who_is_no_administrator_any_more_is_not_done(giang, khanh, lien, chi):
    proposal_id = propose(giang, chi)
    actions.lock(acting_as(khanh), giang.pk)
    with pytest.raises(errors.ProposerGone):
        proposals.confirm(acting_as(lien), proposal_id)
    proposals.refuse(acting_as(lien), proposal_id, "Giang is locked")


def test_the_same_is_proposed_once_and_again_after_it_was_decided(giang, khanh, chi):
    proposal_id = propose(giang, chi)
    with pytest.raises(errors.AlreadyProposed):
        propose(khanh, chi)
    proposals.refuse(acting_as(khanh), proposal_id, "not yet")
    assert propose(khanh, chi) != proposal_id


def test_a_role_is_checked_again_when_it_is_confirmed(giang, khanh, chi):
    proposal_id = propose(giang, chi)
    actions.grant_role(None, chi.pk, "data_steward", "nation")
    with pytest.raises(errors.AlreadyGranted):
        proposals.confirm(acting_as(khanh), proposal_id)
    assert waiting.proposal(proposal_id).state == "open"


@pytest.mark.parametrize("why", ["", "  \n "])
def test_a_proposal_says_why(giang, chi, why):
    with pytest.raises(errors.WhyMissing):
        proposals.propose(acting_as(giang), chi.pk, "password", why)


def test_what_is_no_proposal_and_an_account_that_is_open(giang, chi):
    with pytest.raises(errors.NoSuchProposal):
        proposals.confirm(acting_as(giang), 999_999)
    with pytest.raises(errors.NoSuchProposal):
        waiting.proposal(999_999)
    with pytest.raises(errors.NotLocked):
        propose(giang, chi, "unlock")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["role", "password"])
def test_of_two_who_confirm_at_once_one_does(at_once, kind):
    giang, khanh, lien = (make_official(name, "administrator") for name in ("giang", "khanh", "lien"))
    chi = make_official("chi", "commune_officer")
    proposal_id = propose(giang, chi, kind)
    seconds = [acting_as(khanh), acting_as(lien)]

    def confirm():
        try:
            proposals.confirm(seconds.pop(), proposal_id)
        except errors.NotWaiting:
            return False
        return True

    assert sorted(at_once(2, confirm)) == [False, True]
    assert Grant.objects.filter(official=chi).count() == (2 if kind == "role" else 1)
    assert audited().count("accounts.proposal_confirmed") == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_and_confirmed_at_once_is_one_of_both(at_once):
    giang, khanh = (make_official(name, "administrator") for name in ("giang", "khanh"))
    chi = make_official("chi", "commune_officer")
    proposal_id = propose(giang, chi)
    verbs = [
        lambda: proposals.withdraw(acting_as(giang), proposal_id),
        lambda: proposals.confirm(acting_as(khanh), proposal_id),
    ]

    def one() -> bool:
        try:
            verbs.pop()()
        except errors.NotWaiting:
            return False
        return True

    assert sorted(at_once(2, one)) == [False, True]
    was_confirmed = waiting.proposal(proposal_id).state == "confirmed"
    assert Grant.objects.filter(official=chi).count() == (2 if was_confirmed else 1)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'confirmed', decided_at = now(), decided_by_id = proposed_by_id",
        "state = 'confirmed', decided_at = now(), decided_by_id = official_id",
        "state = 'confirmed', decided_at = now()",
        "state = 'refused', decided_at = now(), decided_by_id = proposed_by_id",
        "state = 'confirmed'",
        "proposed_by_id = NULL",
        "proposed_by_id = official_id",
    ],
)
def test_the_table_itself_takes_no_confirmation_by_one(giang, chi, change):
    proposal_id = propose(giang, chi)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE account_proposal SET {change} WHERE proposal_id = %s", [proposal_id])


def test_the_table_itself_takes_no_role_without_a_confirmed_proposal_of_this_role(giang, khanh, chi):
    given = {
        "official": chi,
        "jurisdiction_kind": "nation",
        "purpose": "administration",
        "valid_from": timezone.localdate(),
    }
    waits = propose(giang, chi)
    done = proposals.propose_role(acting_as(giang), chi.pk, "vaccinator", "nation", why=WHY)
    proposals.confirm(acting_as(khanh), done)
    for proposal_id, role in (
        (waits, "data_steward"),
        (done, "administrator"),
        (None, "data_steward"),
        (done, "vaccinator"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Grant.objects.create(**given, role=role, proposal_id=proposal_id)


@pytest.mark.parametrize("kind", proposals.KINDS)
def test_an_agreement_that_nobody_made_opens_nothing(giang, khanh, chi, kind):
    actions.lock(None, chi.pk)
    waits, other = propose(giang, chi, kind), make_official("dung", "")
    agreed(giang, khanh, other.pk, "password")
    for_another = waiting.of_official(other.pk)[0].proposal_id
    for proposal_id in (waits, for_another, 999_999):
        with pytest.raises(errors.NeedsSecond):
            ALONE[kind](Agreed(proposal_id, giang.pk, acting_as(khanh)), chi)


@pytest.mark.parametrize("kind", proposals.KINDS)
def test_the_servers_door_is_closed_to_the_user_that_serves(chi, kind):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE serves_in_a_test")
        grants.grant("serves_in_a_test")
        cursor.execute("SET LOCAL SESSION AUTHORIZATION serves_in_a_test")
    try:
        with pytest.raises(errors.NotTheOwner):
            ALONE[kind](None, chi)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
    assert [grant.role for grant in lookups.grants(chi.pk)] == ["commune_officer"]


@pytest.mark.parametrize("kind", proposals.KINDS)
def test_who_serves_proposes_and_confirms_and_rewrites_no_proposal(giang, khanh, chi, kind):
    actions.lock(None, chi.pk)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE serves_in_a_test")
        grants.grant("serves_in_a_test")
        cursor.execute("SET LOCAL ROLE serves_in_a_test")
    proposal_id = propose(giang, chi, kind)
    proposals.confirm(acting_as(khanh), proposal_id)
    assert waiting.proposal(proposal_id).state == "confirmed"
    for change in ("proposed_by_id = 1", "official_id = 1", "kind = 'role'", "expires_at = now()"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE account_proposal SET {change}")


def test_an_official_has_news_of_what_is_proposed_and_again_of_what_was_decided(giang, khanh, chi):
    sign_in.record_signed_in(chi.pk, HERE)
    assert not waiting.has_news(chi.pk)
    proposal_id = propose(giang, chi, "password")
    assert waiting.has_news(chi.pk)
    proposals.know(chi.pk)
    assert not waiting.has_news(chi.pk)
    proposals.confirm(acting_as(khanh), proposal_id)
    assert waiting.has_news(chi.pk)
    told = waiting.of_official(chi.pk)[0]
    assert (told.proposed_by, told.decided_by, told.is_news) == (giang.full_name, khanh.full_name, True)


def test_the_others_see_what_waits_and_what_was_done_lately_at_the_machine_too(giang, khanh, chi):
    proposal_id = propose(giang, chi)
    assert waiting.how_many_wait() == 1
    assert [each.proposal_id for each in waiting.waiting()] == [proposal_id]
    proposals.confirm(acting_as(khanh), proposal_id)
    actions.reset_password(None, chi.pk, "nobody else there")
    assert [(each.kind, each.proposed_by) for each in waiting.decided_lately()][:2] == [
        ("password", ""),
        ("role", giang.full_name),
    ]
    assert waiting.how_many_wait() == 0

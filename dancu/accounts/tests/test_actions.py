from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dancu.accounts import actions, errors, lookups, sign_in, waiting
from dancu.accounts.models import Grant, Official
from dancu.audit import lookups as audit
from dancu.testing.officials import PASSWORD, acting_as, agreed, make_official

HERE = "10.0.0.1"
TODAY = timezone.localdate()


def last_audited() -> tuple[str, int, str]:
    now = timezone.now()
    entry = audit.search(now - timedelta(hours=1), now + timedelta(hours=1))[0]
    return entry.actor_kind, entry.actor_id, f"{entry.action} {entry.detail}"


def audited(by: Official) -> list[str]:
    now = timezone.now()
    found = audit.search(now - timedelta(hours=1), now + timedelta(hours=1), official_id=by.pk)
    return [f"{entry.action} {entry.detail}" for entry in found]


def test_a_new_official_has_no_password_before_two_agree_on_a_role(giang):
    new = actions.create_official(acting_as(giang), "Dung", "Phạm  Thùy Dung")
    dung = lookups.official(new.official_id)
    assert (dung.full_name, dung.must_change_password, dung.made_by) == ("Phạm Thùy Dung", True, giang)
    assert (new.password, new.totp_uri) == ("", "")
    assert sign_in.check_password("dung", "", HERE) is None
    assert audited(giang) == [f"accounts.official_created official {new.official_id}"]


def test_a_new_official_may_get_the_authenticator_on_paper_too(db):
    new = actions.create_official(None, "dung", "Phạm Thùy Dung", with_second_factor=True)
    assert new.totp_uri.startswith("otpauth://totp/")
    assert last_audited()[0] == "system"


@pytest.mark.parametrize("username", ["", "x", "has space", "trần.bình", "-dash", "a" * 41, "bình\n"])
def test_a_bad_user_name_is_refused(db, username):
    with pytest.raises(errors.BadUsername):
        actions.create_official(None, username, "Trần Văn Bình")


def test_a_user_name_is_taken_once_however_it_is_written(chi):
    with pytest.raises(errors.UsernameTaken):
        actions.create_official(None, "CHI", "Another Chi")


def test_a_role_is_granted_in_a_place_for_the_roles_purpose(giang, khanh):
    dung = make_official("dung", "")
    agreed(giang, khanh, dung.pk, "role", "vaccinator", "facility", 12)
    [grant] = lookups.grants(dung.pk)
    acting = lookups.acting(dung, grant.grant_id, HERE)
    assert (acting.role, acting.jurisdiction_kind, acting.jurisdiction_id) == ("vaccinator", "facility", 12)
    assert acting.purpose == "vaccination"
    assert acting.may("identify")
    assert not acting.may("scan")
    [proposed] = waiting.of_official(dung.pk)[-1:]
    told = f"official {dung.pk} grant {grant.grant_id} vaccinator facility 12"
    assert f"accounts.role_granted {told} proposal {proposed.proposal_id} by official {giang.pk}" in audited(
        khanh
    )


@pytest.mark.parametrize(
    ("grant", "error"),
    [
        (("king", "nation", 0), errors.NoSuchRole),
        (("administrator", "area", 7), errors.NotForThisRole),
        (("vaccinator", "station", 7), errors.NotForThisRole),
        (("commune_officer", "area", 0), errors.JurisdictionMissing),
        (("commune_officer", "nation", 7), errors.JurisdictionMissing),
    ],
)
def test_a_role_that_makes_no_sense_is_refused(chi, grant, error):
    with pytest.raises(error):
        actions.grant_role(None, chi.pk, *grant)


def test_a_role_must_end_after_it_begins(chi):
    with pytest.raises(errors.EndsBeforeItBegins):
        actions.grant_role(None, chi.pk, "data_steward", "nation", valid_from=TODAY, valid_to=TODAY)


def test_a_role_is_not_granted_twice_for_the_same_days(chi):
    tomorrow = TODAY + timedelta(days=1)
    actions.grant_role(None, chi.pk, "commune_officer", "area", 7, valid_to=tomorrow)
    with pytest.raises(errors.AlreadyGranted):
        actions.grant_role(None, chi.pk, "commune_officer", "area", 7)
    actions.grant_role(None, chi.pk, "commune_officer", "area", 8)
    actions.grant_role(None, chi.pk, "commune_officer", "area", 7, valid_from=tomorrow)


def test_a_role_holds_from_its_first_day_until_before_its_last_bound(db):
    dung = make_official("dung", "")
    actions.grant_role(
        None, dung.pk, "vaccinator", "facility", 3, valid_from=date(2021, 8, 1), valid_to=date(2021, 9, 1)
    )
    held = [bool(lookups.grants(dung.pk, date(2021, *day))) for day in ((7, 31), (8, 1), (8, 31), (9, 1))]
    assert held == [False, True, True, False]


def test_an_ended_role_can_no_longer_be_acted_in_but_is_remembered(chi, giang):
    grant_id = lookups.grants(chi.pk)[0].grant_id
    assert actions.end_grant(acting_as(giang), grant_id)
    with pytest.raises(errors.NotGranted):
        lookups.acting(chi, grant_id, HERE)
    (ended,) = lookups.grants_ever(chi.pk)
    assert (ended.in_force, ended.ended_by) == (False, "giang")
    assert not actions.end_grant(acting_as(giang), grant_id)


def test_nobody_acts_in_someone_elses_role(chi, giang):
    with pytest.raises(errors.NotGranted):
        lookups.acting(chi, lookups.grants(giang.pk)[0].grant_id, HERE)


@pytest.mark.parametrize("verb", [actions.lock, actions.forgive])
def test_administrators_do_not_change_their_own_account(giang, khanh, verb):
    with pytest.raises(errors.OwnAccount):
        verb(acting_as(giang), giang.pk)


def test_administrators_do_not_end_roles_of_their_own(giang, khanh):
    with pytest.raises(errors.OwnAccount):
        actions.end_grant(acting_as(giang), lookups.grants(giang.pk)[0].grant_id)


def test_the_last_administrator_is_neither_ended_nor_locked(giang):
    with pytest.raises(errors.LastAdministrator):
        actions.end_grant(None, lookups.grants(giang.pk)[0].grant_id)
    with pytest.raises(errors.LastAdministrator):
        actions.lock(None, giang.pk)
    khanh = make_official("khanh", "administrator")
    actions.lock(None, khanh.pk)  # a locked administrator does not count
    with pytest.raises(errors.LastAdministrator):
        actions.lock(None, giang.pk)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_at_once_leave_one(at_once):
    giang, khanh = make_official("giang", "administrator"), make_official("khanh", "administrator")
    pairs = [(acting_as(giang), lookups.grants(khanh.pk)[0]), (acting_as(khanh), lookups.grants(giang.pk)[0])]

    def end_the_other():
        by, grant = pairs.pop()
        try:
            return actions.end_grant(by, grant.grant_id)
        except (errors.LastAdministrator, errors.NotGranted):  # who was ended meanwhile ends nobody
            return False

    assert sorted(at_once(2, end_the_other)) == [False, True]
    assert Grant.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    "verb",
    [
        actions.lock,
        lambda by, pk: actions.reset_password(None, pk),
        lambda by, pk: actions.reset_second_factor(None, pk),
        lambda by, pk: end_first(by, pk),
    ],
)
def test_a_lock_a_reset_and_the_end_of_a_role_end_every_session(chi, giang, verb):
    client = Client()
    client.force_login(chi)
    before = Official.objects.get(pk=chi.pk).get_session_auth_hash()
    verb(acting_as(giang), chi.pk)
    assert Official.objects.get(pk=chi.pk).get_session_auth_hash() != before


def end_first(by, official_id):
    actions.end_grant(by, lookups.grants(official_id)[0].grant_id)


def test_a_locked_account_opens_again_where_two_agree(chi, giang, khanh):
    actions.lock(acting_as(giang), chi.pk)
    assert sign_in.check_password("chi", PASSWORD, HERE) is None
    agreed(giang, khanh, chi.pk, "unlock")
    assert sign_in.check_password("chi", PASSWORD, HERE) == chi


def test_one_forgives_wrong_passwords_and_opens_no_locked_account(chi, giang):
    for _ in range(5):
        sign_in.record_failure(chi.pk, HERE)
    actions.forgive(acting_as(giang), chi.pk)
    assert sign_in.check_password("chi", PASSWORD, HERE) == chi
    actions.lock(acting_as(giang), chi.pk)
    actions.forgive(acting_as(giang), chi.pk)
    assert sign_in.check_password("chi", PASSWORD, HERE) is None


def test_a_reset_password_replaces_the_old_one(chi, giang):
    password = actions.reset_password(None, chi.pk)
    assert sign_in.check_password("chi", PASSWORD, HERE) is None
    found = sign_in.check_password("chi", password, HERE)
    assert found is not None
    assert found.must_change_password
    assert password not in last_audited()[2]


def test_an_official_who_is_not_there_is_an_error_that_says_so(giang):
    with pytest.raises(errors.NoSuchOfficial, match="no official"):
        actions.lock(acting_as(giang), 999_999)

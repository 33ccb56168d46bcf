from datetime import timedelta
from subprocess import PIPE, Popen
from sys import executable

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from dancu.accounts import actions, sign_in
from dancu.accounts.models import Official
from dancu.audit import lookups as audit
from dancu.testing.officials import PASSWORD, code_of, make_official

HERE = "10.0.0.1"


def audited(official: Official) -> list[str]:
    now = timezone.now()
    found = audit.search(now - timedelta(hours=1), now + timedelta(hours=1), official_id=official.pk)
    return [entry.action for entry in reversed(found)]


def test_the_right_name_and_password_are_known_however_the_name_is_written(chi):
    assert sign_in.check_password(" Chi ", PASSWORD, HERE) == chi


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(chi):
    assert sign_in.check_password("chi", "wrong", HERE) is None
    assert sign_in.check_password("nobody", "wrong", HERE) is None


@pytest.mark.parametrize("username", ["chi", "nobody", "closed", "locked"])
def test_every_answer_costs_one_password_hash(username, chi, monkeypatch):
    sign_in.check_password("nobody", "wrong", HERE)  # the first call makes nobody's password
    actions.lock(None, make_official("closed", "vaccinator").pk)
    locked = make_official("locked", "vaccinator")
    for _ in range(5):
        sign_in.record_failure(locked.pk, HERE)
    hashed = []
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *args: hashed.append(args) or verify(*args))
    assert sign_in.check_password(username, "wrong", HERE) is None
    assert len(hashed) == 1


def test_the_fifth_wrong_password_locks_the_account_for_fifteen_minutes(chi):
    for _ in range(4):
        assert sign_in.check_password("chi", "wrong", HERE) is None
    assert sign_in.check_password("chi", PASSWORD, HERE) == chi
    sign_in.check_password("chi", "wrong", HERE)
    assert sign_in.check_password("chi", PASSWORD, HERE) is None
    chi.refresh_from_db()
    assert timedelta(minutes=14) < chi.locked_until - timezone.now() <= timedelta(minutes=15)
    assert audited(chi) == ["accounts.sign_in_failed"] * 4 + ["accounts.sign_in_locked"]


def test_a_right_password_alone_does_not_forgive_wrong_codes(chi):
    for _ in range(5):
        assert sign_in.check_password("chi", PASSWORD, HERE) == chi
        assert sign_in.check_code(chi, "000000", HERE) is None
    assert sign_in.check_password("chi", PASSWORD, HERE) is None


def test_after_the_lock_there_are_five_tries_again(chi):
    for _ in range(5):
        sign_in.record_failure(chi.pk, HERE)
    Official.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert [sign_in.record_failure(chi.pk, HERE) for _ in range(5)] == [False] * 4 + [True]


def test_signing_in_forgets_the_wrong_tries_before(chi):
    for _ in range(4):
        sign_in.record_failure(chi.pk, HERE)
    sign_in.record_signed_in(chi.pk, HERE)
    assert not sign_in.record_failure(chi.pk, HERE)


@pytest.mark.django_db(transaction=True)
def test_racing_failures_lose_none_and_lock_once(at_once):
    chi = make_official("chi", "commune_officer")
    locked = at_once(4, sign_in.record_failure, chi.pk, HERE)
    assert locked == [False] * 4
    assert Official.objects.get(pk=chi.pk).failed_count == 4
    at_once(4, sign_in.record_failure, chi.pk, HERE)  # the fifth locks; the other three find it locked
    assert audited(chi).count("accounts.sign_in_locked") == 1
    assert audited(chi).count("accounts.sign_in_failed") == 4


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_the_same_failures(at_once, settings):
    chi = make_official("chi", "commune_officer")
    command = [
        executable,
        "-m",
        "dancu.accounts.tests.fail_twice",
        connection.settings_dict["NAME"],
        str(chi.pk),
    ]
    processes = [Popen(command, stderr=PIPE, cwd=settings.ROOT) for _ in range(2)]
    for process in processes:
        assert process.wait(60) == 0, process.stderr and process.stderr.read().decode()
    assert Official.objects.get(pk=chi.pk).failed_count == 4
    assert sign_in.record_failure(chi.pk, HERE)


def test_the_code_of_the_moment_is_accepted_once(chi):
    code = code_of(chi)
    assert sign_in.check_code(chi, code, HERE)
    assert sign_in.check_code(chi, code, HERE) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_the_same_code_at_once_one_gets_in(at_once):
    chi = make_official("chi", "commune_officer")
    code = code_of(chi)
    devices = at_once(4, lambda: sign_in.check_code(Official.objects.get(pk=chi.pk), code, HERE))
    assert sum(device is not None for device in devices) == 1


def test_a_new_authenticator_counts_once_its_code_was_shown(chi):
    actions.reset_second_factor(None, chi.pk)
    device = sign_in.device_to_enrol(chi)
    assert sign_in.device_to_enrol(chi) == device
    assert not sign_in.has_device(chi)
    assert sign_in.confirm_device(chi, "000000", HERE) is None
    device.throttle_reset()
    assert sign_in.confirm_device(chi, code_of(chi), HERE) == device
    assert sign_in.has_device(chi)


def test_who_has_an_authenticator_cannot_enrol_another_beside_it(chi):
    sign_in.device_to_enrol(chi)
    assert sign_in.confirm_device(chi, "000000", HERE) is None


@pytest.mark.parametrize("weak", ["short", "qwerty123456", "trinh.thi.chi1"])
def test_a_short_a_common_and_ones_own_name_are_refused_as_password(db, weak):
    with pytest.raises(ValidationError):
        sign_in.change_password(make_official("trinh.thi.chi", ""), weak, HERE)


def test_a_new_password_is_no_longer_a_one_time_one(chi):
    Official.objects.update(must_change_password=True)
    sign_in.change_password(chi, "nước mắm Phú Quốc", HERE)
    chi.refresh_from_db()
    assert not chi.must_change_password
    assert sign_in.check_password("chi", "nước mắm Phú Quốc", HERE) == chi


def test_being_seen_is_written_at_most_once_a_minute(chi):
    sign_in.record_seen(chi.pk)
    first = Official.objects.get(pk=chi.pk).last_seen_at
    sign_in.record_seen(chi.pk)
    assert Official.objects.get(pk=chi.pk).last_seen_at == first

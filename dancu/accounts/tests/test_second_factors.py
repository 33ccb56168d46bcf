"""What an authenticator's secret looks like to whoever reads the database."""

import importlib
import logging

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given
from hypothesis import strategies as st

from dancu.accounts import errors, sign_in
from dancu.accounts.models import Authenticator
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.sealing import DoesNotOpen, seal, unseal
from dancu.testing.officials import PASSWORD, code_of, make_official

pytestmark = pytest.mark.django_db
HERE = "10.0.0.1"


@pytest.fixture
def chi(db):
    return make_official("chi", "commune_officer")


def stored(official) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM otp_totp_totpdevice WHERE user_id = %s", [official.pk])
        return cursor.fetchone()[0]


def store(official, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE otp_totp_totpdevice SET key = %s WHERE user_id = %s", [key, official.pk])


def test_the_secret_does_not_lie_in_the_table(chi):
    secret = Authenticator.objects.get(user=chi).bin_key
    assert len(secret) == 20
    assert secret.hex() not in stored(chi)
    assert sign_in.check_code(chi, code_of(chi), HERE)


def test_what_lies_in_the_table_makes_no_codes(chi):
    as_the_library_reads_it = TOTPDevice.objects.get(user=chi).bin_key
    assert as_the_library_reads_it != Authenticator.objects.get(user=chi).bin_key


def test_the_table_takes_no_secret_in_the_clear(chi):
    with pytest.raises(IntegrityError), transaction.atomic():
        store(chi, "0f" * 20)


def test_a_row_moved_to_another_official_opens_nothing(chi):
    intruder = make_official("intruder", "vaccinator")
    code = code_of(intruder)
    store(chi, stored(intruder))
    with pytest.raises(errors.WrongSealingPassphrase):
        sign_in.check_code(chi, code, HERE)
    assert sign_in.check_code(intruder, code, HERE)


@pytest.mark.parametrize(
    ("passphrase", "refusal"), [("another", errors.WrongSealingPassphrase), ("", errors.NoSealingPassphrase)]
)
def test_without_the_passphrase_nobody_comes_in_and_nobody_is_locked_out(chi, settings, passphrase, refusal):
    code = code_of(chi)
    settings.KEY_PASSPHRASE = passphrase
    for _ in range(6):
        with pytest.raises(refusal):
            sign_in.check_code(chi, code, HERE)
    with pytest.raises(refusal):
        sign_in.check_passphrase()
    chi.refresh_from_db()
    assert chi.failed_count == 0
    assert chi.locked_until is None


def test_the_page_says_that_no_code_can_be_checked(chi, settings, client: Client, caplog):
    client.post("/office/sign-in/", {"username": "chi", "password": PASSWORD})
    code = code_of(chi)
    settings.KEY_PASSPHRASE = "another"
    with caplog.at_level(logging.ERROR):
        answer = client.post("/office/sign-in/code/", {"code": code})
    assert answer.status_code == 503
    assert "Hiện chưa ai đăng nhập được" in answer.content.decode()
    assert "DANCU_KEY_PASSPHRASE is not the passphrase" in caplog.text
    assert client.get("/office/").status_code == 302


def test_secrets_of_before_are_sealed_by_the_migration(chi):
    secret = Authenticator.objects.get(user=chi).bin_key
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE otp_totp_totpdevice DROP CONSTRAINT otp_totp_totpdevice_sealed")
    store(chi, secret.hex())
    migration = importlib.import_module("dancu.accounts.migrations.0006_sealed")
    for _ in range(2):  # broken off and run again
        migration.seal(apps, None)
        assert secret.hex() not in stored(chi)
        assert Authenticator.objects.get(user=chi).bin_key == secret


@pytest.mark.django_db(transaction=True)
def test_the_passphrase_is_changed_for_signing_keys_and_second_factors_at_once(chi, settings):
    credentials.create_key("pass")
    secret, before = Authenticator.objects.get(user=chi).bin_key, stored(chi)
    keys, factors = credentials.change_passphrase("quite another one")
    assert (keys, factors) == (1, 1)
    assert stored(chi) != before
    settings.KEY_PASSPHRASE = "quite another one"
    assert Authenticator.objects.get(user=chi).bin_key == secret
    assert keyring.signer("pass")


@pytest.mark.django_db(transaction=True)
def test_of_a_passphrase_that_opens_only_a_part_nothing_is_changed(chi, settings):
    credentials.create_key("pass")
    kid, passphrase = keyring.signer("pass")[0], settings.KEY_PASSPHRASE
    store(chi, "0f" * 36)
    with pytest.raises(errors.WrongSealingPassphrase):
        credentials.change_passphrase("quite another one")
    keyring.forget()
    settings.KEY_PASSPHRASE = passphrase
    assert keyring.signer("pass")[0] == kid


@given(st.binary(min_size=1), st.text(max_size=20), st.text(max_size=20), st.integers(0, 200))
def test_what_is_sealed_opens_in_its_own_place_alone(plain, place, another, at):
    sealed = seal("house", "test", place, plain)
    assert unseal("house", "test", place, sealed) == plain
    changed = bytearray(sealed)
    changed[at % len(changed)] ^= 1
    others = [
        ("house", "other", place, sealed),
        ("house", "test", place, bytes(changed)),
        ("house", "test", place, sealed[:-1]),
    ]
    if another != place:
        others.append(("house", "test", another, sealed))
    for attempt in others:
        with pytest.raises(DoesNotOpen):
            unseal(*attempt)

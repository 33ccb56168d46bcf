import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import cbor2
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils import timezone, translation

from dancu.api.keys import published_keys
from dancu.credentials import actions, errors, keyring, lookups
from dancu.credentials.commands import keys
from dancu.testing.at_once import run_at_once


def a_pass(hours: float = 72) -> dict:
    now = int(timezone.now().timestamp())
    return {6: now, 4: now + int(hours * 3600)}


def test_the_first_key_is_made_once(key):
    assert actions.create_key("pass") == key
    assert [record.kid for record in lookups.all_keys()] == [key]


def test_the_kid_is_the_beginning_of_the_public_keys_hash(key):
    (jwk,) = lookups.published_keys()["keys"]
    x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[part] + "=")) for part in "xy")
    public = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    assert sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()[:8] == key
    assert base64.urlsafe_b64decode(jwk["kid"] + "=") == key


def test_whoever_has_the_jwk_set_verifies_a_credential_without_us(key):
    protected, _, payload, signature = cbor2.loads(actions.sign("pass", a_pass())).value
    (jwk,) = lookups.published_keys()["keys"]
    x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[part] + "=")) for part in "xy")
    public = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    public.verify(encode_dss_signature(r, s), signed, ECDSA(SHA256()))
    assert base64.urlsafe_b64decode(jwk["kid"] + "=") == cbor2.loads(protected)[4] == key


def test_nothing_private_is_published(key):
    (jwk,) = lookups.published_keys()["keys"]
    assert jwk.keys() == {"kty", "crv", "x", "y", "alg", "use", "key_ops", "kid", "usage", "nbf"}


def test_private_keys_are_encrypted_at_rest(key):
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_pem FROM signing_key")
        assert cursor.fetchone()[0].startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")


def test_a_new_key_signs_at_once_and_the_old_ones_credentials_still_count(key):
    old = actions.sign("pass", a_pass())
    new_key = actions.rotate_key("pass", timedelta(hours=72))
    new = actions.sign("pass", a_pass())
    assert lookups.verify("pass", new, timezone.now()).kid == new_key != key
    assert lookups.verify("pass", old, timezone.now()).kid == key
    assert [jwk["kid"] for jwk in lookups.published_keys()["keys"]] == [text(new_key), text(key)]


@pytest.mark.parametrize(("overlap", "stays"), [(0, 31), (3, 31), (40, 40)])
def test_the_old_key_stays_published_at_least_as_long_as_its_credentials_live(key, overlap, stays):
    actions.rotate_key("pass", timedelta(days=overlap))
    retired_at = {record.kid: record.retired_at for record in lookups.all_keys()}[key]
    assert timedelta(0) <= retired_at - timezone.now() - timedelta(days=stays) <= timedelta(minutes=2)


def test_a_key_published_ahead_signs_when_its_time_has_come(key):
    actions.rotate_key("pass", ahead=timedelta(hours=24))
    assert len(lookups.published_keys()["keys"]) == 2
    assert lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now()).kid == key
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE signing_key SET not_before = not_before - interval '24 hours' WHERE retired_at IS NULL"
        )
    keyring.forget()
    assert lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now()).kid != key


def test_nothing_that_a_withdrawn_key_signed_counts(key):
    message = actions.sign("pass", a_pass())
    actions.retire_key(key)
    with pytest.raises(errors.RetiredKey):
        lookups.verify("pass", message, timezone.now())
    assert text(key) not in [jwk["kid"] for jwk in lookups.published_keys()["keys"]]


def test_a_withdrawn_key_has_a_successor_at_once_even_one_that_was_to_sign_later(key):
    actions.retire_key(key)
    assert lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now()).kid != key
    second = actions.create_key("pass")
    third = actions.rotate_key("pass", ahead=timedelta(hours=24))
    actions.retire_key(second)
    assert lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now()).kid == third


def test_an_expired_credential_of_a_retired_key_is_called_expired(key):
    message = actions.sign("pass", a_pass(1))
    actions.retire_key(key)
    with pytest.raises(errors.Expired):
        lookups.verify("pass", message, timezone.now() + timedelta(hours=2))


def test_a_key_that_is_not_there_cannot_be_withdrawn(db):
    with pytest.raises(errors.NoSuchKey, match="6e6f2073756368ff"):
        actions.retire_key(b"no such\xff")


def test_without_a_key_there_is_nothing_to_sign_or_rotate(db):
    with pytest.raises(errors.NoKey):
        actions.sign("pass", a_pass())
    with pytest.raises(errors.NoKey):
        actions.rotate_key("pass", timedelta(hours=72))


def test_there_are_keys_for_named_usages_only(db):
    for call in (
        lambda: actions.create_key("passport"),
        lambda: actions.rotate_key("passport"),
        lambda: actions.sign("passport", a_pass()),
        lambda: lookups.verify("passport", b"", timezone.now()),
    ):
        with pytest.raises(errors.UnknownUsage, match="passport"):
            call()


def test_a_wrong_passphrase_is_named_and_verifying_needs_none(key, settings):
    message = actions.sign("pass", a_pass())
    settings.KEY_PASSPHRASE = "another"
    with pytest.raises(errors.WrongPassphrase, match=key.hex()):
        actions.sign("pass", a_pass())
    settings.KEY_PASSPHRASE = ""
    for call in (lambda: actions.sign("pass", a_pass()), lambda: actions.rotate_key("pass")):
        with pytest.raises(errors.NoPassphrase, match="DANCU_KEY_PASSPHRASE"):
            call()
    assert lookups.verify("pass", message, timezone.now()).kid == key


def test_signing_and_verifying_ask_the_database_once_in_half_a_minute(
    key, django_assert_num_queries, monkeypatch
):
    with django_assert_num_queries(1):
        for _ in range(3):
            lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now())
    later = keyring.time.monotonic() + keyring.REREAD_SECONDS + 1
    monkeypatch.setattr(keyring.time, "monotonic", lambda: later)
    with django_assert_num_queries(1):
        lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now())


def test_changes_of_keys_are_in_the_audit(key):
    successor = actions.rotate_key("pass")
    actions.retire_key(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT action, detail FROM audit_entry ORDER BY at")
        assert cursor.fetchall() == [
            ("signing_key_created", f"pass {key.hex()}"),
            ("signing_key_created", f"pass {successor.hex()}"),
            ("signing_key_retired", f"pass {key.hex()}"),
        ]


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_make_the_first_key_at_once_make_one():
    program = "print(credentials.create_key('pass').hex())"
    first, second = run_at_once(program)
    assert first == second
    assert [record.kid.hex() for record in lookups.all_keys()] == [first]


@pytest.mark.django_db(transaction=True)
def test_however_many_processes_rotate_at_once_one_key_has_no_successor():
    actions.create_key("pass")
    program = """
from dancu.credentials import errors
try:
    print(credentials.rotate_key('pass').hex())
except errors.RotatedMeanwhile:
    print('meanwhile')
"""
    made = set(run_at_once(program, 3)) - {"meanwhile"}
    records = lookups.all_keys()
    (newest,) = [record.kid.hex() for record in records if record.retired_at is None]
    assert newest in made
    assert len(records) == 1 + len(made)


@pytest.mark.django_db(transaction=True)
def test_a_key_made_by_another_process_is_known_here_at_once():
    key = actions.create_key("pass")
    lookups.verify("pass", actions.sign("pass", a_pass()), timezone.now())
    program = """
import time
credentials.rotate_key('pass')
now = int(time.time())
print(credentials.sign('pass', {6: now, 4: now + 3600}).hex())
"""
    (message,) = run_at_once(program, 1)
    assert lookups.verify("pass", bytes.fromhex(message), timezone.now() + timedelta(seconds=2)).kid != key


@pytest.mark.django_db(transaction=True)
def test_a_key_is_not_made_within_a_transaction():
    with transaction.atomic(), pytest.raises(RuntimeError):
        actions.create_key("pass")


def test_the_commands_make_rotate_list_publish_and_withdraw(db):
    run = CliRunner().invoke
    first = run(keys, ["create"])
    assert first.exit_code == 0, first.output
    assert run(keys, ["create"]).output == first.output
    second = run(keys, ["rotate", "--overlap-hours", "72"])
    assert second.output != first.output
    assert len(json.loads(run(keys, ["public"]).output)["keys"]) == 2
    kid = first.output.split()[-1]
    assert run(keys, ["retire", kid], input="y\n").exit_code == 0
    assert len(json.loads(run(keys, ["public"]).output)["keys"]) == 1
    listed = run(keys, ["list"]).output.splitlines()
    assert [line.split()[0] for line in listed] == [second.output.split()[-1], kid]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rotate"], "dancu keys create"),
        (["create", "--usage", "passport"], "passport"),
        (["retire", "--yes", "xyz"], "0–9"),
        (["retire", "--yes", "00"], "00"),
    ],
)
def test_a_command_says_what_is_wrong(db, arguments, told):
    result = CliRunner().invoke(keys, arguments)
    assert result.exit_code != 0
    assert told in result.output
    assert "Traceback" not in result.output


def test_anyone_may_fetch_the_keys_and_a_cache_may_keep_them_for_a_minute(key):
    answer = published_keys(RequestFactory().get("/.well-known/dancu-keys.json"))
    assert json.loads(answer.content) == lookups.published_keys()
    assert answer["Content-Type"] == "application/jwk-set+json"
    assert "public" in answer["Cache-Control"]
    assert "max-age=60" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = RequestFactory().get("/.well-known/dancu-keys.json", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert published_keys(again).status_code == 304
    assert published_keys(RequestFactory().post("/.well-known/dancu-keys.json")).status_code == 405


def test_a_refusal_tells_the_time_in_the_readers_language():
    moment = datetime(2021, 8, 12, 1, 30, tzinfo=UTC)
    with translation.override("en"):
        assert str(errors.Expired(moment)) == "This credential expired on Aug. 12, 2021, 8:30 a.m."
    with translation.override("vi"):
        assert "12 tháng 8 năm 2021" in str(errors.Expired(moment))


def text(kid: bytes) -> str:
    return base64.urlsafe_b64encode(kid).rstrip(b"=").decode()

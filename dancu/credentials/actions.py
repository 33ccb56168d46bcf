"""Signing credentials, and making, rotating and withdrawing the keys that sign them. Changes of keys are
audited.
"""

import json
from datetime import timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from django.db import transaction

from dancu.accounts.actions import seal_anew
from dancu.audit import actions as audit
from dancu.credentials import claims, envelope, errors, jwk, keyring
from dancu.db.queries import Queries

_queries = Queries(__file__)
_AT_ONCE = timedelta(0)


def sign(usage: str, payload: dict[Any, Any]) -> bytes:
    """The payload as a COSE_Sign1 message (tag 18, ES256) by the key that signs for `usage` ("pass") now.

    The payload says when it was issued (6) and expires (4), in seconds since 1970; the rest is the caller's.
    Raises UnknownUsage, BadClaims, LivesTooLong, CannotBeWritten, TooLong, NoKey, NoPassphrase or
    WrongPassphrase.
    """
    claims.check_life(usage, payload)
    try:
        content = cbor2.dumps(payload, canonical=True)
    except (cbor2.CBOREncodeError, ValueError, RecursionError) as error:
        raise errors.CannotBeWritten(error) from error
    kid, key = keyring.signer(usage)
    message = envelope.write(kid, content, key)
    if len(message) > envelope.MAX_BYTES:
        raise errors.TooLong(len(message), envelope.MAX_BYTES)
    return message


def create_key(usage: str) -> bytes:
    """The kid of the usage's newest key, made now where there is none. Called twice, or by two processes, it
    makes one.

    Raises UnknownUsage or NoPassphrase. Not within a transaction: other processes must see the key before it
    signs.
    """
    claims.longest_life(usage)
    with transaction.atomic(durable=True):
        if (there := _newest(usage)) is None:
            _add(usage, _AT_ONCE)
            there = _newest(usage)
    keyring.forget()
    if there is None:  # it was made by another process and rolled back
        raise errors.NoKey(usage)
    return there


def rotate_key(usage: str, overlap: timedelta = _AT_ONCE, ahead: timedelta = _AT_ONCE) -> bytes:
    """Make a new key, which signs at once, or `ahead` from now so that devices can fetch it first. Returns
    its kid.

    The old key stays published for `overlap` after that, and never shorter than the longest life of what it
    signed. Other processes sign with it for another half minute. Not within a transaction. Raises
    UnknownUsage, NoKey, RotatedMeanwhile or NoPassphrase.
    """
    stays = ahead + max(overlap, claims.longest_life(usage)) + timedelta(seconds=2 * keyring.REREAD_SECONDS)
    with transaction.atomic(durable=True):
        if not _queries.run("retire_newest", usage=usage, after=stays):
            raise errors.RotatedMeanwhile if _newest(usage) else errors.NoKey(usage)
        kid = _add(usage, ahead)
    keyring.forget()
    return kid


def retire_key(kid: bytes) -> None:
    """Withdraw a key that fell into wrong hands: nothing it signed counts any more. A successor signs from
    now on.

    Other processes need half a minute to notice; devices, until they fetch the keys again. Not within a
    transaction. Raises NoSuchKey or NoPassphrase.
    """
    with transaction.atomic(durable=True):
        retired = _queries.one("retire_now", kid=kid)
        if retired is None:
            raise errors.NoSuchKey(kid.hex())
        audit.record_system("signing_key_retired", detail=f"{retired['usage']} {kid.hex()}")
        if _newest(retired["usage"]) is None:
            _add(retired["usage"], _AT_ONCE)
        _queries.run("begin_now", usage=retired["usage"])
    keyring.forget()


def change_passphrase(new: str) -> tuple[int, int]:
    """Whatever lies encrypted with the passphrase lies encrypted with `new`: all at once or nothing; returns
    how many signing keys and second factors.

    Servers that run know the old one until they are started with the new one: meanwhile they sign nothing and
    check no codes. Not within a transaction. Raises NoPassphrase, WrongPassphrase, or
    accounts.errors.SecondFactorsClosed.
    """
    old = keyring.passphrase()
    with transaction.atomic(durable=True):
        rows = _queries.all("private_keys")
        for row in rows:
            key = keyring.decrypt(row["private_pem"], old, row["kid"])
            _queries.run("encrypt_anew", kid=row["kid"], private_pem=_encrypted(key, new.encode()))
        factors = seal_anew(old.decode(), new)
        audit.record_system(
            "passphrase_changed", detail=f"{len(rows)} signing keys, {factors} second factors"
        )
    keyring.forget()
    return len(rows), factors


def _newest(usage: str) -> bytes | None:
    found = _queries.one("newest", usage=usage)
    return found["kid"] if found else None


def _add(usage: str, ahead: timedelta) -> bytes:
    key = generate_private_key(SECP256R1())
    kid = jwk.kid_of(key.public_key())
    made = _queries.run(
        "add",
        kid=kid,
        usage=usage,
        public_jwk=json.dumps(jwk.from_key(key.public_key())),
        private_pem=_encrypted(key, keyring.passphrase()),
        ahead=ahead,
    )
    if made:  # otherwise another process made one at the same moment
        audit.record_system("signing_key_created", detail=f"{usage} {kid.hex()}")
    return kid


def _encrypted(key: EllipticCurvePrivateKey, passphrase: bytes) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)).decode()

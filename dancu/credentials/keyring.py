"""The keys as this process knows them: read anew every half minute, so that a rotation by command reaches
every server.

Private keys are decrypted once per process (0.5 ms or more each time, by the design of the encryption).
"""

import json
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from dancu.credentials import jwk
from dancu.credentials.errors import NoKey, NoPassphrase, UnknownKey, WrongPassphrase
from dancu.db.queries import Queries

REREAD_SECONDS = 30

_queries = Queries(__file__)


@dataclass(frozen=True)
class Key:
    """`retired_at`: from then on nothing it signed counts; None where it has no successor."""

    kid: bytes
    usage: str
    public: EllipticCurvePublicKey
    private_pem: str
    retired_at: datetime | None
    may_sign: bool


@dataclass(frozen=True)
class _Ring:
    keys: dict[tuple[str, bytes], Key]
    signers: dict[str, Key]
    read_at: float


_ring: _Ring | None = None


def signer(usage: str) -> tuple[bytes, EllipticCurvePrivateKey]:
    """The kid and the private key that signs now. Raises NoKey, NoPassphrase or WrongPassphrase."""
    key = _current().signers.get(usage) or _read().signers.get(usage)
    if key is None:
        raise NoKey(usage)
    return key.kid, _decrypted(key.private_pem, settings.KEY_PASSPHRASE, key.kid)


def find(usage: str, kid: bytes) -> Key:
    """The key with this kid, also a retired one. Raises UnknownKey where there is none of this usage."""
    key = _current().keys.get((usage, kid)) or _read().keys.get((usage, kid))
    if key is None:
        raise UnknownKey
    return key


def forget() -> None:
    """Read the keys anew at the next use: after a change, and between tests that roll back."""
    global _ring
    _ring = None


def passphrase() -> bytes:
    """What private keys are encrypted with. Raises NoPassphrase."""
    if not settings.KEY_PASSPHRASE:
        raise NoPassphrase
    return settings.KEY_PASSPHRASE.encode()


def decrypt(private_pem: str, passphrase: bytes, kid: bytes) -> EllipticCurvePrivateKey:
    """The private key with this kid. Raises WrongPassphrase."""
    try:
        key = load_pem_private_key(private_pem.encode(), passphrase)
    except ValueError:
        raise WrongPassphrase(kid.hex()) from None
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise TypeError(f"key {kid.hex()} is not on P-256")
    return key


def _current() -> _Ring:
    ring = _ring
    if ring is None or time.monotonic() - ring.read_at > REREAD_SECONDS:
        ring = _read()
    return ring


def _read() -> _Ring:
    global _ring
    read_at = time.monotonic()
    keys = {}
    signers: dict[str, Key] = {}
    for row in _queries.all("ring"):
        public = jwk.to_key(json.loads(row.pop("public_jwk")))
        key = Key(**row, public=public)
        keys[key.usage, key.kid] = key
        if key.may_sign:
            signers.setdefault(key.usage, key)
    _ring = _Ring(keys, signers, read_at)
    return _ring


@lru_cache(maxsize=32)
def _decrypted(private_pem: str, _passphrase: str, kid: bytes) -> EllipticCurvePrivateKey:
    return decrypt(private_pem, passphrase(), kid)

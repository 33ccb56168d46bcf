"""Reading credentials, and the keys that others verify them with."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, TypedDict

import cbor2

from dancu.credentials import claims, envelope, jwk, keyring
from dancu.credentials.errors import Altered, BadClaims, Expired, NotACredential, NotYetValid, RetiredKey
from dancu.db.queries import Queries

_queries = Queries(__file__)


@dataclass(frozen=True)
class Verified:
    """A credential that counts: what it says, and the key that signed it."""

    payload: dict[Any, Any]
    kid: bytes


@dataclass(frozen=True)
class KeyRecord:
    """A key as operators see it. `retired_at`: from then on nothing it signed counts."""

    kid: bytes
    usage: str
    algorithm: str
    created_at: datetime
    not_before: datetime
    retired_at: datetime | None


class KeyThatCounts(TypedDict):
    """The public half of a key that counts now or soon."""

    kid: bytes
    usage: str
    public_jwk: str
    not_before: datetime
    retired_at: datetime | None


class PublishedKey(jwk.PublicKey):
    """And what it is for; `nbf` and `exp` are seconds since 1970: from `exp` on nothing it signed counts."""

    usage: str
    nbf: int
    exp: NotRequired[int]


def verify(usage: str, message: bytes, at: datetime) -> Verified:
    """Read a credential of this usage ("pass") as it counts at the moment `at` (aware), with its tag or
    without.

    Raises one kind of NotAccepted: NotACredential, UnknownKey, Altered, NotYetValid, Expired or RetiredKey;
    UnknownUsage. The payload is decoded only after its signature has been found good.
    """
    claims.longest_life(usage)
    sealed = envelope.read(message)
    key = keyring.find(usage, sealed.kid)
    if not sealed.is_signed_by(key.public):
        raise Altered
    try:
        payload = cbor2.loads(sealed.payload)
        lives = claims.period(payload)
    except (cbor2.CBORError, BadClaims):
        raise NotACredential from None
    if at < lives.issued_at:
        raise NotYetValid(lives.issued_at)
    if at > lives.expires_at:
        raise Expired(lives.expires_at)
    if key.retired_at is not None and at >= key.retired_at:
        raise RetiredKey(key.retired_at)
    return Verified(payload, sealed.kid)


def published_keys() -> dict[str, list[PublishedKey]]:
    """The JWK set of the keys that count now or soon, for devices and other countries.

    A key without `exp` has no successor yet.
    """
    return {"keys": [_published(row) for row in _queries.of(KeyThatCounts).all("published")]}


def keys_by_id(_kind: str, _number: int) -> dict[str, PublishedKey]:
    """The same, each by its kid: what devices carry."""
    return {key["kid"]: key for key in published_keys()["keys"]}


def all_keys() -> list[KeyRecord]:
    """Every key there ever was, by usage, newest first."""
    return [KeyRecord(**row) for row in _queries.all("history")]


def _published(row: KeyThatCounts) -> PublishedKey:
    # Only the members we know, whatever the column holds: a private key's "d" could never slip out here.
    public = jwk.from_key(jwk.to_key(json.loads(row["public_jwk"])))
    published: PublishedKey = {
        **public,
        "usage": row["usage"],
        "nbf": int(row["not_before"].timestamp()),
    }
    if row["retired_at"]:
        published["exp"] = int(row["retired_at"].timestamp())
    return published

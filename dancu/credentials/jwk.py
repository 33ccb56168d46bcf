"""A public P-256 key as a JSON Web Key (RFC 7517, RFC 7518 §6.2), as WebCrypto's importKey takes it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TypedDict

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class PublicKey(TypedDict):
    """A JSON Web Key. `kid`: base64url of a credential's 8 bytes."""

    kty: str
    crv: str
    x: str
    y: str
    alg: str
    use: str
    key_ops: list[str]
    kid: str


def kid_of(key: EllipticCurvePublicKey) -> bytes:
    """The first 8 bytes of SHA-256 over the key's SubjectPublicKeyInfo (DER)."""
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()[:8]


def from_key(key: EllipticCurvePublicKey) -> PublicKey:
    numbers = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": text(numbers.x.to_bytes(32)),
        "y": text(numbers.y.to_bytes(32)),
        "alg": "ES256",
        "use": "sig",
        "key_ops": ["verify"],
        "kid": text(kid_of(key)),
    }


def to_key(jwk: dict[str, str]) -> EllipticCurvePublicKey:
    x, y = (int.from_bytes(urlsafe_b64decode(jwk[part] + "=")) for part in "xy")
    return EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()


def text(value: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()

"""What lies in the database and nobody shall read there, or put elsewhere, is sealed: second factors, what
citizens typed, messages that wait.

AES-SIV (RFC 5297) under a key for this one place: from the house's secret, what it is for, and whose or which
row it is. So a copy of the database tells nothing, and a row that was changed or moved to another owner does
not open.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_KEY_BYTES = 64


class DoesNotOpen(Exception):
    """This was sealed with another secret, or for another row, or it was changed."""


def seal(secret: str, purpose: str, place: str, plain: bytes) -> bytes:
    """`plain` (not empty) sealed with the `secret`, for a `purpose` ("session") and the one `place` (a
    row's owner or id) where it opens again.
    """
    return _cipher(secret, purpose, place).encrypt(plain, None)


def unseal(secret: str, purpose: str, place: str, sealed: bytes) -> bytes:
    """What `seal` was given. Raises DoesNotOpen."""
    try:
        return _cipher(secret, purpose, place).decrypt(bytes(sealed), None)
    except (InvalidTag, ValueError):  # ValueError: shorter than anything sealed
        raise DoesNotOpen(DoesNotOpen.__doc__) from None


def _cipher(secret: str, purpose: str, place: str) -> AESSIV:
    return AESSIV(HKDFExpand(SHA256(), _KEY_BYTES, place.encode()).derive(_root(secret, purpose)))


@lru_cache(maxsize=32)
def _root(secret: str, purpose: str) -> bytes:
    """Stretched, for a passphrase may be one that people chose: once per process, 40 ms."""
    return Scrypt(salt=f"dancu.sealing {purpose}".encode(), length=_KEY_BYTES, n=1 << 14, r=8, p=1).derive(
        secret.encode()
    )

"""COSE_Sign1 (RFC 9052 §4.2), in the one form that dancu writes:

    18([h'{1: -7, 4: kid}', {}, h'payload', h'r || s'])    kid: 8 bytes; r, s: 32 bytes each, s in the lower
    half

Each credential has exactly one spelling, with the tag or without, so that nothing about it can change
unnoticed: lengths are the shortest, the unprotected header is empty, and of the two signatures (r, s) and (r,
n - s) that ECDSA accepts only one counts. Reading takes byte strings apart and decodes nothing, so that bytes
from a stranger's QR code never reach a CBOR decoder.
"""

from dataclasses import dataclass

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from dancu.credentials.errors import NotACredential

MAX_BYTES = 2_200  # what one QR code of level M holds in base45 is 2,258
_TAG = b"\xd2"
_HEADER = b"\xa2\x01\x26\x04\x48"  # {1: -7, 4: h'… 8 bytes
_ES256 = ECDSA(SHA256())
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256: FIPS 186-4, D.1.2.3


@dataclass(frozen=True)
class Envelope:
    """A message taken apart. Nothing of it is to be believed before `is_signed_by`."""

    kid: bytes
    payload: bytes
    signature: bytes

    def is_signed_by(self, key: EllipticCurvePublicKey) -> bool:
        r, s = int.from_bytes(self.signature[:32]), int.from_bytes(self.signature[32:])
        if s > _ORDER // 2:
            return False
        try:
            key.verify(encode_dss_signature(r, s), _to_sign(_HEADER + self.kid, self.payload), _ES256)
        except InvalidSignature:
            return False
        return True


def write(kid: bytes, payload: bytes, key: EllipticCurvePrivateKey) -> bytes:
    """The signed message, tagged."""
    protected = _HEADER + kid
    r, s = decode_dss_signature(key.sign(_to_sign(protected, payload), _ES256))
    signature = r.to_bytes(32) + min(s, _ORDER - s).to_bytes(32)
    return _TAG + cbor2.dumps([protected, {}, payload, signature])


def read(message: bytes) -> Envelope:
    """Take a message apart. Raises NotACredential where it is anything but the form above."""
    body = message.removeprefix(_TAG)
    if len(message) > MAX_BYTES or body[:1] != b"\x84":
        raise NotACredential
    protected, at = _byte_string(body, 1)
    if (
        not protected.startswith(_HEADER)
        or len(protected) != len(_HEADER) + 8
        or body[at : at + 1] != b"\xa0"
    ):
        raise NotACredential
    payload, at = _byte_string(body, at + 1)
    signature, at = _byte_string(body, at)
    if len(signature) != 64 or at != len(body):
        raise NotACredential
    return Envelope(protected[len(_HEADER) :], payload, signature)


def _byte_string(data: bytes, at: int) -> tuple[bytes, int]:
    """The CBOR byte string at `at`, whose length is written in the shortest way, and where it ends."""
    first = data[at : at + 3]
    if len(first) >= 1 and 0x40 <= first[0] < 0x58:
        head, length = 1, first[0] - 0x40
    elif len(first) >= 2 and first[0] == 0x58 and first[1] >= 24:
        head, length = 2, first[1]
    elif len(first) == 3 and first[0] == 0x59 and first[1] > 0:
        head, length = 3, int.from_bytes(first[1:])
    else:
        raise NotACredential
    end = at + head + length
    if end > len(data):
        raise NotACredential
    return data[at + head : end], end


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """Sig_structure, RFC 9052 §4.4."""
    return cbor2.dumps(["Signature1", protected, b"", payload])

"""Whether a request was signed by a device's key: the header “Authorization: Dancu-Device …”.
docs/devices.md
"""

import hashlib
import re
from base64 import urlsafe_b64decode
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpRequest
from django.utils import timezone

from dancu.db.queries import Queries
from dancu.devices.errors import NotThisDevice, WrongClock
from dancu.devices.rows import Device

_sql = Queries(__file__)

SCHEME = "Dancu-Device"
CLOCKS_DIFFER = 300  # seconds
_HEADER = re.compile(rf"{SCHEME} ([0-9a-f-]{{36}}):(\d{{1,16}}):([A-Za-z0-9_-]{{86}})", re.IGNORECASE)
_SIGNED = ECDSA(SHA256())


def device_of(request: HttpRequest) -> Device:
    """The device that signed this request. Raises NotThisDevice; WrongClock where it was signed more than
    five minutes from now by that device.
    """
    match = _HEADER.fullmatch(request.META.get("HTTP_AUTHORIZATION", ""))
    if not match:
        raise NotThisDevice
    device_id, moment, signature = match.groups()
    try:
        found = _sql.of(Device).one("device", device_id=UUID(device_id))
    except ValueError:
        raise NotThisDevice from None
    signed = text_to_sign(request.method or "", request.get_full_path(), int(moment), request.body)
    if found is None or not _is_signed(bytes(found["public_key"]), signature, signed):
        raise NotThisDevice
    if abs(int(moment) / 1000 - timezone.now().timestamp()) > CLOCKS_DIFFER:
        raise WrongClock
    return found


def text_to_sign(method: str, path: str, moment: int, body: bytes) -> bytes:
    """What a device signs of a request. `moment`: milliseconds since 1970."""
    lines = ("dancu-device-1", method, path, str(moment), hashlib.sha256(body).hexdigest())
    return "\n".join(lines).encode()


def _is_signed(point: bytes, signature: str, signed: bytes) -> bool:
    raw = urlsafe_b64decode(f"{signature}==")
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    try:
        key.verify(encode_dss_signature(r, s), signed, _SIGNED)
    except InvalidSignature:
        return False
    return True

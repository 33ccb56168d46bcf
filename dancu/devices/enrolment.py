"""How a device comes to a place: by a code that works once; and how it is cut off."""

import datetime as dt
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts.caller import network_of
from dancu.accounts.lookups import Acting
from dancu.accounts.throttle import allow
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.devices import errors
from dancu.devices.kinds import places
from dancu.devices.rows import Device
from dancu.devices.values import Place, code_in_groups, hash_of
from dancu.text.invisible import visible
from dancu.values.base32 import letters_of

_sql = Queries(__file__)

LEASE = dt.timedelta(hours=72)  # from each contact
CODE_LASTS = dt.timedelta(hours=1)
LONGEST_NAME = 60
_CODE_LETTERS = 8  # 40 bits, for an hour, against ten wrong ones of an address in a quarter of an hour
_WRONG, _QUARTER = 10, 15 * 60  # seconds


def make_code(acting: Acting, place: Place, name: str) -> str:
    """A code by which one device can be enrolled to a place within the hour, to be shown once; one that was
    made for the same name there counts no more. Raises NoSuchPlace, NoName, NameTaken.
    """
    name = " ".join(visible(name).replace("\0", "").split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise errors.NoName
    if place not in dict(places()):
        raise errors.NoSuchPlace
    code = code_in_groups(letters_of(secrets.randbits(5 * _CODE_LETTERS), _CODE_LETTERS))
    with transaction.atomic():
        called = {"place_kind": place.kind, "place_id": place.number, "name": name}
        _sql.run("one_code_at_a_time", place_kind=place.kind, place_id=place.number)
        _sql.run("forget_old_codes")
        _sql.run("forget_code_of_name", **called)  # before: a code that is being used is a device after this
        if _sql.one("name_taken", **called):
            raise errors.NameTaken(name)
        _sql.run(
            "add_code",
            code_hash=hash_of(code),
            **called,
            made_by=acting.official_id,
            until=timezone.now() + CODE_LASTS,
        )
        audit.record(acting, "devices.code_made", detail=f"{place.kind} {place.number}")
    return code


def enrol(code: str, public_key: Mapping[str, str], app: str, address: str) -> Device:
    """The device that has this key now; sent again with the same key it is the same one. Raises TooManyTries,
    BadKey, NoSuchCode.
    """
    point, tries = _point(public_key), f"enrol {network_of(address)}"
    if not allow(tries, _WRONG - 1, _QUARTER, 0):
        raise errors.TooManyTries
    try:
        return _enrolled(code, point, app)
    except errors.NoSuchCode:
        allow(tries, _WRONG, _QUARTER)
        raise


def _enrolled(code: str, point: bytes, app: str) -> Device:
    with transaction.atomic():
        found = _sql.one("code", code_hash=hash_of(code))
        if found is None:
            raise errors.NoSuchCode
        if found["device_id"] is not None:
            there = _sql.of(Device).one("device", device_id=found["device_id"])
            if there is None or bytes(there["public_key"]) != point or there["cut_off_at"]:
                raise errors.NoSuchCode
            return there
        device_id, now = uuid7(), timezone.now()
        _sql.run(
            "add_device",
            device_id=device_id,
            place_kind=found["place_kind"],
            place_id=found["place_id"],
            name=found["name"],
            public_key=point,
            enrolled_by=found["made_by"],
            app=app.replace("\0", "")[:40],
            now=now,
            lease_until=now + LEASE,
        )
        _sql.run("use_code", code_hash=hash_of(code), device_id=device_id)
        audit.record_system(
            "devices.enrolled",
            detail=f"device {device_id}, {found['place_kind']} {found['place_id']}, "
            f"official {found['made_by']}",
            purpose="administration",
        )
        made = _sql.of(Device).one("device", device_id=device_id)
        assert made
        return made


def cut_off(acting: Acting, device_id: UUID) -> None:
    """The device gets nothing any more, forgets what it carries at its next word, and what it still sends is
    kept for people. Raises NoSuchDevice, AlreadyCutOff.
    """
    with transaction.atomic():
        there = _sql.of(Device).one("device", device_id=device_id)
        if there is None:
            raise errors.NoSuchDevice
        if not _sql.run("cut_off", device_id=device_id, by=acting.official_id):
            raise errors.AlreadyCutOff
        audit.record(acting, "devices.cut_off", detail=f"device {device_id}")


def _point(jwk: Mapping[str, str]) -> bytes:
    """The point of a JWK of P-256. Raises BadKey, also where it lies beside the curve."""
    try:
        if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
            raise errors.BadKey
        x, y = (urlsafe_b64decode(f"{jwk[part]}=") for part in "xy")
        if len(x) != 32 or len(y) != 32:
            raise errors.BadKey
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), b"\x04" + x + y)
    except (KeyError, ValueError, TypeError):
        raise errors.BadKey from None
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

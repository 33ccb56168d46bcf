"""Who works with a device: said while they are signed in, and believed of what is sent later."""

import datetime as dt
import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts import lookups as accounts
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.devices import errors
from dancu.devices.rows import Device, DeviceShift
from dancu.devices.values import Place

_sql = Queries(__file__)

SHIFT = dt.timedelta(hours=12)
_AGAIN_WITHIN = dt.timedelta(hours=6)  # a page that is opened again goes on with the shift that there is


def begin_shift(acting: Acting, device: Device, place: Place, session: str) -> DeviceShift:
    """This official works with this device at this place from now on, and nobody else, until their `session`
    ends; the shift that there is, where it has begun within six hours. Raises CutOff, ShiftElsewhere.
    """
    if place != Place(device["place_kind"], device["place_id"]):
        raise errors.ShiftElsewhere
    now, key = timezone.now(), _key(session)
    with transaction.atomic():
        (held,) = _sql.of(Device).all("one_at_a_time", device_id=device["device_id"])
        if held["cut_off_at"]:
            raise errors.CutOff
        there = _sql.of(DeviceShift).one(
            "shift_of",
            device_id=device["device_id"],
            official_id=acting.official_id,
            grant_id=acting.grant_id,
            session=key,
            since=now - _AGAIN_WITHIN,
            now=now,
        )
        if there:
            return there
        made: DeviceShift = {
            "device_id": device["device_id"],
            "shift_id": uuid7(),
            "official_id": acting.official_id,
            "grant_id": acting.grant_id,
            "role": acting.role,
            "jurisdiction_kind": acting.jurisdiction_kind,
            "jurisdiction_id": acting.jurisdiction_id,
            "purpose": acting.purpose,
            "session": key,
            "began_at": now,
            "until": now + SHIFT,
        }
        _sql.run("end_shifts_of_device", device_id=device["device_id"], now=now)
        _sql.run("add_shift", **made)
        audit.record(acting, "devices.shift_began", detail=f"device {device['device_id']}")
    return made


def end_shifts(session: str) -> None:
    """Whoever was signed in there works with no device any more: what is made from now on is nobody's."""
    if session:
        _sql.run("end_shifts_of_session", session=_key(session), now=timezone.now())


def _key(session: str) -> bytes:
    return hashlib.sha256(f"dancu.devices {session}".encode()).digest()


def acting_in(
    device_id: UUID, shift_id: UUID | None, at: dt.datetime, duty: str, address: str, request_id: str
) -> Acting:
    """Who worked with the device at that moment. Raises NobodysShift; RoleHadEnded where their role had ended
    by then, their account is locked now, or the role has not this duty.
    """
    shift = _sql.of(DeviceShift).one("shift", device_id=device_id, shift_id=shift_id) if shift_id else None
    if shift is None or not shift["began_at"] - dt.timedelta(minutes=5) <= at <= shift["until"]:
        raise errors.NobodysShift
    acting = Acting(
        shift["official_id"],
        shift["role"],
        shift["jurisdiction_kind"],
        shift["jurisdiction_id"],
        shift["purpose"],
        address,
        request_id,
        shift["grant_id"],
    )
    if not acting.may(duty) or not accounts.stood(shift["official_id"], shift["grant_id"], at):
        raise errors.RoleHadEnded
    return acting

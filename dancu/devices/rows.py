"""Rows that this module's statements give."""

import datetime as dt
from typing import TypedDict
from uuid import UUID


class Device(TypedDict):
    """A device as it is kept."""

    device_id: UUID
    place_kind: str
    place_id: int
    name: str
    public_key: bytes
    enrolled_by: int
    enrolled_at: dt.datetime
    app: str
    lease_until: dt.datetime
    seen_at: dt.datetime
    made: int
    came_up_to: int
    waiting: int
    oldest_at: dt.datetime | None
    bundle_at: dt.datetime | None
    drift_ms: int
    cut_off_at: dt.datetime | None
    cut_off_by: int | None
    wiped_at: dt.datetime | None


class ListedDevice(Device):
    """And how much of it people have to look at, and how much that it made never came."""

    open_items: int
    missing_items: int


class DeviceShift(TypedDict):
    """Who works with a device, in which role."""

    device_id: UUID
    shift_id: UUID
    official_id: int
    grant_id: int
    role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    session: bytes
    began_at: dt.datetime
    until: dt.datetime


class StoredItem(TypedDict):
    """What is kept of something that was sent."""

    device_id: UUID
    item_id: UUID
    kind: str
    counter: int
    at: dt.datetime
    received_at: dt.datetime
    digest: bytes
    outcome: str
    code: str


class OpenItem(TypedDict):
    """Something that people have to decide about."""

    device_id: UUID
    item_id: UUID
    kind: str
    at: dt.datetime
    received_at: dt.datetime
    outcome: str
    code: str
    payload: str | None
    device_name: str
    official_id: int | None


class Gap(TypedDict):
    """Counters that never came, both ends included."""

    first: int
    last: int


class StoredPart(TypedDict):
    """A part of a bundle as it stands, and what changed of it since a number (0: everything)."""

    part: str
    sequence: int
    digest: bytes
    checked_at: dt.datetime
    since: int
    keys: list[str]
    texts: list[str | None]


class StoredPicture(TypedDict):
    """How much of a picture is there, in bytes."""

    bytes: int
    have: int
    is_whole: bool

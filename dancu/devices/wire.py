"""What goes over the wire between a device and the inbox. docs/devices.md"""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)]
Counter = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]


class ItemHead(msgspec.Struct):
    """As much of an item as it takes to answer for it."""

    id: UUID
    counter: Counter


class Item(ItemHead, kw_only=True):
    """Something that is sent: `payload` as its kind says."""

    kind: str
    at: dt.datetime
    payload: msgspec.Raw
    shift: UUID | None = None


class SyncRequest(msgspec.Struct):
    """What a device says of itself, and what it sends: each item is read by itself, so that one that cannot
    be read hinders no other. `drift`: ms.
    """

    made: Count
    waiting: Count
    items: list[msgspec.Raw]
    app: str = ""
    oldest: dt.datetime | None = None
    bundle_at: dt.datetime | None = None
    drift: Annotated[int, msgspec.Meta(ge=-(10**13), le=10**13)] = 0


class ItemAnswer(msgspec.Struct, omit_defaults=True):
    """What became of one item: `is_` taken, known, kept, refused or later."""

    id: UUID
    is_: str = msgspec.field(name="is")
    code: str = ""
    message: str = ""


class SyncAnswer(msgspec.Struct):
    """What became of all that was sent."""

    server_time: str
    lease_until: str
    wipe: bool
    missing: list[tuple[int, int]]
    answers: list[ItemAnswer]

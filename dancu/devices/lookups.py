"""Reading devices: the door of the room."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.devices.bundle import Bundle, PartChanges, bundle
from dancu.devices.enrolment import LEASE, LONGEST_NAME
from dancu.devices.errors import NoSuchDevice
from dancu.devices.kinds import item_kinds, places
from dancu.devices.pictures import have, named, picture
from dancu.devices.problems import in_words as why_in_words
from dancu.devices.rows import Device, ListedDevice, OpenItem
from dancu.devices.signing import device_of
from dancu.devices.values import Place, in_iso
from dancu.modules import Words

__all__ = [
    "LEASE",
    "LONGEST_NAME",
    "Bundle",
    "Device",
    "DeviceStanding",
    "ListedDevice",
    "OpenItem",
    "PartChanges",
    "Place",
    "bundle",
    "device",
    "device_of",
    "devices",
    "devices_at",
    "have",
    "how_many",
    "in_iso",
    "kind_in_words",
    "named",
    "open_count",
    "open_counts",
    "open_items",
    "picture",
    "places",
    "remark_in_words",
    "remarked",
    "why_in_words",
]

_sql = Queries(__file__)
_PAST = _sql.part("past")
_OF_EACH = 50  # a device that floods its station's page hides no other


@dataclass(frozen=True)
class DeviceStanding:
    """A device in a list."""

    device: ListedDevice
    place: str

    @property
    def state(self) -> str:
        """cut_off, wiped, silent (its lease has ended) or "" for one that is at work."""
        if self.device["wiped_at"]:
            return "wiped"
        if self.device["cut_off_at"]:
            return "cut_off"
        return "silent" if self.device["lease_until"] < timezone.now() else ""

    @property
    def lost(self) -> int:
        """How many things it made that have not come and do not wait on it: they are lost, as far as it
        knows.
        """
        return max(self.device["missing_items"] - self.device["waiting"], 0)


def devices(
    acting: Acting, most: int | None = 50, skip: int = 0, past: bool | None = None
) -> list[DeviceStanding]:
    """Devices: first those of which people have something to look at, then who has been silent for longest,
    last those that were cut off. `past`: only those that are wiped, or whose lease ended (after it was cut
    off, or a month ago), and of which nobody has anything to look at; or only all others.
    """
    audit.record(acting, "devices.listed")
    return _standing(None, most, skip, past)


def how_many(past: bool | None = None) -> int:
    """As many devices as there are in the list."""
    return _sql.all("how_many", {"past": _PAST}, past=past)[0]["devices"]


def device(device_id: UUID) -> DeviceStanding:
    """One of them. Raises NoSuchDevice."""
    for found in _standing(device_id, 1, 0, None):
        return found
    raise NoSuchDevice


def devices_at(kind: str, numbers: Collection[int]) -> dict[int, list[DeviceStanding]]:
    """The devices of each of these places, but for those of the past (`devices`): who has been silent for
    longest first. The caller has passed the jurisdiction filter and written the audit.
    """
    rows = _sql.of(ListedDevice).all("devices_at", {"past": _PAST}, place_kind=kind, numbers=list(numbers))
    found: dict[int, list[DeviceStanding]] = {}
    for row in rows:
        found.setdefault(row["place_id"], []).append(DeviceStanding(row, ""))
    return found


def _standing(only: UUID | None, most: int | None, skip: int, past: bool | None) -> list[DeviceStanding]:
    rows = _sql.of(ListedDevice).all("devices", {"past": _PAST}, only=only, most=most, skip=skip, past=past)
    return [DeviceStanding(row, Place(row["place_kind"], row["place_id"]).words) for row in rows]


def open_items(acting: Acting, place: Place, most: int = 200) -> list[OpenItem]:
    """What devices of this place sent and people have to decide about, the oldest first, of each device the
    first fifty; only what those with this official's duties send. On the record.
    """
    hidden = [code for code, kind in item_kinds().items() if not acting.may(kind.duty)]
    audit.record(acting, "devices.open_items", detail=f"{place.kind} {place.number}")
    return _sql.of(OpenItem).all(
        "open_items",
        place_kind=place.kind,
        place_id=place.number,
        hidden=hidden,
        of_each=_OF_EACH,
        most=most,
    )


def open_count(place: Place) -> int:
    """How many there are."""
    return _sql.all("open_count", place_kind=place.kind, place_id=place.number)[0]["items"]


def open_counts(kind: str, numbers: Collection[int]) -> dict[int, int]:
    """The same of each of these places of which there are any."""
    rows = _sql.all("open_counts", place_kind=kind, numbers=list(numbers))
    return {row["place_id"]: row["items"] for row in rows}


def remarked(acting: Acting, place: Place, most: int = 50) -> list[OpenItem]:
    """What was recorded of this place's devices in the last week of which something is to be seen, the latest
    first. On the record with `open_items`.
    """
    since = timezone.now() - dt.timedelta(days=7)
    return _sql.of(OpenItem).all(
        "remarked", place_kind=place.kind, place_id=place.number, since=since, most=most
    )


def remark_in_words(row: OpenItem) -> Words:
    """What is to be seen of something that was recorded."""
    kind = item_kinds().get(row["kind"])
    return kind.remarks.get(row["code"], row["code"]) if kind else row["code"]


def kind_in_words(code: str) -> Words:
    """What a kind of item is called."""
    kind = item_kinds().get(code)
    return kind.words if kind else code

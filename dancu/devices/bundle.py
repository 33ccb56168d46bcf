"""What devices carry: entries of parts, numbered by each change, so that a device asks only for what changed.

A part is compared with what it is made of when a device asks and nobody has looked for some seconds; what
differs gets the part's next number. docs/devices.md
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from dancu import modules
from dancu.credentials import actions as credentials
from dancu.credentials.errors import NoKey
from dancu.db.queries import Queries
from dancu.devices.enrolment import LEASE
from dancu.devices.errors import CutOff
from dancu.devices.rows import Device, StoredPart
from dancu.devices.values import NOWHERE, Place
from dancu.modules import BundlePart

_sql = Queries(__file__, "bundle.sql")

USAGE = "bundle"
_PLACE, _PARTS = 200, 201  # claims; 4 and 6 are CWT's (RFC 8392)
_GONE_KEPT = dt.timedelta(days=7)


@dataclass(frozen=True)
class PartChanges:
    """What has changed of a part since the device's number `since` (0: everything). `entries`: key, and its
    JSON text or None where it is gone.
    """

    since: int
    sequence: int
    entries: list[tuple[str, str | None]]


@dataclass(frozen=True)
class Bundle:
    """The manifest, signed, and what changed of each part."""

    manifest: bytes
    parts: dict[str, PartChanges]


def bundle(device: Device, have: Mapping[str, int]) -> Bundle:
    """What this device lacks that has these numbers of parts. Raises CutOff."""
    if device["cut_off_at"]:
        raise CutOff
    place = Place(device["place_kind"], device["place_id"])
    announced = modules.brought(lambda module: module.bundle)
    carried = {code: part for code, part in announced.items() if not part.places or place.kind in part.places}
    of = [NOWHERE if part.is_for_all else place for part in carried.values()]
    for (code, part), where in zip(carried.items(), of, strict=True):
        _refresh(code, part, where)
    stored = _sql.of(StoredPart).all(
        "changes",
        parts=list(carried),
        kinds=[each.kind for each in of],
        numbers=[each.number for each in of],
        have=[have.get(code, 0) for code in carried],
    )
    now = timezone.now()
    made_at = min([now, *(each["checked_at"] + carried[each["part"]].kept for each in stored)])
    claims = {
        4: int((now + LEASE).timestamp()),
        6: int(made_at.timestamp()),
        _PLACE: list(place),
        _PARTS: {each["part"]: [each["sequence"], bytes(each["digest"])] for each in stored},
    }
    return Bundle(_signed(claims), {each["part"]: _changes(each) for each in stored})


def forget_gone() -> None:
    """Entries that have been gone for a week are forgotten: whoever has not asked since gets everything."""
    with transaction.atomic():
        _sql.run("forget_gone", before=timezone.now() - _GONE_KEPT)


def digest_of(entries: Mapping[str, str]) -> bytes:
    """SHA-256 of all entries, by key in the order of UTF-16 code units."""
    keys = sorted(entries, key=lambda key: key.encode("utf-16-be"))
    return hashlib.sha256("".join(f"{key}\t{entries[key]}\n" for key in keys).encode()).digest()


def _signed(claims: dict[Any, Any]) -> bytes:
    """By the key for bundles, made with the first."""
    try:
        return credentials.sign(USAGE, claims)
    except NoKey:
        credentials.create_key(USAGE)
        return credentials.sign(USAGE, claims)


def _refresh(code: str, part: BundlePart, place: Place) -> None:
    """Whoever comes first compares; others meanwhile are given what stands."""
    of = {"part": code, "place_kind": place.kind, "place_id": place.number}
    if _sql.one("is_fresh", **of, since=timezone.now() - part.kept):
        return
    with transaction.atomic():
        is_new = _sql.run("add_part", **of, digest=digest_of({})) > 0
        if not is_new and not _sql.one("claim", **of, since=timezone.now() - part.kept):
            return
        now = timezone.now()
        content = modules.at(part.content)(place.kind, place.number)
        entries = {key: msgspec.json.encode(value).decode() for key, value in content.items()}
        changed = _sql.run("change", **of, keys=list(entries), texts=list(entries.values()), now=now)
        _sql.run("checked", **of, digest=digest_of(entries), now=now, step=1 if changed else 0)


def _changes(stored: StoredPart) -> PartChanges:
    entries = list(zip(stored["keys"], stored["texts"], strict=True))
    return PartChanges(stored["since"], stored["sequence"], entries)

"""Large pictures, which come in pieces over a bad network and are named by their hash. docs/devices.md"""

import datetime as dt
import hashlib
import re
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dancu.db.queries import Queries
from dancu.devices.errors import CutOff, NotHereYet, TooLargePicture, WrongHash
from dancu.devices.rows import Device, StoredPicture

_sql = Queries(__file__, "pictures.sql")

LARGEST = 8 << 20  # bytes
LARGEST_PIECE = 256 << 10
_MOST_WAITING = 50  # pictures of one device that no item has named yet
_HASH = re.compile("[0-9a-f]{64}")
_KEPT = dt.timedelta(days=7)


def named(text: str) -> bytes:
    """The hash by which a picture is named. Raises WrongHash where it is none."""
    if not _HASH.fullmatch(text):
        raise WrongHash
    return bytes.fromhex(text)


def have(device: Device, sha256: bytes) -> int:
    """How many bytes from the beginning are there."""
    found = _sql.of(StoredPicture).one("picture", device_id=device["device_id"], sha256=sha256)
    return found["have"] if found else 0


def add_piece(device: Device, sha256: bytes, begins: int, whole: int, content: bytes) -> int:
    """One piece, where it begins at what is there; how many bytes are there now. Raises TooLargePicture, also
    for too many at once; WrongHash where all are there and they are another picture's: none is then; CutOff.
    """
    if device["cut_off_at"]:
        raise CutOff
    if not 0 < whole <= LARGEST or len(content) > LARGEST_PIECE:
        raise TooLargePicture
    of = {"device_id": device["device_id"], "sha256": sha256}
    with transaction.atomic():
        if not _sql.run("begin", **of, bytes=whole, most=_MOST_WAITING) and not _sql.one("picture", **of):
            raise TooLargePicture
        there = _sql.of(StoredPicture).one("held", **of)
        assert there
        end = begins + len(content)
        if begins != there["have"] or not content or end > there["bytes"]:
            return there["have"]
        _sql.run("add_piece", **of, begins=begins, content=content)
        is_whole = end == there["bytes"]
        is_another = is_whole and hashlib.sha256(_joined(**of)).digest() != sha256
        if is_another:
            _sql.run("forget", **of)
        else:
            _sql.run("has", **of, have=end, is_whole=is_whole)
    if is_another:
        raise WrongHash
    return end


def picture(device_id: UUID, sha256: bytes) -> bytes:
    """A whole picture that this device sent, for who records what it belongs to: several things may be
    recorded with one, so it stays for a week. Raises NotHereYet.
    """
    found = _sql.of(StoredPicture).one("picture", device_id=device_id, sha256=sha256)
    if found is None or not found["is_whole"]:
        raise NotHereYet
    _sql.run("named", device_id=device_id, sha256=sha256)
    return _joined(device_id=device_id, sha256=sha256)


def forget_old() -> None:
    """What has been there for a week goes."""
    _sql.run("forget_old", before=timezone.now() - _KEPT)


def _joined(*, device_id: UUID, sha256: bytes) -> bytes:
    return b"".join(bytes(row["content"]) for row in _sql.all("pieces", device_id=device_id, sha256=sha256))

"""What is done with devices: the door of the room."""

from uuid import UUID

from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.devices import bundle as bundles
from dancu.devices import errors, pictures
from dancu.devices.enrolment import cut_off, enrol, make_code
from dancu.devices.inbox import deliver
from dancu.devices.pictures import add_piece
from dancu.devices.shifts import begin_shift, end_shifts
from dancu.devices.values import Place
from dancu.devices.wire import SyncAnswer, SyncRequest

__all__ = [
    "SyncAnswer",
    "SyncRequest",
    "add_piece",
    "begin_shift",
    "cut_off",
    "deliver",
    "end_shifts",
    "enrol",
    "make_code",
    "settle",
    "tidy",
]

_sql = Queries(__file__)
LONGEST_NOTE = 500


def settle(acting: Acting, place: Place, device_id: UUID, item_id: UUID, note: str) -> None:
    """Somebody has looked at what a device of this place sent and decided about it, as the note says. Raises
    NotOpen.
    """
    with transaction.atomic():
        if not _sql.run(
            "settle",
            device_id=device_id,
            item_id=item_id,
            by=acting.official_id,
            note=note.replace("\0", "").strip()[:LONGEST_NOTE],
            place_kind=place.kind,
            place_id=place.number,
        ):
            raise errors.NotOpen
        audit.record(acting, "devices.settled", detail=f"device {device_id}, item {item_id}")


def tidy() -> None:
    """The nightly work: what nobody needs any more is forgotten."""
    bundles.forget_gone()
    pictures.forget_old()

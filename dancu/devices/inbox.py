"""What devices send: each thing once, in any order and however often it comes, with an answer for each.

Each is one transaction, in which it is both recorded and written down as having come: whoever is killed in
between has done neither.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.devices import errors
from dancu.devices.enrolment import LEASE
from dancu.devices.kinds import ItemKind, item_kinds
from dancu.devices.problems import code_of, in_words
from dancu.devices.rows import Device, Gap, StoredItem
from dancu.devices.shifts import acting_in
from dancu.devices.values import Place, SentItem, in_iso
from dancu.devices.wire import Item, ItemAnswer, ItemHead, SyncAnswer, SyncRequest
from dancu.errors import TranslatedError
from dancu.values.ids import moment_of

_sql = Queries(__file__)
_log = logging.getLogger(__name__)

MOST = 200  # items a request
LARGEST = 64 << 10  # bytes of an item
_GAPS = 10
_AHEAD = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class _Outcome:
    """`outcome`: taken, kept or refused; `code`, `message`: why, or what is to be seen of what was taken."""

    outcome: str
    code: str = ""
    message: str = ""


def deliver(device: Device, sent: SyncRequest, address: str, request_id: str) -> SyncAnswer:
    """Take what a device sends, and renew its lease. Raises TooManyItems."""
    if len(sent.items) > MOST or any(len(bytes(item)) > LARGEST for item in sent.items):
        raise errors.TooManyItems
    now, items = timezone.now(), sorted(_readable(sent.items), key=lambda item: item.counter)
    _sql.run(
        "heard",
        device_id=device["device_id"],
        app=sent.app.replace("\0", "")[:40],
        made=max([sent.made, *(item.counter for item in items)]),
        waiting=sent.waiting,
        oldest_at=_of_our_time(sent.oldest),
        bundle_at=_of_our_time(sent.bundle_at),
        drift_ms=sent.drift,
        now=now,
        lease_until=now + LEASE,
        is_wiped=not sent.items and not sent.waiting,
    )
    answers = [_answer(device, item, address, request_id) for item in items]
    settled = sum(each.is_ != "later" for each in answers)
    stands = _sql.of(Device).all("answered", device_id=device["device_id"], settled=settled)[0]
    is_cut_off = stands["cut_off_at"] is not None
    missing = _missing(device["device_id"])
    lease = in_iso(stands["lease_until"])
    return SyncAnswer(in_iso(timezone.now()), lease, is_cut_off, missing, answers)


def _readable(items: Sequence[msgspec.Raw]) -> Iterator[Item | ItemHead]:
    """Each item, or its id and counter where no more can be read; what has not even these gets no answer."""
    for each in items:
        for kind in (Item, ItemHead):
            with suppress(msgspec.DecodeError, RecursionError):
                yield msgspec.json.decode(each, type=kind)
                break


def _answer(device: Device, item: Item | ItemHead, address: str, request_id: str) -> ItemAnswer:
    try:
        return _recorded(device, item, address, request_id)
    except errors.NotHereYet:
        return ItemAnswer(item.id, "later")
    except (OperationalError, InterfaceError) as gone:  # the database is busy, full or gone: it comes again
        _log.warning("item %s of device %s: %s", item.id, device["device_id"], type(gone).__name__)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return ItemAnswer(item.id, "later")
    except Exception:  # a fault of ours: it would come again for ever
        _log.exception("item %s of device %s", item.id, device["device_id"])
        return _recorded(device, item, address, request_id, errors.FailedHere())


@whole
def _recorded(
    device: Device,
    item: Item | ItemHead,
    address: str,
    request_id: str,
    failed: errors.FailedHere | None = None,
) -> ItemAnswer:
    """One item, and that it came. Whoever sends the same at this moment waits, and finds it; who cuts the
    device off meanwhile is known. `failed`: what happened when it was to be recorded before.
    """
    device_id = device["device_id"]
    (held,) = _sql.of(Device).all("one_at_a_time", device_id=device_id)
    sent = bytes(item.payload) if isinstance(item, Item) else b""
    digest = hashlib.sha256(sent).digest()
    if before := _sql.of(StoredItem).one("item", device_id=device_id, item_id=item.id):
        return _known(before, item, digest)
    told = _kept(failed) if failed else _taken(held, item, address, request_id)
    is_whole = isinstance(item, Item)
    _sql.run(
        "add_item",
        device_id=device_id,
        item_id=item.id,
        kind=item.kind.replace("\0", "")[:40] if is_whole else "",
        counter=item.counter,
        shift_id=item.shift if is_whole else None,
        at=_of_our_time(item.at if is_whole else None) or _of_our_time(moment_of(item.id)) or timezone.now(),
        digest=digest,
        outcome=told.outcome,
        code=told.code,
        payload=None if told.outcome == "taken" else sent.decode("utf-8", "replace"),
    )
    return ItemAnswer(item.id, told.outcome, told.code if told.outcome != "taken" else "", told.message)


def _known(before: StoredItem, item: Item | ItemHead, digest: bytes) -> ItemAnswer:
    if bytes(before["digest"]) != digest:
        problem = errors.OtherContent()
        return ItemAnswer(item.id, "refused", code_of(problem), str(problem))
    if before["outcome"] == "taken":
        return ItemAnswer(item.id, "known")
    return ItemAnswer(item.id, before["outcome"], before["code"], in_words(before["code"]))


def _of_our_time(at: dt.datetime | None) -> dt.datetime | None:
    """A moment that people can read; None for another."""
    return at if at and at.tzinfo and 2000 <= at.year <= 2100 else None


def _taken(device: Device, item: Item | ItemHead, address: str, request_id: str) -> _Outcome:
    """What becomes of an item that is new. What its kind wrote before it raised is not written."""
    try:
        if not isinstance(item, Item):
            raise errors.UnreadableItem
        kind = _kind(device, item)
        payload = _payload(kind, item)
        _check_device(device, item)
        acting = acting_in(device["device_id"], item.shift, item.at, kind.duty, address, request_id)
        sent = SentItem(device["device_id"], item.id, _place(device), acting, item.at)
        return _Outcome("taken", _take(kind, sent, payload))
    except errors.Unsendable as problem:
        return _Outcome("refused", code_of(problem), str(problem))
    except TranslatedError as problem:
        return _kept(problem)


def _kept(problem: TranslatedError) -> _Outcome:
    return _Outcome("kept", code_of(problem), str(problem))


def _take(kind: ItemKind, sent: SentItem, payload: msgspec.Struct) -> str:
    with transaction.atomic():
        return kind.take(sent, payload)


def _kind(device: Device, item: Item) -> ItemKind:
    at = moment_of(item.id)
    if at is None or item.at.tzinfo is None or abs(at - item.at) > dt.timedelta(milliseconds=1):
        raise errors.WrongItemId
    kind = item_kinds().get(item.kind)
    if kind is None:
        raise errors.UnknownItemKind
    if device["place_kind"] not in kind.places:
        raise errors.WrongPlace
    return kind


def _payload(kind: ItemKind, item: Item) -> msgspec.Struct:
    try:
        return kind.read(bytes(item.payload))
    except (msgspec.DecodeError, RecursionError):
        raise errors.UnreadableItem from None


def _check_device(device: Device, item: Item) -> None:
    if device["cut_off_at"] is not None:
        raise errors.SentByCutOff
    if item.at > timezone.now() + _AHEAD:
        raise errors.FromTheFuture
    if _sql.one("has_counter", device_id=device["device_id"], counter=item.counter):
        raise errors.CounterUsed


def _missing(device_id: UUID) -> list[tuple[int, int]]:
    """The first counters that never came."""
    _sql.run("came_up_to", device_id=device_id)
    gaps: Sequence[Gap] = _sql.of(Gap).all("gaps", device_id=device_id, most=_GAPS)
    return [(gap["first"], gap["last"]) for gap in gaps]


def _place(device: Device) -> Place:
    return Place(device["place_kind"], device["place_id"])

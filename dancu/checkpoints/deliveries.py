"""What was decided at a station while the network was gone, and is recorded when the device has it again
(docs/devices.md).

The officer saw the pass alone. So what was decided stands as it was decided, is never refused for want of a
reason, and ends no stop but those of this station in this shift to which nothing happened since: of others
nobody knew. What comes late changes nothing of what was decided after it: whom a later decision has let go
waits no more because the hold came after it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from uuid import UUID

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints import against, examining, groups, memory
from dancu.checkpoints.codes import pass_id_of
from dancu.checkpoints.crossings import add_crossing, check, held_at, recorded_before
from dancu.checkpoints.ending import end, end_stops
from dancu.checkpoints.errors import (
    DecidedOtherwise,
    ElsewhereThanDevice,
    NoSuchStation,
    NotProved,
    ReasonNeeded,
)
from dancu.checkpoints.incidents import report_incident
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import Reason, answers
from dancu.checkpoints.rows import JourneyKey, KnownCrossing, PassInFull
from dancu.checkpoints.stations import SHIFT, my_station
from dancu.checkpoints.telling import released_by, tell_communes
from dancu.checkpoints.vehicles import record_vehicle
from dancu.credentials.errors import CredentialError
from dancu.db.transactions import whole
from dancu.devices import lookups as devices
from dancu.devices.errors import NotHereYet
from dancu.devices.kinds import ItemKind
from dancu.devices.values import SentItem

Decision = Literal["through", "secondary", "back"]
Direction = Literal["in", "out"]
_UNPROVED = {"not_known", "altered", "unknown_key", "withdrawn_key", "unreadable", "unknown_pass"}
_PICTURE_AWAITED = dt.timedelta(days=7)


class DeliveredCrossing(msgspec.Struct):
    """A decision on a pass. `pass_`: its code; `text`: what was scanned, where the device itself read it, and
    the server has not seen it; `station`: where the officer was; `shown`: the colour that was seen,
    `ruled_by`: by which rule (Decision.brief) where the device itself gave it, and `status` what the code was
    worth there; `bundle_at`: how old what the device knew was; `vehicle`: the check of the one in
    which they sat with others.
    """

    pass_: str = msgspec.field(name="pass")
    decision: Decision
    direction: Direction
    text: str = ""
    station: int = 0
    reason_code: str = ""
    reason: str = ""
    about: Literal["", "positive", "contact", "symptoms", "none", "no_finding"] = ""
    plate: str = ""
    shown: str = ""
    status: str = ""
    ruled_by: str = ""
    bundle_at: dt.datetime | None = None
    vehicle: UUID | None = None


class DeliveredVehicle(msgspec.Struct):
    """How many sat in a vehicle whose passengers were decided on together. The item's id is the check's."""

    aboard: int
    direction: Direction
    plate: str = ""
    station: int = 0


class DeliveredIncident(msgspec.Struct):
    """A forged code. `kind` as of an incident; `picture`: the hash of a photograph that is sent beside."""

    kind: str
    decision: Decision
    code_text: str = ""
    station: int = 0
    note: str = ""
    plate: str = ""
    picture: str = ""


@whole
def take_crossing(sent: SentItem, told: DeliveredCrossing) -> str:
    """Record a decision that a device sends; the same once more changes nothing. Gives WOULD_STOP,
    WOULD_ASK or WOULD_LOOK where the server knew then what the officer did not: red, what letting through
    takes a reason for, or amber where the officer saw green. Raises BadPassCode, NotProved, NoSuchPass,
    NoSuchStation, ElsewhereThanDevice, ReasonNeeded, UnknownReason, BadCrossingId, TakenBack,
    DecidedOtherwise.
    """
    reason = Reason(told.reason_code, _clean(told.reason), told.about)
    check(told.decision, reason)
    if told.decision != "through" and not reason:
        raise ReasonNeeded
    station_id = _station(sent, told.station)
    pass_id = _proved(told)
    shown, crossed_at = held_at(sent.item_id, pass_id)
    if before := recorded_before(sent.item_id, crossed_at, pass_id):
        if before != told.decision:
            raise DecidedOtherwise
        return ""
    person = examining.whose(shown)
    known = memory.of_declaration(shown, person, station_id=station_id)
    then, known_then = _then(shown, crossed_at), _known_then(known, sent)
    judged = examining.judge(then, person, known_then, station_id, crossed_at)
    add_crossing(
        sent.acting,
        shown,
        crossing_id=sent.item_id,
        crossed_at=crossed_at,
        station_id=station_id,
        direction=told.direction,
        decision=told.decision,
        reason=reason,
        plate=_clean(told.plate)[:20],
        ruled_by=judged.ruled_by,
        vehicle_check=told.vehicle,
        against=against.on_a_device(told.decision, told.shown, judged),
    )
    ended = _ended(sent, shown, _known_here(known, station_id, sent), station_id, told.decision, reason)
    tell_communes(shown, *ended, *_went_on(sent, shown, known, station_id, told.decision))
    return against.knew_more(told.decision, told.shown, judged)


@whole
def take_vehicle(sent: SentItem, told: DeliveredVehicle) -> str:
    """Record how many sat in a vehicle; the same once more changes nothing. Raises NoSuchStation,
    ElsewhereThanDevice, NobodyAboard, BadCrossingId.
    """
    record_vehicle(
        sent.acting,
        check_id=sent.item_id,
        station_id=_station(sent, told.station),
        direction=told.direction,
        plate=_clean(told.plate)[:20],
        aboard=told.aboard,
    )
    return ""


@whole
def take_incident(sent: SentItem, told: DeliveredIncident) -> str:
    """Report a forged code that a device sends; the same once more changes nothing. Raises NoSuchStation,
    ElsewhereThanDevice, ReasonNeeded, UnknownReason, BadPicture, BadCrossingId, WrongHash; NotHereYet where
    its photograph is still to come.
    """
    station_id = _station(sent, told.station)
    sha256 = devices.named(told.picture) if told.picture else b""
    report_incident(
        sent.acting,
        incident_id=sent.item_id,
        station_id=station_id,
        kind=told.kind,
        decision=told.decision,
        reason=Reason("" if told.decision == "through" else "forged", _clean(told.note)),
        plate=_clean(told.plate)[:20],
        code_text=told.code_text,
        picture=_picture(sent, sha256),
    )
    return ""


CROSSING = ItemKind(
    "crossing",
    _("Decision at a checkpoint"),
    DeliveredCrossing,
    take_crossing,
    duty="scan",
    places=("station",),
    remarks={code: against.WORDS[code] for code in against.WOULD_HAVE},
)
VEHICLE = ItemKind(
    "vehicle",
    _("People in one vehicle at a checkpoint"),
    DeliveredVehicle,
    take_vehicle,
    duty="scan",
    places=("station",),
)
INCIDENT = ItemKind(
    "incident",
    _("Forged code at a checkpoint"),
    DeliveredIncident,
    take_incident,
    duty="scan",
    places=("station",),
)


def _station(sent: SentItem, where: int) -> int:
    """The device's, where it lies in the jurisdiction of whoever worked with it. `where`: the one that the
    officer's page was of. Raises NoSuchStation, ElsewhereThanDevice.
    """
    if sent.place.kind != "station":
        raise NoSuchStation
    if where not in (0, sent.place.number):
        raise ElsewhereThanDevice
    return my_station(sent.acting, sent.place.number)["station_id"]


def _proved(told: DeliveredCrossing) -> int:
    """Whose pass it is: what a code says of itself counts only with our signature; without its text only
    where the server itself had shown it. Raises BadPassCode, NotProved.
    """
    pass_id = pass_id_of(told.pass_)
    if not told.text:
        if told.status in _UNPROVED:
            raise NotProved
        return pass_id
    try:
        if pass_id not in groups.passes_in(told.text):
            raise NotProved
    except CredentialError:
        raise NotProved from None
    return pass_id


def _then(shown: PassInFull, at: dt.datetime) -> PassInFull:
    """The pass as it stood at that moment."""
    then = shown.copy()
    if then["revoked_at"] and then["revoked_at"] > at:
        then["revoked_at"] = None
    if then["superseded_at"] and then["superseded_at"] > at:
        then["superseded_at"] = None
    return then


def _is_later(row: KnownCrossing, sent: SentItem) -> bool:
    """Ids are in the order of their making also within a millisecond."""
    return (row["crossed_at"], row["crossing_id"]) > (sent.at, sent.item_id)


def _known_then(known: Memory, sent: SentItem) -> Memory:
    """What was on record at that moment of what is remembered."""
    return replace(
        known,
        crossings=[row for row in known.crossings if not _is_later(row, sent)],
        signs=[row for row in known.signs if row["declared_at"] <= sent.at],
    )


def _known_here(known: Memory, station_id: int, sent: SentItem) -> Memory:
    """Of whom an officer without the network may know: who was stopped at this station in this shift, and
    of whom nothing has been recorded since.
    """
    here = [
        row
        for row in known.crossings
        if row["station_id"] == station_id
        and sent.at - SHIFT < row["crossed_at"]
        and not _is_later(row, sent)
        and not (row["endings"] or row["handed_to"] or row["handed_note"] or row["ended_by"])
    ]
    return replace(known, crossings=here)


def _ended(
    sent: SentItem, shown: PassInFull, here: Memory, station_id: int, decision: str, reason: Reason
) -> Sequence[JourneyKey]:
    """What a decision ends. Who is let through without a reason waits no more, and is cleared of nothing.
    Returns the journeys that are told of it.
    """
    if decision != "through" or reason:
        return end_stops(sent.acting, shown, here, sent.item_id, sent.at, station_id, decision, reason)
    held = [stop for stop in here.stops if stop["sure"]]
    for stop in held:
        end(sent.acting, stop, station_id, reason, clears=False, by_crossing=sent.item_id)
    return held


def _went_on(
    sent: SentItem, shown: PassInFull, known: Memory, station_id: int, decision: str
) -> Sequence[JourneyKey]:
    """A hold that comes late is over where this station decided on its traveller since; the doubt is, as far
    as that decision answers it. Returns the journeys that are told of it.
    """
    later = [
        row
        for row in known.crossings
        if row["sure"] and row["station_id"] == station_id and _is_later(row, sent)
    ]
    if decision != "secondary" or not later:
        return []
    by = min(later, key=lambda row: (row["crossed_at"], row["crossing_id"]))
    why = Reason(by["reason_code"], by["reason"], by["about"])
    now_known = memory.of_declaration(shown, examining.whose(shown), station_id=station_id)
    stop = next(row for row in now_known.crossings if row["crossing_id"] == sent.item_id)
    end(
        replace(sent.acting, official_id=by["official_id"]),
        stop,
        station_id,
        why,
        clears=bool(why) and answers(stop, why, by["decision"]),
        by_crossing=by["crossing_id"],
    )
    return released_by(by["crossing_id"])


def _picture(sent: SentItem, sha256: bytes) -> bytes:
    """The photograph; none where it has not come within a week. Raises NotHereYet."""
    if not sha256:
        return b""
    try:
        return devices.picture(sent.device_id, sha256)
    except NotHereYet:
        if sent.at < timezone.now() - _PICTURE_AWAITED:
            return b""
        raise


def _clean(text: str) -> str:
    return text.replace("\0", "")

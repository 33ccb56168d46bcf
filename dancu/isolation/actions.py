"""What happens to people on the way to a commune."""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Unpack
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.isolation import strangers, sums
from dancu.isolation.asking import PARTS, REMEMBERED_FOR, today
from dancu.isolation.errors import AlreadyMet, NoSuchArrival, NotExpected
from dancu.isolation.health_policy import counts_until
from dancu.isolation.lookups import arrival
from dancu.isolation.rows import Arrival, DeclaredJourney, ExpectedJourney
from dancu.register import actions as register
from dancu.register.lookups import visible_areas
from dancu.text.folding import fold
from dancu.values.digits import clean_number
from dancu.values.phones import clean_phone

_sql = Queries(__file__)


@whole
def expect_arrival(
    *,
    state: str = "declared",
    tested_on: dt.date | None = None,
    person: Mapping[str, Any] | None = None,
    replaces: Sequence[UUID] = (),
    **journey: Unpack[ExpectedJourney],
) -> None:
    """Someone declared a journey: both communes see it from now on. Twice is the same as once.

    `number`: as declared, PIN, CMND or passport. `declarer_name`, `declarer_phone`: whoever declared for
    them. `vouched_by`: the official who keyed it in, 0 for the person who has signed in, None where nobody
    has shown to be them. `person`: the register's row of whom it recognised, or of whose the declared number
    is. `replaces`: the declarations whose place this one took. Whoever is surely the same traveller
    (matching/sameness.py) is the same person here. `state`: told_to_stay where they were given no pass,
    because they declared to be ill, with a test of `tested_on`. That is marked on all their arrivals. The
    journeys that were replaced are off, but for those that ended at a checkpoint, where somebody was held or
    turned back.
    """
    said: DeclaredJourney = {
        "birth_month": None,
        "birth_day": None,
        "companions": 0,
        "sex": 0,
        "vouched_by": None,
        "declarer_name": "",
        **journey,
        "name_key": fold(journey["full_name"]),
        "number": clean_number(journey.get("number", "")).upper(),
        "phone": clean_phone(journey["phone"]),
        "declarer_phone": clean_phone(journey.get("declarer_phone")),
    }
    kin, others = strangers.kin_of(said, person, replaces)
    hold_travellers(replaces, {kin, *others})
    strangers.join(kin, others)
    sums.note(_sql.all("withdraw_replaced", declaration_ids=list(replaces)))
    until = counts_until(said["warnings"], said["declared_at"], tested_on)
    is_new = _sql.run(
        "expect",
        **said,
        state=state,
        stranger=kin if said["person_id"] < 0 else 0,
        ill_until=max(until.values(), default=None),
        each_until=_as_json(until),
    )
    if is_new:
        sums.note([{**said, "before": None, "after": state}])
    _share(strangers.follow_decisions([kin]))


def hold_travellers(declaration_ids: Collection[UUID], whose: Collection[int] = ()) -> None:
    """Whatever else is told of those who declared these journeys, and of these people, waits until the
    transaction ends.

    What one journey tells is marked on all of its traveller's, so that two deeds write the same rows, each
    beginning with another one. Whoever writes any holds them all here first, at once and in one order; after
    people, passes and crossings, where those are held too.
    """
    _sql.run("hold", PARTS, declaration_ids=list(declaration_ids), whose=list(whose))


def note_standing(
    person_id: int,
    declaration_id: UUID,
    *,
    state: str,
    crossed_at: dt.datetime | None = None,
    crossed_by: int | None = None,
    station_id: int | None = None,
    plate: str = "",
    ended_as: str = "",
    declared: list[str] | None = None,
    found: Sequence[str] = (),
    found_at: dt.datetime | None = None,
    until: Mapping[str, dt.datetime] | None = None,
) -> None:
    """How far a journey is now by what happened on the road: they passed a station (`state` on_the_way), are
    held for a second check (held) or were turned back there (turned_back); it is off, as its pass was revoked
    (withdrawn); or nothing of this counts (declared).

    `crossed_by`: the official who recorded that. `ended_as`: how the waiting of those held ended, if it did,
    without a crossing (arrival.ended_as). `declared` (None: as before), `found`: the signs of an illness that
    were declared for it, each counting `until` then, and that stations found and nobody cleared, last at
    `found_at`; marked on all arrivals of the person, whom the caller has held. Who was met stays met.
    """
    warnings = None if declared is None else [*dict.fromkeys([*declared, *found])]
    moved = _sql.one(
        "move",
        PARTS,
        person_id=person_id,
        declaration_id=declaration_id,
        state=state,
        crossed_at=crossed_at,
        crossed_by=crossed_by,
        station_id=station_id,
        plate=plate,
        ended_as=ended_as,
        warnings=warnings,
        found=None if declared is None else list(found),
        found_at=found_at,
        each_until=None if until is None else _as_json(until),
        ill_until=max((until or {}).values(), default=None),
    )
    if moved:
        sums.note([moved])
    if moved and moved["warned"]:
        _share([moved["who"]])


@whole
def identify(from_id: int, to_id: int, declaration_id: UUID, *, outcome: str, differing: list[str]) -> None:
    """People have decided whose journey it is, or took that back: it stands under that person now, compared
    with the register so, and while that stands so does whatever else the same unknown one declared. It may
    have gone there with its declaration already.
    """
    taken = _sql.all("take", people=[from_id, to_id], declaration_id=declaration_id)
    changes = {"person_id": to_id, "outcome": outcome, "differing": differing}
    records = _held([json.loads(row["record"]) for row in taken])
    kins = sorted({record["stranger"] for record in records if record["stranger"] < 0})
    before = strangers.under(kins)
    _sql.run("put", rows=json.dumps([record | changes for record in records]))
    _share({from_id, to_id, *kins, *before, *strangers.follow_decisions(kins)})


@whole
def regroup(declaration_id: UUID, person: Mapping[str, Any] | None, replaces: Sequence[UUID]) -> None:
    """People have decided of whom of the register this journey is not, or took that back: with whose others
    it stands follows from that.

    `person`, `replaces`: as in `expect_arrival`. Of somebody whom the register recognised nothing changes.
    """
    row = _sql.of(Arrival).one("unknown", declaration_id=declaration_id)
    if row is None:
        return
    before, (kin, others) = row["stranger"], strangers.kin_of(row, person, replaces)
    hold_travellers([declaration_id, *replaces], {before, kin, *others})
    strangers.join(kin, others)
    if before != kin and max(before, kin) > 0:
        _sql.run("regroup", stranger=kin, person_id=row["person_id"], declaration_id=declaration_id)
        _share({before, *strangers.follow_decisions([kin])})


@whole
def share_again(*person_ids: int) -> None:
    """These people's records were made one, or were parted: what is declared of an illness is marked on the
    arrivals of whoever it is about now, and on nobody else's.
    """
    _share(person_ids)


@whole
def meet(acting: Acting, declaration_id: UUID, note: str = "") -> None:
    """The commune has met the person: this arrival is closed, and whatever else of theirs was due here by
    today or by its day.

    Raises NoSuchArrival (also outside the jurisdiction), AlreadyMet, NotExpected (turned back or cancelled).
    """
    if not _meet(acting, [declaration_id], note, str(declaration_id)):
        found, areas = arrival(acting, declaration_id), visible_areas(acting)
        if areas is not None and found["destination_area"] not in areas:
            raise NoSuchArrival
        raise AlreadyMet if found["met_at"] else NotExpected


@whole
def meet_many(acting: Acting, declaration_ids: Collection[UUID]) -> list[UUID]:
    """The same for many at once; returns those of `declaration_ids` that were closed now. What is not
    theirs, off or met already is not.
    """
    return _meet(acting, declaration_ids, "", f"{len(declaration_ids)} at once")


@whole
def undo_meeting(acting: Acting, declaration_id: UUID) -> None:
    """Marked by mistake: all that was closed by it goes back to the state before. Raises NoSuchArrival."""
    if not _undo(acting, [declaration_id], str(declaration_id)):
        raise NoSuchArrival


@whole
def undo_meetings(acting: Acting, declaration_ids: Collection[UUID]) -> list[UUID]:
    """The same for many at once; returns those of `declaration_ids` that went back now."""
    return _undo(acting, declaration_ids, f"{len(declaration_ids)} at once")


@whole
def write_note(acting: Acting, declaration_id: UUID, note: str) -> None:
    """What the commune writes down about an arrival, in place of what stood there. Raises NoSuchArrival."""
    noted = _sql.one("note", declaration_id=declaration_id, areas=visible_areas(acting), note=note.strip())
    if noted is None:
        raise NoSuchArrival
    audit.record(acting, "arrival.noted", [noted["person_id"]], detail=str(declaration_id))


def _held(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Arrivals that are about to be written anew, with the people whom they name held and by the ids that
    those have now.
    """
    named = ("stranger", "decided_as")
    now = register.hold_people({record[name] for record in records for name in named if record[name] > 0})
    return [record | {name: now.get(record[name], record[name]) for name in named} for record in records]


def _as_json(until: Mapping[str, dt.datetime]) -> str:
    return json.dumps({sign: end.isoformat() for sign, end in until.items()})


def _share(whose: Collection[int]) -> None:
    _sql.run("share_warnings", PARTS, whose=sorted(whose), remembered_for=REMEMBERED_FOR)


def _meet(acting: Acting, declaration_ids: Collection[UUID], note: str, detail: str) -> list[UUID]:
    met = _sql.all(
        "meet",
        PARTS,
        declarations=list(declaration_ids),
        areas=visible_areas(acting),
        met_by=acting.official_id,
        note=note,
        today=today(),
        now=timezone.now(),
    )
    return _recorded(acting, "arrival.met", met, detail)


def _undo(acting: Acting, declaration_ids: Collection[UUID], detail: str) -> list[UUID]:
    undone = _sql.all("unmeet", PARTS, declarations=list(declaration_ids), areas=visible_areas(acting))
    return _recorded(acting, "arrival.met_undone", undone, detail)


def _recorded(acting: Acting, action: str, rows: list[dict[str, Any]], detail: str) -> list[UUID]:
    """They are counted, and each person's is on the record; of nobody nothing is."""
    sums.note(rows)
    if rows:
        audit.record(acting, action, [row["person_id"] for row in rows], detail=detail)
    return [row["declaration_id"] for row in rows if row["pressed"]]

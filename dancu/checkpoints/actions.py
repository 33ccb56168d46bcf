"""Declaring a journey, and passing a station. Each is one transaction, and the same id is always the same row."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints import health_policy, lookups, passes
from dancu.checkpoints.codes import new_pass_id
from dancu.checkpoints.errors import AlreadyRevoked, BadCrossingId, NoSuchPass, NoSuchStation, ReasonNeeded
from dancu.checkpoints.identifying import ask_about_doubtful, follow, identity_of
from dancu.checkpoints.journeys import Journey, subject_of, tidy_plate
from dancu.checkpoints.superseding import NOBODY, Sender, hold_traveller, supersede
from dancu.db.queries import Queries
from dancu.isolation import actions as isolation
from dancu.matching.lookups import Comparison, Outcome, identify

__all__ = [
    "Declared",
    "Sender",
    "ask_about_doubtful",
    "close_station",
    "compare",
    "declare",
    "declare_and_let_through",
    "follow",
    "open_station",
    "record_crossing",
    "revoke_pass",
]

_sql = Queries(__file__)

_HELD = {"held": _sql.text("held").split("\n", 1)[1]}
_STATES = {"through": "on_the_way", "secondary": "held", "back": "turned_back"}


@dataclass(frozen=True)
class Declared:
    """A declaration that was taken: its pass, and how it compared with the register.

    A traveller who declares to be ill may be given none: then `pass_id` is 0, and there is neither a code nor an end. `marked`: the pass
    does not show that its traveller is well.
    """

    person_id: int
    declaration_id: UUID
    pass_id: int
    outcome: Outcome
    qr_text: str
    expires_at: dt.datetime | None
    marked: bool = False

    @property
    def withheld(self) -> bool:
        return not self.pass_id


def compare(journey: Journey, by_official: bool = False) -> Comparison:
    """How the declared identity compares with the register. Nothing is stored."""
    return identify(identity_of(vars(journey), journey.birth), by_official)


@transaction.atomic
def declare(journey: Journey, declaration_id: UUID, acting: Acting | None = None, sender: Sender = NOBODY) -> Declared:
    """Take a declaration: compare it with the register, sign a pass valid 72 hours, tell both communes.

    Who declares to be ill is given a marked pass or none, by the policy of the day; an officer who keys it in decides on the spot, and
    needs its pass. Older passes of the same traveller for the same journey no longer count.
    The same `declaration_id` again gives the same answer, whatever it holds then. `acting`: the officer who keyed it in; `sender`: which
    citizen sends it, as far as that is known.
    """
    _sql.one("claim_declaration", key=declaration_id.int >> 64 & ((1 << 63) - 1) ^ declaration_id.int & ((1 << 63) - 1))
    if known := _taken(declaration_id):
        return known
    comparison = compare(journey, by_official=acting is not None)
    person_id = (
        comparison.person.person_id if comparison.person and comparison.outcome.agrees else subject_of(declaration_id)
    )
    hold_traveller(journey, person_id)
    now, answer = timezone.now(), health_policy.on(timezone.localdate()).answer(journey)
    withheld = answer == health_policy.WITHHOLD and acting is None
    _sql.run("add_declaration", **_columns(journey), person_id=person_id, declaration_id=declaration_id, declared_at=now,
             official_id=acting.official_id if acting else None, outcome=comparison.outcome, levels=json.dumps(comparison.levels),
             doubtful=comparison.doubtful)  # fmt: skip
    is_own = acting is not None or person_id == sender.person_id
    supersede(journey, declaration_id, sender, person_id=person_id if person_id > 0 and is_own else 0)
    pass_id, qr_text = 0, ""
    if not withheld:
        pass_id = new_pass_id()
        qr_text = passes.seal(pass_id, journey, comparison.outcome.agrees, now)
        _sql.run("add_pass", person_id=person_id, pass_id=pass_id, declaration_id=declaration_id, issued_at=now,
                 expires_at=now + passes.VALID_FOR, qr_text=qr_text, marked=bool(answer))  # fmt: skip
    isolation.expect_arrival(
        person_id=person_id, declaration_id=declaration_id, declared_at=now, arrives_on=journey.arrives_on,
        origin_area=journey.origin_area, destination_area=journey.destination_area, birth_year=journey.birth.year,
        outcome=comparison.outcome, differing=list(comparison.differing), warnings=journey.warnings, full_name=journey.full_name,
        phone=journey.phone, destination_detail=journey.destination_detail, plate=journey.plate,
        state="told_to_stay" if withheld else "declared",
    )  # fmt: skip
    if acting:
        audit.record(acting, "declaration.keyed_in", [person_id], detail=str(declaration_id))
    elif person_id > 0:
        audit.record_system("declaration.compared", [person_id], detail=str(declaration_id), purpose="passage")
    expires_at = None if withheld else now + passes.VALID_FOR
    return Declared(
        person_id, declaration_id, pass_id, comparison.outcome, qr_text, expires_at, marked=bool(pass_id and answer)
    )  # fmt: skip


@transaction.atomic
def record_crossing(
    acting: Acting,
    *,
    crossing_id: UUID,
    pass_id: int,
    station_id: int,
    direction: str,
    decision: str,
    reason: str = "",
    plate: str = "",
) -> bool:
    """Someone passed ('through'), was held for a second check ('secondary') or turned back ('back'). False: it was recorded before.

    The crossing's time is the time in its id (UUIDv7). A reason is needed for all but letting through, and for that too where the
    verdict is to stop. Raises NoSuchPass, NoSuchStation, ReasonNeeded, BadCrossingId (also where another pass has this id).
    """
    if decision != "through" and not reason.strip():
        raise ReasonNeeded
    shown = _held(pass_id)
    crossed_at, plate = _time_in(crossing_id), tidy_plate(plate) or shown["plate"]
    if lookups.crossing(pass_id, crossing_id):
        return False
    if not reason.strip() and lookups.must_stop(shown, station_id, crossed_at):
        raise ReasonNeeded
    added = _sql.run(
        "add_crossing", person_id=shown["person_id"], crossed_at=crossed_at, crossing_id=crossing_id, pass_id=pass_id,
        declaration_id=shown["declaration_id"], official_id=acting.official_id, station_id=station_id, direction=direction,
        origin_area=shown["origin_area"], destination_area=shown["destination_area"], decision=decision, reason=reason.strip(),
        vehicle=shown["vehicle"], plate=plate,
    )  # fmt: skip
    if not added:  # recorded this very moment, or this person's crossing with another pass
        if not lookups.crossing(pass_id, crossing_id):
            raise BadCrossingId
        return False
    isolation.note_crossing(
        shown["person_id"], shown["declaration_id"], state=_STATES[decision], crossed_at=crossed_at, station_id=station_id, plate=plate
    )  # fmt: skip
    audit.record(acting, f"crossing.{decision}", [shown["person_id"]], detail=f"station {station_id}")
    return True


@transaction.atomic
def declare_and_let_through(
    journey: Journey, acting: Acting, *, declaration_id: UUID, crossing_id: UUID, station_id: int, direction: str
) -> Declared:
    """An officer keys in a journey and lets the traveller through: pass and crossing, both or none, and both once.

    Raises BadCrossingId, and ReasonNeeded where the declared identity disagrees with the register.
    """
    declared = declare(journey, declaration_id, acting)
    record_crossing(
        acting, crossing_id=crossing_id, pass_id=declared.pass_id, station_id=station_id, direction=direction, decision="through"
    )  # fmt: skip
    return declared


@transaction.atomic
def revoke_pass(pass_id: int, reason: str, acting: Acting | None = None) -> None:
    """The pass no longer counts; the journey is off. By an official, or (acting None) by the citizen. Raises NoSuchPass, AlreadyRevoked."""
    shown = _held(pass_id)
    official = acting.official_id if acting else 0
    if not _sql.run("revoke", person_id=shown["person_id"], pass_id=pass_id, revoked_by=official, reason=reason):
        raise AlreadyRevoked
    isolation.withdraw(shown["person_id"], shown["declaration_id"])
    if acting:
        audit.record(acting, "pass.revoked", [shown["person_id"]], detail=str(shown["declaration_id"]))


def open_station(name: str, area_id: int, latitude: float, longitude: float, road: str = "") -> int:
    """Open a station, or change the particulars of the one of that name; returns its id."""
    row = _sql.one("add_station", name=name, road=road, area_id=area_id, latitude=latitude, longitude=longitude)
    return (row or {})["station_id"]


def close_station(station_id: int) -> None:
    """No officer takes the station any more; what was recorded there stays. Raises NoSuchStation, also where it is closed already."""
    if not _sql.run("close_station", station_id=station_id):
        raise NoSuchStation


def _held(pass_id: int) -> dict[str, Any]:
    """The pass in full, which stays under its person until the transaction ends. Raises NoSuchPass.

    Asked twice: whoever waited for a steward's decision to be followed finds it gone, and then under the person decided on.
    """
    for _before_and_after in range(2):
        if shown := _sql.one("pass_in_full", _HELD, pass_id=pass_id):
            return shown
    raise NoSuchPass


def _taken(declaration_id: UUID) -> Declared | None:
    known = _sql.one("declaration", declaration_id=declaration_id)
    if known is None:
        return None
    issued = _sql.one("pass_of_declaration", declaration_id=declaration_id)
    outcome = Outcome(known["told_outcome"])
    if issued is None:
        return Declared(known["person_id"], declaration_id, 0, outcome, "", None)
    return Declared(
        known["person_id"],
        declaration_id,
        issued["pass_id"],
        outcome,
        issued["qr_text"],
        issued["expires_at"],
        issued["marked"],
    )


def _columns(journey: Journey) -> dict[str, Any]:
    values = asdict(journey)
    birth = values.pop("birth")
    return values | {
        "birth_year": birth["year"], "birth_month": birth["month"], "birth_day": birth["day"],
        "symptoms": list(journey.symptoms), "plate": tidy_plate(journey.plate),
    }  # fmt: skip


def _time_in(crossing_id: UUID) -> dt.datetime:
    """The time in a UUIDv7 (RFC 9562, 5.7: milliseconds since 1970 in the first 48 bits)."""
    if crossing_id.version != 7:
        raise BadCrossingId
    try:
        at = dt.datetime.fromtimestamp((crossing_id.int >> 80) / 1000, dt.UTC)
    except (ValueError, OverflowError):  # after the year 9999
        raise BadCrossingId from None
    if not timezone.now() - dt.timedelta(days=30) < at < timezone.now() + dt.timedelta(minutes=10):
        raise BadCrossingId
    return at

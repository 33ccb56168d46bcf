"""What is done at a checkpoint and before it: the door of the room. Each is one transaction, and the same id
is always the same row.
"""

from collections.abc import Collection
from uuid import UUID

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints.crossings import held_pass, record_crossing, release
from dancu.checkpoints.declaring import IssuedPass, compare, declare, declare_and_let_through
from dancu.checkpoints.errors import AlreadyRevoked, NoSuchStation, UnknownReason
from dancu.checkpoints.hand_over import hand_over, take_over
from dancu.checkpoints.identifying import ask_about_doubtful, follow
from dancu.checkpoints.incidents import end_incident, report_incident
from dancu.checkpoints.overrides import review_override
from dancu.checkpoints.parted import regrouped
from dancu.checkpoints.parting import parted
from dancu.checkpoints.queues import tap_queue
from dancu.checkpoints.reasons import KEYED_IN, Reason, reasons_to_revoke
from dancu.checkpoints.superseding import (
    Sender,
    lift,
)
from dancu.checkpoints.telling import tell_communes
from dancu.checkpoints.undoing import correct_crossing, take_back, undo_crossing
from dancu.checkpoints.vehicles import record_vehicle
from dancu.db.queries import Queries
from dancu.db.transactions import whole

__all__ = [
    "IssuedPass",
    "Reason",
    "Sender",
    "ask_about_doubtful",
    "close_station",
    "compare",
    "correct_crossing",
    "declare",
    "declare_and_let_through",
    "end_incident",
    "follow",
    "hand_over",
    "open_station",
    "parted",
    "record_crossing",
    "record_vehicle",
    "regrouped",
    "release",
    "report_incident",
    "review_override",
    "revoke_pass",
    "take_over",
    "tap_queue",
    "undo_crossing",
]

_sql = Queries(__file__)


@whole
def revoke_pass(
    pass_id: int,
    reason: str = "",
    acting: Acting | None = None,
    *,
    reason_code: str = "",
    taken_back: Collection[UUID] = (),
) -> None:
    """The pass no longer counts; the journey is off. By an official, or (acting None) by the citizen, also
    after an official did.

    What was keyed in by mistake counts nowhere; what was decided with it stands, but for what this official
    says (`taken_back`: their own crossings of the shift) was about somebody else. Raises NoSuchPass,
    AlreadyRevoked, UnknownReason (also where a citizen's own declaration is said to have been keyed in),
    TooLateToCorrect.
    """
    shown = held_pass(pass_id)
    if reason_code and reason_code not in reasons_to_revoke(shown):
        raise UnknownReason
    official = acting.official_id if acting else 0
    if not _sql.run(
        "revoke",
        person_id=shown["person_id"],
        pass_id=pass_id,
        revoked_by=official,
        reason_code=reason_code,
        reason=reason,
    ):
        if acting is None and _sql.run("withdraw", person_id=shown["person_id"], pass_id=pass_id):
            return
        raise AlreadyRevoked
    # What was keyed in for somebody else says nothing of this person, nor does it take the place of what they
    # declared.
    replaced = lift(shown) if reason_code == KEYED_IN else []
    if acting and reason_code == KEYED_IN:
        for crossing_id in taken_back:
            take_back(acting, crossing_id, pass_id)
    tell_communes(shown, *replaced)
    if acting:
        audit.record(acting, "pass.revoked", [shown["person_id"]], detail=str(shown["declaration_id"]))


def open_station(name: str, area_id: int, latitude: float, longitude: float, road: str = "") -> int:
    """Open a station, or change the particulars of the one of that name; returns its id."""
    (row,) = _sql.all(
        "add_station", name=name, road=road, area_id=area_id, latitude=latitude, longitude=longitude
    )
    return row["station_id"]


def close_station(station_id: int) -> None:
    """No officer takes the station any more; what was recorded there stays. Raises NoSuchStation, also
    where it is closed already.
    """
    if not _sql.run("close_station", station_id=station_id):
        raise NoSuchStation

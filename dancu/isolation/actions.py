"""What happens to people on the way to a commune."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.isolation.errors import AlreadyMet, NoSuchArrival
from dancu.isolation.lookups import arrival
from dancu.register.lookups import visible_areas

_sql = Queries(__file__)


def expect_arrival(*, state: str = "declared", **journey: Any) -> None:
    """Someone declared a journey: both communes see it from now on. Twice is the same as once. Columns: isolation/migrations.

    `state`: told_to_stay where they were given no pass, because they declared to be ill.
    """
    _sql.run("expect", name_key=fold(journey["full_name"]), state=state, **journey)


def note_crossing(
    person_id: int, declaration_id: UUID, *, state: str, crossed_at: dt.datetime, station_id: int, plate: str
) -> None:
    """They passed a station (`state` on_the_way), were held for a second check (held) or turned back (turned_back)."""
    _sql.run(
        "move", person_id=person_id, declaration_id=declaration_id, state=state, crossed_at=crossed_at, station_id=station_id, plate=plate
    )  # fmt: skip


def withdraw(person_id: int, declaration_id: UUID) -> None:
    """The journey is off: its pass was revoked."""
    _sql.run("withdraw", person_id=person_id, declaration_id=declaration_id)


def withdraw_replaced(person_ids: list[int], declaration_ids: list[UUID]) -> None:
    """These journeys were declared anew. Those that ended at a checkpoint, where somebody was held or turned back, stay as they are."""
    _sql.run("withdraw_replaced", person_ids=person_ids, declaration_ids=declaration_ids)


def identify(from_id: int, to_id: int, declaration_id: UUID, *, outcome: str, differing: list[str]) -> None:
    """People have decided whose journey it is, or took that back: it stands under that person now, compared with the register so."""
    taken = _sql.all("take", person_id=from_id, declaration_id=declaration_id)
    changes = {"person_id": to_id, "outcome": outcome, "differing": differing}
    _sql.run("put", rows=json.dumps([json.loads(row["record"]) | changes for row in taken]))


@transaction.atomic
def meet(acting: Acting, declaration_id: UUID, note: str = "") -> None:
    """The commune has met the person. Raises NoSuchArrival (also outside the jurisdiction), AlreadyMet."""
    areas = visible_areas(acting)
    met = _sql.one("meet", declaration_id=declaration_id, areas=areas, met_by=acting.official_id, note=note)
    if met is None:
        found = arrival(acting, declaration_id)
        raise AlreadyMet if found["met_at"] else NoSuchArrival
    audit.record(acting, "arrival.met", [met["person_id"]], detail=str(declaration_id))


@transaction.atomic
def undo_meeting(acting: Acting, declaration_id: UUID) -> None:
    """Marked by mistake: back to the state before. Raises NoSuchArrival."""
    undone = _sql.one("unmeet", declaration_id=declaration_id, areas=visible_areas(acting))
    if undone is None:
        raise NoSuchArrival
    audit.record(acting, "arrival.met_undone", [undone["person_id"]], detail=str(declaration_id))


@transaction.atomic
def write_note(acting: Acting, declaration_id: UUID, note: str) -> None:
    """What the commune writes down about an arrival, in place of what stood there. Raises NoSuchArrival."""
    noted = _sql.one("note", declaration_id=declaration_id, areas=visible_areas(acting), note=note.strip())
    if noted is None:
        raise NoSuchArrival
    audit.record(acting, "arrival.noted", [noted["person_id"]], detail=str(declaration_id))

"""What happens to people on the way to a commune."""

import datetime as dt
import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.isolation.asking import PARTS, today
from dancu.isolation.errors import AlreadyMet, NoSuchArrival, NotExpected
from dancu.isolation.lookups import arrival
from dancu.register.lookups import visible_areas
from dancu.register.numbers import clean_number
from dancu.register.phones import clean_phone, phone_forms

_sql = Queries(__file__)


_NOT_SAID: dict[str, Any] = {
    "number": "",
    "birth_month": None,
    "birth_day": None,
    "companions": 0,
    "declarer_name": "",
    "declarer_phone": "",
}


@transaction.atomic
def expect_arrival(*, state: str = "declared", **journey: Any) -> None:
    """Someone declared a journey: both communes see it from now on. Twice is the same as once. Columns: isolation/migrations.

    `number`: as declared, PIN, CMND or passport. `declarer_name`, `declarer_phone`: whoever declared for them. Somebody whom the register does not know is the same person as whoever declared that
    number before under the same name or birth date; anybody is who declared the same name, birth date and telephone before. `state`:
    told_to_stay where they were given no pass, because they declared to be ill. That is marked on all their arrivals.
    """
    said = _NOT_SAID | journey
    said |= {
        "name_key": fold(said["full_name"]),
        "number": clean_number(said["number"]).upper(),
        "phone": clean_phone(said["phone"]),
    }
    whose = _whose(said)
    _sql.run("expect", **said, state=state, stranger=whose if said["person_id"] < 0 else 0)
    _sql.run("share_warnings", PARTS, whose=[whose])


def hold_journey(person_id: int, declaration_id: UUID) -> None:
    """Whatever else moves this journey on waits until the transaction ends."""
    _sql.one("hold", person_id=person_id, declaration_id=declaration_id)


def note_standing(
    person_id: int,
    declaration_id: UUID,
    *,
    state: str,
    crossed_at: dt.datetime | None = None,
    station_id: int | None = None,
    plate: str = "",
    ended_as: str = "",
    warnings: list[str] | None = None,
) -> None:
    """How far a journey is now by what happened on the road: they passed a station (`state` on_the_way), are held for a second check (held)
    or were turned back there (turned_back); it is off, as its pass was revoked (withdrawn); or nothing of this counts (declared).

    `ended_as`: how the waiting of those held ended, if it did, without a crossing (arrival.ended_as). `warnings`: the signs of an illness that
    were declared for it, and found at a station; marked on all arrivals of the person. Who was met stays met.
    """
    moved = _sql.one(
        "move", PARTS, person_id=person_id, declaration_id=declaration_id, state=state, crossed_at=crossed_at, station_id=station_id,
        plate=plate, ended_as=ended_as, warnings=warnings,
    )  # fmt: skip
    if moved and moved["warned"]:
        _sql.run("share_warnings", PARTS, whose=[moved["who"]])


def withdraw_replaced(person_ids: list[int], declaration_ids: list[UUID]) -> None:
    """These journeys were declared anew. Those that ended at a checkpoint, where somebody was held or turned back, stay as they are."""
    _sql.run("withdraw_replaced", person_ids=person_ids, declaration_ids=declaration_ids)


@transaction.atomic
def identify(from_id: int, to_id: int, declaration_id: UUID, *, outcome: str, differing: list[str]) -> None:
    """People have decided whose journey it is, or took that back: it stands under that person now, compared with the register so.

    It may have gone there with its declaration already.
    """
    taken = _sql.all("take", people=[from_id, to_id], declaration_id=declaration_id)
    changes = {"person_id": to_id, "outcome": outcome, "differing": differing}
    records = [json.loads(row["record"]) for row in taken]
    _sql.run("put", rows=json.dumps([record | changes for record in records]))
    _sql.run("share_warnings", PARTS, whose=sorted({from_id, to_id} | {record["stranger"] for record in records} - {0}))


@transaction.atomic
def share_again(*person_ids: int) -> None:
    """These people's records were made one, or were parted: what is declared of an illness is marked on the arrivals of whoever it is about now,
    and on nobody else's.
    """
    _sql.run("share_warnings", PARTS, whose=sorted(person_ids))


@transaction.atomic
def meet(acting: Acting, declaration_id: UUID, note: str = "") -> None:
    """The commune has met the person: this arrival is closed, and whatever else of theirs was due here by today or by its day.

    Raises NoSuchArrival (also outside the jurisdiction), AlreadyMet, NotExpected (turned back or cancelled).
    """
    if not _meet(acting, [declaration_id], note, str(declaration_id)):
        found, areas = arrival(acting, declaration_id), visible_areas(acting)
        if areas is not None and found["destination_area"] not in areas:
            raise NoSuchArrival
        raise AlreadyMet if found["met_at"] else NotExpected


@transaction.atomic
def meet_many(acting: Acting, declaration_ids: Collection[UUID]) -> list[UUID]:
    """The same for many at once; returns those of `declaration_ids` that were closed now. What is not theirs, off or met already is not."""
    return _meet(acting, declaration_ids, "", f"{len(declaration_ids)} at once")


@transaction.atomic
def undo_meeting(acting: Acting, declaration_id: UUID) -> None:
    """Marked by mistake: all that was closed by it goes back to the state before. Raises NoSuchArrival."""
    if not _undo(acting, [declaration_id], str(declaration_id)):
        raise NoSuchArrival


@transaction.atomic
def undo_meetings(acting: Acting, declaration_ids: Collection[UUID]) -> list[UUID]:
    """The same for many at once; returns those of `declaration_ids` that went back now."""
    return _undo(acting, declaration_ids, f"{len(declaration_ids)} at once")


@transaction.atomic
def write_note(acting: Acting, declaration_id: UUID, note: str) -> None:
    """What the commune writes down about an arrival, in place of what stood there. Raises NoSuchArrival."""
    noted = _sql.one("note", declaration_id=declaration_id, areas=visible_areas(acting), note=note.strip())
    if noted is None:
        raise NoSuchArrival
    audit.record(acting, "arrival.noted", [noted["person_id"]], detail=str(declaration_id))


def _meet(acting: Acting, declaration_ids: Collection[UUID], note: str, detail: str) -> list[UUID]:
    met = _sql.all(
        "meet", PARTS, declarations=list(declaration_ids), areas=visible_areas(acting), met_by=acting.official_id, note=note, today=today(),
        now=timezone.now(),
    )  # fmt: skip
    return _recorded(acting, "arrival.met", met, detail)


def _undo(acting: Acting, declaration_ids: Collection[UUID], detail: str) -> list[UUID]:
    undone = _sql.all("unmeet", PARTS, declarations=list(declaration_ids), areas=visible_areas(acting))
    return _recorded(acting, "arrival.met_undone", undone, detail)


def _recorded(acting: Acting, action: str, rows: list[dict[str, Any]], detail: str) -> list[UUID]:
    """Each person's is on the record; of nobody nothing is."""
    if rows:
        audit.record(acting, action, [row["person_id"] for row in rows], detail=detail)
    return [row["declaration_id"] for row in rows if row["pressed"]]


def _whose(said: dict[str, Any]) -> int:
    """The id that stands for who declared this: the person's, or of somebody unknown the first that they declared under, which is a
    person's where the register recognised them another time. Where two unknown people turn out to be one, they are joined.
    """
    own = said["person_id"]
    _sql.all("claim", shared=[said["number"], said["phone"], f"person {own}"])
    number = said["number"] if own < 0 else ""  # a number of the register may be somebody else's to tell
    asked = said | {"number": number, "phones": phone_forms(said["phone"])}
    found = _sql.all("known", PARTS, **asked)
    known = list(
        dict.fromkeys(row["who"] for row in found if row["is_same"] or _same_name(row["full_name"], said["full_name"]))
    )
    people = {one for one in known if one > 0}
    if said["birth_day"] is None:  # the year alone is not enough to take somebody for a person of the register
        known, people = [one for one in known if own < 0 and one < 0], set()
    if own > 0:
        whose = own
    else:
        unknown = [one for one in known if one < 0]
        whose = people.pop() if len(people) == 1 else unknown[0] if unknown else own
    if others := [one for one in known if one < 0 and one != whose]:
        _sql.run("join_strangers", PARTS, stranger=whose, others=others)
    return whose


def _same_name(one: str, other: str) -> bool:
    """The same words but for marks and order, or one of them left out. Not a letter's slip: twins share telephone and birth date."""
    words, others = sorted((set(fold(name).split()) for name in (one, other)), key=len)
    return words == others or (len(words) > 1 and words < others)

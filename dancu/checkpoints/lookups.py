"""What an officer sees when a code is shown, and where people were seen."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TypedDict
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import lookups as audit_entries
from dancu.checkpoints.codes import pass_code, pass_id_of
from dancu.checkpoints.errors import NoSuchPass
from dancu.checkpoints.examining import Examination, examine, judge, pass_in_full, remembered_of, whose
from dancu.checkpoints.figures import station_counts
from dancu.checkpoints.hand_over import HandOver, hand_overs, left_over, to_take_over
from dancu.checkpoints.incidents import incidents, picture_of
from dancu.checkpoints.memory import Memory, of_declaration
from dancu.checkpoints.overrides import Override, overrides, who_overrode
from dancu.checkpoints.queues import StationQueue, queue
from dancu.checkpoints.reasons import in_words
from dancu.checkpoints.recovery import answering, only_a_test_answers, open_illnesses
from dancu.checkpoints.rows import (
    Declaration,
    DeclaredPass,
    ListedPass,
    PassInFull,
    Reasoned,
    RememberedCrossing,
    StoredPass,
)
from dancu.checkpoints.shift_figures import StationFigures, province_figures, station_figures
from dancu.checkpoints.stations import (
    SHIFT,
    all_stations,
    my_station,
    recent_crossings,
    recent_destinations,
    station,
    station_names,
    stations,
    waiting,
    waiting_count,
    with_reasons,
)
from dancu.checkpoints.superseding import replaced_by, would_replace
from dancu.checkpoints.travellers import Traveller, alike, count_keyed_in, identify
from dancu.checkpoints.under_way import JourneysUnderWay, journeys_under_way
from dancu.checkpoints.vehicles import passengers, vehicle_check
from dancu.db.queries import Queries
from dancu.isolation.health_policy import withholds
from dancu.values.phones import clean_phone

__all__ = [
    "SHIFT",
    "Examination",
    "HandOver",
    "JourneysUnderWay",
    "Override",
    "StationFigures",
    "StationQueue",
    "Traveller",
    "alike",
    "all_stations",
    "answering",
    "count_keyed_in",
    "decided_with",
    "declarations",
    "examine",
    "hand_overs",
    "identify",
    "incidents",
    "journeys_under_way",
    "judge",
    "left_over",
    "movements",
    "my_station",
    "only_a_test_answers",
    "open_illnesses",
    "overrides",
    "pass_code",
    "pass_id_of",
    "pass_in_full",
    "passengers",
    "passes_of",
    "picture_of",
    "province_figures",
    "queue",
    "recent_crossings",
    "recent_destinations",
    "remembered_of",
    "replaced_by",
    "station",
    "station_counts",
    "station_figures",
    "station_names",
    "stations",
    "to_take_over",
    "vehicle_check",
    "waiting",
    "waiting_count",
    "who_overrode",
    "whose",
    "withholds",
    "would_replace",
]

_sql = Queries(__file__)


class PressedCrossing(TypedDict):
    """A crossing of a pass as it was recorded."""

    crossing_id: UUID
    crossed_at: dt.datetime
    received_at: dt.datetime
    station_id: int
    direction: str
    decision: str
    reason_code: str
    reason: str
    about: str
    plate: str
    retracted: bool  # it was taken back since


class ArrivedPress(TypedDict):
    """What arrived of a press whose answer was lost."""

    pass_id: int | None  # None where no crossing arrived
    decision: str | None
    is_own: bool
    retracted: bool
    is_declared: bool  # what was keyed in with it arrived


class StandingDecision(Reasoned):
    """What was decided with a pass, and stands."""

    crossing_id: UUID
    crossed_at: dt.datetime
    decision: str
    station: str
    is_own: bool  # this officer recorded it within the shift


class StationSighting(Reasoned):
    """Where somebody was seen."""

    crossed_at: dt.datetime
    station_id: int
    station: str
    area_id: int  # the station's commune
    latitude: float
    longitude: float
    direction: str
    decision: str
    about: str
    vehicle: str
    plate: str
    origin_area: int
    destination_area: int
    declaration_id: UUID
    ended_as: str | None  # how a waiting ended without a crossing: code, words, when; None where it did not
    ended_note: str | None
    ended_at: dt.datetime | None


class ToldSighting(StationSighting):
    """The same in words."""

    ended: str  # "" where no waiting ended without a crossing


def handled(acting: Acting, pass_id: int) -> PassInFull:
    """The pass in full, if this officer examined it, keyed it in or recorded it within the shift. Raises
    NoSuchPass for any other.
    """
    shown, since = pass_in_full(pass_id), timezone.now() - SHIFT
    if shown and not _sql.one("handled", pass_id=pass_id, official_id=acting.official_id, since=since):
        examined = audit_entries.search(
            since,
            timezone.now(),
            official_id=acting.official_id,
            person_id=shown["person_id"],
            action="pass.examined",
            limit=1,
        )
        shown = shown if examined else None
    if shown is None:
        raise NoSuchPass
    return shown


def pass_of_declaration(declaration_id: UUID) -> PassInFull:
    """The pass a declaration was given, in full. Raises NoSuchPass."""
    found = _sql.of(StoredPass).one("pass_of_declaration", declaration_id=declaration_id)
    shown = pass_in_full(found["pass_id"]) if found else None
    if shown is None:
        raise NoSuchPass
    return shown


def crossing(pass_id: int, crossing_id: UUID) -> PressedCrossing | None:
    """One crossing of a pass, as it was recorded: what counts where two decisions were pressed for it."""
    return _sql.of(PressedCrossing).one("crossing_of_pass", pass_id=pass_id, crossing_id=crossing_id)


def arrived(acting: Acting, crossing_id: UUID, declaration_id: UUID | None = None) -> ArrivedPress:
    """What arrived of a press whose answer was lost: `decision` and `pass_id`, None where none did;
    `retracted`, and whether it `is_own`; `is_declared`: whether what was keyed in with it did. Nobody's data.
    """
    asked = {"official_id": acting.official_id, "crossing_id": crossing_id, "declaration_id": declaration_id}
    (found,) = _sql.of(ArrivedPress).all("arrived", **asked)
    return found


def last_stop(shown: PassInFull) -> RememberedCrossing | None:
    """Where the holder of a pass (in full) was stopped last and nobody cleared it, with any pass. The
    caller has examined it or recorded it.
    """
    return next((stop for stop in memory_of(shown).stops if stop["sure"]), None)


def memory_of(shown: PassInFull) -> Memory:
    """What is remembered of the holder of a pass (in full). The caller has examined it or recorded it."""
    return of_declaration(shown, whose(shown))


def decided_with(acting: Acting, pass_id: int) -> list[StandingDecision]:
    """What was decided with a pass and stands, latest first: rows with station, decision, reason in words,
    and `is_own` where this officer recorded it within the shift. The caller has it from `handled`.
    """
    rows = _sql.of(StandingDecision).all(
        "decided_with", pass_id=pass_id, official_id=acting.official_id, since=timezone.now() - SHIFT
    )
    return with_reasons(rows)


def count_doubtful() -> int:
    """How many declarations are still to be put before people, for the operator."""
    return _sql.all("count_doubtful")[0]["declarations"]


def passes_of(person_id: int) -> list[ListedPass]:
    """A person's passes, latest first, for the person themselves."""
    return _sql.of(ListedPass).all("passes_of_person", person_id=person_id)


def passes_declared(number: str, phone: str) -> list[DeclaredPass]:
    """The passes declared with this number and telephone, latest first, for one who has shown that the
    telephone is theirs.
    """
    if not (number and phone):
        return []
    return _sql.of(DeclaredPass).all("passes_declared", number=number, phone=clean_phone(phone))


def movements(person_ids: Collection[int], days: int = 30) -> list[ToldSighting]:
    """Where somebody was seen, latest first: of one unknown, under each of the ids they declared as; `ended`:
    how a waiting ended, in words.

    The caller has passed the jurisdiction filter and written the audit.
    """
    since = timezone.now() - dt.timedelta(days=days)
    rows = _sql.of(StationSighting).all("movements", person_ids=list(person_ids), since=since)
    return [
        {**row, "ended": in_words(row["ended_as"] or "", row["ended_note"] or "") if row["ended_at"] else ""}
        for row in with_reasons(rows)
    ]


def declarations(declaration_ids: Iterable[UUID]) -> dict[UUID, Declaration]:
    """What was declared, in full, by id. The caller has passed the jurisdiction filter and written the
    audit.
    """
    rows = _sql.of(Declaration).all("declarations", declaration_ids=list(declaration_ids))
    return {row["declaration_id"]: row for row in rows}

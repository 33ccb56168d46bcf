"""What rows of stations, declarations, passes, crossings and stops hold."""

import datetime as dt
from typing import NotRequired, TypedDict
from uuid import UUID


class Station(TypedDict):
    """Where officers stand."""

    station_id: int
    name: str
    road: str  # "" where none is named
    area_id: int  # the commune
    latitude: float  # degrees
    longitude: float
    closed_at: dt.datetime | None  # None while it is open


class JourneyKey(TypedDict):
    """Which journey: under whom it stands, and by which declaration."""

    person_id: int  # negative where the register recognised nobody
    declaration_id: UUID


class ToldTraveller(JourneyKey):
    """Who travels, as it was declared."""

    full_name: str
    birth_year: int
    birth_month: int | None  # None where it is not known
    birth_day: int | None
    sex: int  # 1 male, 2 female, 0 not stated
    number: str
    phone: str
    declarer_phone: str
    plate: str


class DeclaredSigns(TypedDict):
    """What was declared of an illness."""

    declared_at: dt.datetime
    full_name: str
    symptoms: list[str]  # codes of isolation/signs.py
    contact: bool
    test_kind: str  # "" where there was no test
    test_result: str
    tested_on: dt.date | None  # None where the day is not known


class Declaration(ToldTraveller, DeclaredSigns):
    """A declared journey: what was said, not what is so. Empty text: not stated."""

    official_id: int | None  # who keyed it in, where an officer did
    departs_on: dt.date
    arrives_on: dt.date
    home_area: int | None  # None where it was left open
    permanent_area: int | None
    origin_area: int
    destination_area: int
    companions: int
    doses: int | None  # None: not asked
    declared_by: str  # self, other, officer
    number_kind: str  # pin, cmnd, passport, none
    nationality: str
    home_detail: str
    permanent_detail: str
    origin_detail: str
    destination_detail: str
    reason: str
    reason_detail: str
    vehicle: str
    seat: str
    places: str
    declarer_name: str
    outcome: str  # how the identity compared with the register, as matching.Outcome has it
    levels: str  # and each field, by its name: JSON
    doubtful: bool  # still to be put before people
    told: str | None  # JSON: how its citizen was answered, where people decided otherwise since
    given_key: int  # the sound of the given name
    phone_agrees: bool  # declared with the telephone that the register held then


class AnsweredDeclaration(Declaration):
    """A declaration, with the answer that its citizen was given."""

    told_outcome: str


class StoredPass(JourneyKey):
    """A pass as it was signed."""

    pass_id: int
    issued_at: dt.datetime
    expires_at: dt.datetime
    qr_text: str
    marked: bool  # issued to somebody who declared signs of an illness
    tells: bool  # whether whoever declared may learn if the identity agrees with the register


class PassState(JourneyKey):
    """A pass, and what became of it."""

    pass_id: int
    issued_at: dt.datetime
    expires_at: dt.datetime
    full_name: str
    destination_area: int
    departs_on: dt.date
    revoked_at: dt.datetime | None
    withdrawn_at: dt.datetime | None  # by a citizen, also where an official had revoked it before
    superseded_at: dt.datetime | None  # the first time that a newer declaration took its place
    newer: list[UUID] | None  # which ones did, in their order; None where none did


class PassInFull(PassState, AnsweredDeclaration):
    """A pass with its declaration."""

    qr_text: str
    marked: bool  # see StoredPass
    tells: bool
    revoked_code: str | None  # why it was revoked, as a code and in words; None where it was not
    revoked_reason: str | None
    superseded_by: UUID | None  # the first of `newer`
    newer_at: list[dt.datetime] | None  # when each of `newer` took its place
    replaces: bool  # whether its declaration took the place of others


class ListedPass(PassState):
    """A pass in somebody's list."""

    origin_area: int


class DeclaredPass(ListedPass):
    """A pass that was looked for by number and telephone."""

    is_replaced_so: bool  # whether a declaration with the same two took its place


class ReplaceablePass(PassState):
    """A pass whose place a new declaration would take. `withdrawn_at` is None: such are not replaced."""

    birth_year: int


class Stop(TypedDict):
    """A decision, and why: what says of which illness a stop is, and what answers it (reasons.py)."""

    decision: str  # through, secondary, back
    reason_code: str
    reason: str  # what was written besides
    about: str  # of what illness that is: a code, "" where nobody said
    endings: list[str] | None  # how the waiting ended without a decision, each time: codes
    notes_about: list[str] | None  # as `about`, of what was written then


class Surety(TypedDict):
    """Whether what is remembered is surely this traveller's."""

    sure: bool
    of: str  # whose it may be: "number" or "name", see Memory


class DecidedCrossing(JourneyKey):
    """A crossing: what was decided there, and why (see Stop)."""

    crossing_id: UUID
    crossed_at: dt.datetime
    pass_id: int
    station_id: int
    direction: str  # in, out
    decision: str
    reason_code: str
    reason: str
    about: str
    plate: str  # as the officer saw it
    official_id: int


class CrossingSince(TypedDict):
    """Where a crossing was, and what became of it."""

    crossing_id: UUID
    station: str  # its name
    latitude: float
    longitude: float
    cleared: bool  # a release says so
    handed_to: str | None  # how the waiting ended last, a code and what was written; None where it did not
    handed_note: str | None
    endings: list[str] | None  # see Stop
    notes_about: list[str] | None
    ended_by: UUID | None  # the decision that ended it last; None where none did


class KnownCrossing(DecidedCrossing, CrossingSince, Surety):
    """A crossing of one who may be the traveller."""

    why: str  # the reason in words


class RememberedCrossing(KnownCrossing):
    """The same, as it counts now."""

    asks: bool  # a stop that somebody would have to clear, if nobody had
    uncleared: bool  # and nobody has
    stopped_again: bool  # its waiting ended with another of these stops


class ElsewhereCrossing(RememberedCrossing):
    """A crossing at a station too far away for the time since."""

    km: int


class Sign(JourneyKey, DeclaredSigns):
    """A declaration of an illness, and by whom."""

    birth_year: int
    birth_month: int | None
    birth_day: int | None
    sex: int
    number: str
    phone: str
    declarer_phone: str
    official_id: int | None
    outcome: str
    phone_agrees: bool
    is_decided: bool  # a steward decided that it is theirs


class ToldSign(DeclaredSigns, Surety):
    """What was declared of an illness, by one who may be the traveller."""


class RememberedSign(Sign, ToldSign):
    """A declaration of an illness by one who may be the traveller, as it counts now."""


class EndedStop(JourneyKey):
    """A stop, and the decision that ended it."""

    crossing_id: UUID
    by_crossing: UUID


class OfficersCrossing(DecidedCrossing):
    """A crossing that an officer recorded lately, and of whom."""

    received_at: dt.datetime
    origin_area: int
    destination_area: int
    vehicle: str
    ruled_by: str  # by which rule it had its colour: “passage 2 3 red”
    vehicle_check: UUID | None  # with whom in one vehicle (vehicles.py)
    against: str  # what stood against letting through (against.py)
    by_hand: bool | None  # whether an officer keyed the journey in; None: not known
    full_name: str


class GivenAnswer(TypedDict):
    """How a citizen was answered, of whose declaration people decided otherwise since."""

    outcome: str
    levels: dict[str, str]


class StopRelease(TypedDict):
    """How a stop ended, once."""

    released_at: dt.datetime
    clears: bool
    reason_code: str
    reason: str
    about: str
    by_crossing: UUID | None  # None: it ended without a decision
    decision: str | None  # that one's


class Reasoned(TypedDict):
    """Something that was decided for a reason: a code, and what was written. Once it is in the reader's words
    (stations.with_reasons), `reason` is these, and `written` what was written.
    """

    reason_code: str
    reason: str
    written: NotRequired[str]

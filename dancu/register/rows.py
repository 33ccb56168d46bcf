"""What rows of the register hold."""

import datetime as dt
from typing import Any, NotRequired, TypedDict
from uuid import UUID


class _Fields(TypedDict):
    """The columns of `person` that are the same in a row and in JSON."""

    person_id: int
    household_id: int | None  # 1 and the digits of its number; negative where that is no plain digits
    father_id: int | None
    mother_id: int | None
    spouse_id: int | None
    birth_area: int | None  # the commune where the birth was registered
    native_area: int | None  # quê quán
    home_area: int | None  # the commune of the permanent residence; of one who died, the last one
    given_key: int  # how the last word of the name sounds
    ends_key: int  # its first and its last word
    sex: int  # 1 male, 2 female
    status: int  # 1 alive, 2 dead, 3 missing
    marital_status: int | None
    relation: int | None  # to the head of the household
    birth_precision: str  # D, M or Y: how much of the birth date is known
    pin: str | None
    cmnd: str | None
    phone: str | None
    full_name: str
    home_address: str | None  # what comes before the commune
    ethnicity: str | None
    religion: str | None
    nationality: str
    blood_group: str | None
    father_name: str | None  # of parents whom the register does not hold
    mother_name: str | None
    email: str | None


class MergedRecord(_Fields):
    """The row that a record had when it was merged into another, as JSON has it: days and moments as text."""

    recorded_at: str
    valid_from: str
    birth_date: str
    status_on: str | None
    card_issued_on: str | None
    home_since: str | None


class PersonFacts(_Fields):
    """What the register says of a person, whenever it was so."""

    birth_date: dt.date  # the first day of what is known, see birth_precision
    status_on: dt.date | None  # of death or of going missing
    card_issued_on: dt.date | None
    home_since: dt.date | None  # None: no permanent residence lasts


class PersonRecord(PersonFacts):
    """The same, as it stands now or stood then."""

    recorded_at: dt.datetime  # since when the register says so
    valid_from: dt.date  # since when it is so


class RegisteredPerson(PersonRecord):
    """A person in full, as the register holds them now."""

    household_no: str | None
    former_numbers: list[str]


class RecordedResidence(TypedDict):
    """Where a person lives or lived."""

    kind: int  # as words.RESIDENCES has them
    valid_from: dt.date
    valid_to: dt.date | None  # the first day on which it was over; None: it lasts
    until: dt.date | None  # the agreed end of a temporary one
    area_id: int
    address: str  # "" where it is not known


class PresentHome(TypedDict):
    """Where a person lives today."""

    person_id: int
    kind: int
    area_id: int
    address: str


class _OfFamily(TypedDict):
    person_id: int
    full_name: str
    birth_date: dt.date
    birth_precision: str
    sex: int
    status: int


class HouseholdMember(_OfFamily):
    """One of a household who is not dead."""

    relation: int | None


class KnownRelative(TypedDict):
    """A parent, a spouse, a representative. Of one whom the register does not hold it has the name alone."""

    kind: str  # father, mother, spouse, representative
    person_id: int | None
    full_name: str
    birth_date: dt.date | None
    birth_precision: str | None


class KnownChild(_OfFamily):
    """Whom the register knows as somebody's child."""

    father_id: int | None
    mother_id: int | None
    home_area: int | None


class FormerNumber(TypedDict):
    """A number that a person held before."""

    kind: str  # pin, cmnd
    number: str
    ended_on: dt.date
    replaced_by: str | None
    reason: str


class RecordedEvent(TypedDict):
    """What happened to a person's record."""

    event_id: UUID
    kind: str  # as words.EVENTS has them
    happened_on: dt.date
    recorded_at: dt.datetime
    recorded_by: int  # the official; 0: an import
    basis: str
    changes: dict[str, list[Any]]  # field: [old, new], as JSON has them
    undone_by: UUID | None  # the event that undid this one
    may_be_undone: bool
    child: str | None  # the name, of the birth of a child


class RemovedRecord(TypedDict):
    """A record that left the register when its birth was undone: the last that it said, and why."""

    person_id: int
    number: str  # the one that was cancelled
    ended_on: dt.date
    reason: str
    full_name: str
    birth_date: dt.date
    home_area: int | None


class MarriageKept(TypedDict, total=False):
    """What a merged record has whatever was chosen; nothing where the values chosen say it already."""

    marital_status: int
    spouse_id: int


class CarriedRows(TypedDict):
    """Rows of a table that belong to another person, or name another, since a merge."""

    table: str
    column: str
    keys: list[dict[str, Any]]  # each by the columns of the table's primary key


class RowsAside(TypedDict):
    """Rows that were kept aside in a merge, since the record that stayed has one of the same key."""

    table: str
    column: str
    columns: list[str]
    rows: list[dict[str, Any]]  # of any table
    whole: NotRequired[list[str]]  # the same to the bit; of a kept table the owner has them


class TakenValue(TypedDict):
    """A field of the record that stayed, of which a merge took the other's value."""

    value: Any
    before: list[list[Any]]  # [since, value]

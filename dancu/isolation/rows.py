"""What rows of arrivals hold."""

import datetime as dt
from typing import NotRequired, TypedDict
from uuid import UUID


class DeclaredTraveller(TypedDict):
    """Of whom a journey is, as they declared."""

    person_id: int  # negative: not in the register
    declaration_id: UUID
    full_name: str
    number: str  # PIN, CMND or passport, without spaces and dots
    birth_year: int
    birth_month: int | None
    birth_day: int | None
    sex: int  # 0: not told
    phone: str
    declarer_phone: str


class KnownTraveller(DeclaredTraveller):
    """An arrival that may be of the same traveller as another; but for stewards it stands under `kin`."""

    kin: int
    decided_as: int
    is_replaced: bool


class JourneyColumns(TypedDict):
    """What a journey is besides, as it was declared."""

    declared_at: dt.datetime
    arrives_on: dt.date
    origin_area: int
    destination_area: int
    destination_detail: str
    plate: str
    outcome: str  # how the declaration compares with the register
    differing: list[str]
    warnings: list[str]  # signs of an illness


class ExpectedJourney(JourneyColumns):
    """What is written down of a journey that was declared; what is left out was not said."""

    person_id: int
    declaration_id: UUID
    full_name: str
    birth_year: int
    phone: str
    number: NotRequired[str]
    birth_month: NotRequired[int | None]
    birth_day: NotRequired[int | None]
    companions: NotRequired[int]
    sex: NotRequired[int]
    vouched_by: NotRequired[int | None]
    declarer_name: NotRequired[str]
    declarer_phone: NotRequired[str]


class DeclaredJourney(DeclaredTraveller, JourneyColumns):
    """The whole of it."""

    companions: int
    # The official who keyed it in; 0: they signed in themselves; None: nobody has shown who they are
    vouched_by: int | None
    declarer_name: str
    name_key: str


class Arrival(DeclaredJourney):
    """A row of the table."""

    moved_at: dt.datetime  # the last news of any kind
    crossed_at: dt.datetime | None  # the last crossing
    crossed_by: int | None  # the official who recorded it
    met_at: dt.datetime | None
    met_by: int | None
    met_note: str
    station_id: int | None
    state: str
    before_met: str  # the state when the person was met
    ended_as: str  # how the waiting of those held ended without a crossing
    stranger: int  # of somebody unknown, the first under whom the same one declared; 0: of nobody else
    decided_as: int  # the person of the register whom stewards found somebody unknown to be; 0: nobody
    ill_until: dt.datetime | None  # until when what was declared of an illness counts
    each_until: str | dict[str, str]  # and each sign, as JSON
    found: list[str]  # those of the warnings that a station found, and nobody cleared
    found_at: dt.datetime | None
    warned_elsewhere: list[str]  # the same of the traveller's other arrivals
    warned_at: dt.datetime | None
    warned_until: dt.datetime | None
    elsewhere_until: str | dict[str, str]
    found_elsewhere: list[str]
    found_elsewhere_at: dt.datetime | None


class LastTelephone(TypedDict):
    """By what somebody may be called: their own, or that of whoever declared for them."""

    who: int
    phone: str
    declarer_name: str
    declarer_phone: str
    declared_at: dt.datetime


class ShownArrival(Arrival):
    """An arrival, and how much it needs `attention` (4 … 0)."""

    attention: int
    # With telephones (people.with_phones):
    phone_differs: NotRequired[bool]
    call: NotRequired[LastTelephone | None]
    # Of a list's person:
    overdue_since: NotRequired[dt.date | None]
    note: NotRequired[str]
    stood_at: NotRequired[dt.datetime]  # since when the journey that says most of them is what it is
    others: NotRequired[list["ListedArrival"]]


class GradedArrival(ShownArrival):
    """An arrival, and `who` it stands under."""

    who: int


class ListedArrival(ShownArrival):
    """A journey on a page of the list. Of a page without people there is one row, whose `counts` alone are
    something.
    """

    counts: str | dict[str, dict[str, int]] | None  # on the first row, of everybody, by state
    of: int  # who it stands under
    place: int | None  # of its person on the page
    total: int | None  # people on all pages
    worst: int  # what its person is
    stands: str


class HeldAtStation(TypedDict):
    """Somebody who is being held, where and since when."""

    full_name: str
    station_id: int  # written with crossed_at, which the statement compares
    crossed_at: dt.datetime


class WarnedPeople(TypedDict):
    """How many people have a health warning, and the latest news of them."""

    people: int
    latest: dt.datetime | None


class ListNews(TypedDict):
    """The latest news of a list, and its length."""

    latest: dt.datetime | None
    journeys: int

"""An arrival as it is shown: in the list, in a file, on a person's page. The same words everywhere."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups as checkpoints
from dancu.isolation.lookups import LIVE
from dancu.isolation.rows import ShownArrival
from dancu.register.lookups import visible_areas
from dancu.web.commune.wording import (
    ATTENTION,
    DECLARED_ELSEWHERE,
    ENDED_AT,
    FIELDS,
    FOUND_ELSEWHERE,
    NOT_EXPECTED,
    OUTCOMES,
    SHORT_OUTCOMES,
    STATE_COLOURS,
    STATES_AT,
    WARNINGS,
    Words,
)

MARKS = {4: "ill", 3: "stop", 2: "look", 1: "fine", 0: "done"}
_OFF = ("turned_back", "withdrawn")  # not expected any more
OUTCOME_COLOURS = {"confirmed": "green", "differences": "amber", "passport": "amber"}


@dataclass(frozen=True)
class ArrivalRow:
    """One arrival in words; in a list that of a person, with the worst of their journeys, and the `others`.
    `attention` 4 … 0; `is_ours`: this official's to meet; `is_expected`: and still to be met; `is_new`: news
    since the last look; `phone`: the last that is known of them, and `phone_whose` or since when, where this
    journey's declaration gives none of their own; `phone_differs`: not the register's.
    """

    person_id: int
    declaration_id: UUID
    attention: int
    mark: str
    mark_words: Words
    full_name: str
    birth_year: int
    phone: str
    phone_whose: str
    outcome: str
    outcome_words: Words
    outcome_short: Words
    outcome_colour: str
    differing: list[Words]
    warnings: list[Words]
    state: str
    state_words: str
    state_colour: str
    station: str
    changed_at: dt.datetime
    origin: str
    destination: str
    destination_detail: str
    arrives_on: dt.date
    is_overdue: bool
    overdue_since: dt.date | None
    plate: str
    declared_at: dt.datetime
    met_at: dt.datetime | None
    met_by: int | None
    note: str
    companions: int
    phone_differs: bool
    is_ours: bool
    is_expected: bool
    is_new: bool
    others: list["ArrivalRow"]


def rows(
    acting: Acting, arrivals: Sequence[ShownArrival], since: dt.datetime | None = None
) -> list[ArrivalRow]:
    """Arrivals in words, with three queries however many they are. `since`: when the reader last saw the
    list.
    """
    everything = [row for arrival in arrivals for row in (arrival, *arrival.get("others", ()))]
    return list(_rows(arrivals, _Names.of(everything), visible_areas(acting), since, acting.official_id))


def clock(at: dt.datetime) -> str:
    """14:03 of today; of another day 14:03 22/11."""
    at = timezone.localtime(at)
    return f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%H:%M %d/%m}"


def station_name(stations: Mapping[int, str], station_id: int) -> str:
    """As `station_names` says it."""
    return stations.get(station_id) or _("checkpoint no. %(number)s") % {"number": station_id}


def commune_name(area: areas.Area | None) -> str:
    """Phường Cầu Giấy, Hà Nội: the commune and the short name of what is on top."""
    if area is None:
        return _("unknown")
    top = area.path.rsplit(", ", 1)[-1]
    return (
        f"{area.name}, {top.removeprefix('Thành phố ').removeprefix('Tỉnh ')}"
        if top != area.name
        else area.name
    )


@dataclass(frozen=True)
class _Names:
    """What the areas and stations of some arrivals are called."""

    areas: Mapping[int, areas.Area]
    stations: Mapping[int, str]

    @classmethod
    def of(cls, arrivals: Sequence[ShownArrival]) -> "_Names":
        ids = {area for row in arrivals for area in (row["origin_area"], row["destination_area"])}
        stations = {row["station_id"] for row in arrivals if row["station_id"] is not None}
        return cls(areas.get_many(ids), checkpoints.station_names(stations))

    def commune(self, area_id: int, own_areas: set[int]) -> str:
        """An official knows the province of their own communes."""
        area = self.areas.get(area_id)
        return area.name if area and area_id in own_areas else commune_name(area)

    def station(self, station_id: int | None) -> str:
        return "" if station_id is None else station_name(self.stations, station_id)


def _rows(
    arrivals: Iterable[ShownArrival],
    names: _Names,
    own: list[int] | None,
    since: dt.datetime | None,
    reader: int,
) -> Iterator[ArrivalRow]:
    own_areas, today = set(own or ()), timezone.localdate()
    for row in arrivals:
        state, station = row["state"], names.station(row["station_id"])
        changed_at = _changed_at(row)
        overdue = _overdue_since(row, today)
        phone, whose = _telephone(row)
        is_ours = own is None or row["destination_area"] in own_areas
        yield ArrivalRow(
            person_id=row["person_id"],
            declaration_id=row["declaration_id"],
            attention=row["attention"],
            mark=MARKS[row["attention"]],
            mark_words=NOT_EXPECTED
            if state in _OFF and row["attention"] < 3
            else ATTENTION[row["attention"]],
            full_name=row["full_name"],
            birth_year=row["birth_year"],
            phone=phone,
            phone_whose=whose,
            outcome=row["outcome"],
            outcome_words=OUTCOMES[row["outcome"]],
            outcome_short=SHORT_OUTCOMES[row["outcome"]],
            outcome_colour=OUTCOME_COLOURS.get(row["outcome"], "red"),
            differing=[FIELDS[field] for field in row["differing"] if field in FIELDS],
            warnings=_warnings(row),
            state=state,
            state_words=str(_state_words(row)) % {"time": clock(changed_at), "station": station},
            state_colour=STATE_COLOURS.get(state, "grey"),
            station=station,
            changed_at=changed_at,
            origin=names.commune(row["origin_area"], own_areas),
            destination=names.commune(row["destination_area"], own_areas),
            destination_detail=row["destination_detail"],
            arrives_on=row["arrives_on"],
            is_overdue=overdue is not None,
            overdue_since=overdue,
            plate=row["plate"],
            declared_at=row["declared_at"],
            met_at=row["met_at"],
            met_by=row["met_by"],
            note=row.get("note", row["met_note"]),
            companions=row["companions"],
            phone_differs=row.get("phone_differs", False),
            is_ours=is_ours,
            is_expected=is_ours and state in LIVE,
            is_new=since is not None and row["moved_at"] > since and row["met_by"] != reader,
            others=list(_rows(row.get("others", ()), names, own, None, reader)),
        )


def _telephone(row: ShownArrival) -> tuple[str, str]:
    """By what to call them, and whose it is or when they declared it, where it is not this declaration's
    own.
    """
    call = row.get("call")
    if row["phone"] or not call:
        return row["phone"], ""
    if call["phone"]:
        return call["phone"], _("declared %(time)s") % {"time": clock(call["declared_at"])}
    return call["declarer_phone"], _("of %(name)s, who declared") % {
        "name": call["declarer_name"] or _("someone else")
    }


def _state_words(row: ShownArrival) -> Words:
    if row["state"] == "held" and row["ended_as"]:
        return ENDED_AT.get(row["ended_as"], ENDED_AT["other"])
    return STATES_AT.get(row["state"], STATES_AT["declared"])


def _warnings(row: ShownArrival) -> list[Words]:
    """What is told of an illness, the gravest first; last what a station found and what was declared on a
    journey that is of no concern here, each as one.
    """
    elsewhere = set(row["warned_elsewhere"]) - set(row["warnings"])
    found = elsewhere.intersection(row["found_elsewhere"])
    return [
        *_in_words(row["warnings"]),
        *_told(FOUND_ELSEWHERE, found, row["found_elsewhere_at"]),
        *_told(DECLARED_ELSEWHERE, elsewhere - found, row["warned_at"]),
    ]


def _told(words: Words, signs: Collection[str], at: dt.datetime | None) -> list[Words]:
    if not signs:
        return []
    assert at  # written with them
    return [str(words) % {"warnings": ", ".join(map(str, _in_words(signs))), "time": clock(at)}]


def _in_words(signs: Collection[str]) -> list[Words]:
    return [words for sign, words in WARNINGS.items() if sign in signs]


def _overdue_since(row: ShownArrival, today: dt.date) -> dt.date | None:
    """The day they should have come: of a person the first of those journeys; whoever is met, turned back
    or off is not expected.
    """
    if "overdue_since" in row:
        return row["overdue_since"]
    is_expected = row["state"] in LIVE and row["state"] != "told_to_stay"
    return row["arrives_on"] if is_expected and row["arrives_on"] < today else None


def _changed_at(row: ShownArrival) -> dt.datetime:
    """Since when the arrival is in its state."""
    if row["state"] == "withdrawn":
        return row.get("stood_at", row["moved_at"])
    if row["state"] not in ("met", "on_the_way", "held", "turned_back"):
        return row["declared_at"]
    at = row["met_at"] if row["state"] == "met" else row["crossed_at"]
    assert at  # written with the state
    return at

"""An arrival as it is shown: in the list, in a file, on a person's page. The same words everywhere."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups as checkpoints
from dancu.register.lookups import visible_areas
from dancu.web.commune.wording import ATTENTION, FIELDS, OUTCOMES, STATE_COLOURS, STATES_AT, WARNINGS, Words

MARKS = {3: "stop", 2: "look", 1: "fine", 0: "done"}
OUTCOME_COLOURS = {"confirmed": "green", "differences": "amber"}


@dataclass(frozen=True)
class Row:
    """One arrival in words. `attention` 3 … 0; `is_ours`: this official may meet them; `is_new`: news since the last look."""

    person_id: int
    declaration_id: UUID
    attention: int
    mark: str
    mark_words: Words
    full_name: str
    birth_year: int
    phone: str
    outcome: str
    outcome_words: Words
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
    plate: str
    declared_at: dt.datetime
    met_at: dt.datetime | None
    note: str
    is_ours: bool
    is_new: bool

    @property
    def is_registered(self) -> bool:
        return self.person_id > 0


def rows(acting: Acting, arrivals: list[dict[str, Any]], since: dt.datetime | None = None) -> list[Row]:
    """Arrivals in words, with three queries however many they are. `since`: when the reader last saw the list."""
    return list(_rows(arrivals, _Names.of(arrivals), visible_areas(acting), since, acting.official_id))


def phone_in_groups(phone: str) -> str:
    """0912345678 → 0912 345 678, as people read numbers out; a spreadsheet takes it for text and keeps the 0."""
    if phone.isascii() and phone.isdigit() and len(phone) in (10, 11):
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
    return phone


def clock(at: dt.datetime) -> str:
    """14:03 of today; of another day 14:03 22/11."""
    at = timezone.localtime(at)
    return f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%H:%M %d/%m}"


def commune_name(area: areas.Area | None) -> str:
    """Phường Cầu Giấy, Hà Nội: the commune and the short name of what is on top."""
    if area is None:
        return _("unknown")
    top = area.path.rsplit(", ", 1)[-1]
    return f"{area.name}, {top.removeprefix('Thành phố ').removeprefix('Tỉnh ')}" if top != area.name else area.name


@dataclass(frozen=True)
class _Names:
    """What the areas and stations of some arrivals are called."""

    areas: Mapping[int, areas.Area]
    stations: Mapping[int, str]

    @classmethod
    def of(cls, arrivals: Iterable[Mapping[str, Any]]) -> "_Names":
        ids = {row[end] for row in arrivals for end in ("origin_area", "destination_area")}
        stations = {row["station_id"] for row in arrivals} - {None}
        return cls(areas.get_many(ids), checkpoints.station_names(stations))

    def commune(self, area_id: int, own_areas: set[int]) -> str:
        """An official knows the province of their own communes."""
        area = self.areas.get(area_id)
        return area.name if area and area_id in own_areas else commune_name(area)

    def station(self, station_id: int | None) -> str:
        if station_id is None:
            return ""
        return self.stations.get(station_id) or _("checkpoint no. %(number)s") % {"number": station_id}


def _rows(
    arrivals: Iterable[Mapping[str, Any]],
    names: _Names,
    own: list[int] | None,
    since: dt.datetime | None,
    reader: int,
) -> Iterator[Row]:
    own_areas, today = set(own or ()), timezone.localdate()
    for row in arrivals:
        state, station = row["state"], names.station(row["station_id"])
        changed_at = _changed_at(row)
        yield Row(
            person_id=row["person_id"],
            declaration_id=row["declaration_id"],
            attention=row["attention"],
            mark=MARKS[row["attention"]],
            mark_words=ATTENTION[row["attention"]],
            full_name=row["full_name"],
            birth_year=row["birth_year"],
            phone=row["phone"],
            outcome=row["outcome"],
            outcome_words=OUTCOMES[row["outcome"]],
            outcome_colour=OUTCOME_COLOURS.get(row["outcome"], "red"),
            differing=[FIELDS[field] for field in row["differing"] if field in FIELDS],
            warnings=[WARNINGS[warning] for warning in row["warnings"] if warning in WARNINGS],
            state=state,
            state_words=str(STATES_AT[state]) % {"time": clock(changed_at), "station": station},
            state_colour=STATE_COLOURS.get(state, "grey"),
            station=station,
            changed_at=changed_at,
            origin=names.commune(row["origin_area"], own_areas),
            destination=names.commune(row["destination_area"], own_areas),
            destination_detail=row["destination_detail"],
            arrives_on=row["arrives_on"],
            is_overdue=row["attention"] > 0 and row["arrives_on"] < today,
            plate=row["plate"],
            declared_at=row["declared_at"],
            met_at=row["met_at"],
            note=row["met_note"],
            is_ours=own is None or row["destination_area"] in own_areas,
            is_new=since is not None and row["moved_at"] > since and row["met_by"] != reader,
        )


def _changed_at(row: Mapping[str, Any]) -> dt.datetime:
    """Since when the arrival is in its state."""
    if row["state"] == "met":
        return row["met_at"]
    if row["state"] == "withdrawn":
        return row["moved_at"]
    return row["declared_at"] if row["state"] in ("declared", "told_to_stay") else row["crossed_at"]

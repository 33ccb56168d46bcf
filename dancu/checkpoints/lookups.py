"""What an officer sees when a code is shown, and where people were seen."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.audit import lookups as audit_entries
from dancu.checkpoints import passes
from dancu.checkpoints.codes import pass_code, pass_id_of
from dancu.checkpoints.errors import NoSuchPass, NoSuchStation
from dancu.checkpoints.health_policy import withholds
from dancu.checkpoints.journeys import shown_plate
from dancu.checkpoints.passes import PassFacts
from dancu.checkpoints.superseding import replaces, would_replace
from dancu.checkpoints.travellers import Traveller, identify
from dancu.credentials import errors as credential_errors
from dancu.db.queries import Queries
from dancu.isolation.lookups import arrivals_of
from dancu.register import lookups as register

__all__ = [
    "Examination",
    "Traveller",
    "examine",
    "identify",
    "movements",
    "pass_code",
    "pass_id_of",
    "pass_in_full",
    "passes_of",
    "replaces",
    "shown_plate",
    "stations",
    "withholds",
    "would_replace",
]

_sql = Queries(__file__)

SHIFT = dt.timedelta(hours=12)
_KMH = 120  # nobody drives faster from one station to the next
_NEARBY_KM = 2.0

_STATUS_OF = {
    credential_errors.Altered: "altered",
    credential_errors.UnknownKey: "unknown_key",
    credential_errors.RetiredKey: "withdrawn_key",
    credential_errors.Expired: "expired",
    credential_errors.NotYetValid: "not_yet_valid",
}


@dataclass(frozen=True)
class Examination:
    """What a shown code is worth. `status`: valid, expired, not_yet_valid, revoked, altered, unknown_key, withdrawn_key, unknown_pass,
    unreadable, used_elsewhere, completed. `colour`: green let through, amber check by hand, red stop. `checks`: what to look at, in order.
    """

    status: str
    colour: str
    checks: list[str] = field(default_factory=list)
    facts: PassFacts | None = None
    declaration: dict[str, Any] | None = None
    person: dict[str, Any] | None = None  # the register's row, where the number led to one
    origin: areas.Area | None = None
    destination: areas.Area | None = None
    crossings: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: dict[str, Any] | None = None  # the crossing that speaks against this one
    last_here: dict[str, Any] | None = None  # the same pass at this station within ten minutes

    @property
    def code(self) -> str:
        return pass_code(self.declaration["pass_id"]) if self.declaration else ""

    @property
    def levels(self) -> dict[str, str]:
        """How each declared field compared with the register: matching.compare's levels by field."""
        return json.loads(self.declaration["levels"]) if self.declaration else {}


def examine(acting: Acting, station_id: int, *, text: str = "", pass_id: int | None = None) -> Examination:
    """Examine a pass by its QR text or its number, as shown at a station now. What the officer is shown is written to the audit."""
    now, facts, status = timezone.now(), None, "valid"
    if pass_id is None:
        try:
            facts = passes.unseal(text, now)
        except credential_errors.CredentialError as problem:
            status = _STATUS_OF.get(type(problem), "unreadable")
            if status not in ("expired", "not_yet_valid"):
                return Examination(status, "red")
            facts = passes.unseal_whenever(text)
        pass_id = facts.pass_id
    shown = pass_in_full(pass_id)
    if shown is None:
        return Examination("unknown_pass", "red", facts=facts)
    crossings = _sql.all("crossings_of_pass", pass_id=pass_id)
    here = station(station_id)
    elsewhere = _impossible(crossings, here, now)
    if status == "valid":
        status = _status(shown, elsewhere, now)
    person = register.get(shown["person_id"]) if shown["person_id"] > 0 else _holder(shown)
    seen = [shown["person_id"], *([person["person_id"]] if person else [])]
    audit.record(acting, "pass.examined", seen, detail=f"station {station_id}")
    checks = _checks(shown, facts)
    recent = (
        c for c in crossings if c["station_id"] == station_id and now - c["crossed_at"] < dt.timedelta(minutes=10)
    )
    return Examination(
        status, _colour(status, shown, checks), checks, facts, shown, person, areas.get(shown["origin_area"]),
        areas.get(shown["destination_area"]), crossings, elsewhere, next(recent, None),
    )  # fmt: skip


def must_stop(shown: dict[str, Any], station_id: int, at: dt.datetime) -> bool:
    """Whether the verdict on this pass (a row of `pass_in_full`), shown there at that moment, is red. Raises NoSuchStation."""
    elsewhere = _impossible(_sql.all("crossings_of_pass", pass_id=shown["pass_id"]), station(station_id), at)
    return _colour(_status(shown, elsewhere, at), shown, _checks(shown, None)) == "red"


def pass_in_full(pass_id: int) -> dict[str, Any] | None:
    """A pass with its declaration, for its holder or for one who has examined it."""
    return _sql.one("pass_in_full", {"held": ""}, pass_id=pass_id)


def handled(acting: Acting, pass_id: int) -> dict[str, Any]:
    """The pass in full, if this officer examined it, keyed it in or recorded it within the shift. Raises NoSuchPass for any other."""
    shown, since = pass_in_full(pass_id), timezone.now() - SHIFT
    if shown and not _sql.one("handled", pass_id=pass_id, official_id=acting.official_id, since=since):
        examined = audit_entries.search(
            since, timezone.now(), official_id=acting.official_id, person_id=shown["person_id"], action="pass.examined", limit=1
        )  # fmt: skip
        shown = shown if examined else None
    if shown is None:
        raise NoSuchPass
    return shown


def pass_of_declaration(declaration_id: Any) -> dict[str, Any]:
    """The pass a declaration was given, in full. Raises NoSuchPass."""
    found = _sql.one("pass_of_declaration", declaration_id=declaration_id)
    if found is None:
        raise NoSuchPass
    return pass_in_full(found["pass_id"]) or {}


def crossing(pass_id: int, crossing_id: UUID) -> dict[str, Any] | None:
    """One crossing of a pass, as it was recorded: what counts where two decisions were pressed for it."""
    return next(
        (row for row in _sql.all("crossings_of_pass", pass_id=pass_id) if row["crossing_id"] == crossing_id), None
    )


def passes_of(person_id: int) -> list[dict[str, Any]]:
    """A person's passes, latest first, for the person themselves."""
    return _sql.all("passes_of_person", person_id=person_id)


def passes_declared(number: str, phone: str) -> list[dict[str, Any]]:
    """The passes declared with this number and telephone, latest first, for one who has shown that the telephone is theirs."""
    return _sql.all("passes_declared", number=number, phone=phone) if number and phone else []


def movements(person_id: int, days: int = 30) -> list[dict[str, Any]]:
    """Where a person was seen, latest first. The caller has passed the jurisdiction filter and written the audit."""
    return _sql.all("movements", person_id=person_id, since=timezone.now() - dt.timedelta(days=days))


def stations(acting: Acting) -> list[dict[str, Any]]:
    """The open stations of the official's jurisdiction."""
    kind = acting.jurisdiction_kind
    within = (
        None if kind in ("nation", "station") else areas.ids_below(acting.jurisdiction_id) if kind == "area" else []
    )
    return _sql.all("stations", areas=within, only=acting.jurisdiction_id if kind == "station" else None)


def all_stations() -> list[dict[str, Any]]:
    """Every open station, for the operator."""
    return _sql.all("stations", areas=None, only=None)


def station(station_id: int) -> dict[str, Any]:
    """One station. Raises NoSuchStation."""
    found = _sql.one("station", station_id=station_id)
    if found is None:
        raise NoSuchStation
    return found


def station_names(station_ids: Iterable[int]) -> dict[int, str]:
    """What these stations are called, closed ones too, by id."""
    return {row["station_id"]: row["name"] for row in _sql.all("station_names", station_ids=list(station_ids))}


def my_station(acting: Acting, station_id: int) -> dict[str, Any]:
    """A station of the official's jurisdiction. Raises NoSuchStation."""
    for found in stations(acting):
        if found["station_id"] == station_id:
            return found
    raise NoSuchStation


def recent_crossings(acting: Acting, station_id: int, most: int = 10) -> list[dict[str, Any]]:
    """What this officer did last at the station, latest first."""
    rows = _sql.all("recent_at_station", station_id=station_id, official_id=acting.official_id, most=most)
    audit.record(acting, "crossings.own_list", [row["person_id"] for row in rows], detail=f"station {station_id}")
    return rows


def recent_destinations(station_id: int, most: int = 4) -> list[areas.Area]:
    """Where the last people who passed the station were going, the most frequent first: nobody's data."""
    rows = _sql.all("recent_destinations", station_id=station_id, since=timezone.now() - SHIFT, most=most)
    found = areas.get_many(row["destination_area"] for row in rows)
    return [found[row["destination_area"]] for row in rows if row["destination_area"] in found]


def station_counts(station_id: int) -> dict[str, int]:
    """The station's day so far: how many through, secondary and back."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    counts = dict.fromkeys(("through", "secondary", "back"), 0)
    return counts | {
        row["decision"]: row["people"] for row in _sql.all("station_counts", station_id=station_id, since=since)
    }


def _status(shown: dict[str, Any], elsewhere: dict[str, Any] | None, now: dt.datetime) -> str:
    if shown["revoked_at"]:
        return "revoked"
    if shown["expires_at"] < now:
        return "expired"
    if elsewhere:
        return "used_elsewhere"
    journey = next((a for a in arrivals_of(shown["person_id"]) if a["declaration_id"] == shown["declaration_id"]), None)
    return "completed" if journey and journey["state"] == "met" else "valid"


def _impossible(crossings: list[dict[str, Any]], here: dict[str, Any], now: dt.datetime) -> dict[str, Any] | None:
    """The last crossing at another station that is too far away for the time since: two people are showing one code."""
    for crossing in crossings:
        if crossing["station_id"] == here["station_id"]:
            continue
        km = _kilometres(crossing, here)
        hours = (now - crossing["crossed_at"]).total_seconds() / 3600
        if km > _NEARBY_KM and hours < km / _KMH:
            return crossing | {"km": round(km)}
    return None


def _kilometres(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Between two stations as the crow flies (haversine)."""
    north, east = radians(b["latitude"] - a["latitude"]), radians(b["longitude"] - a["longitude"])
    h = sin(north / 2) ** 2 + cos(radians(a["latitude"])) * cos(radians(b["latitude"])) * sin(east / 2) ** 2
    return 2 * areas.EARTH_RADIUS_KM * asin(sqrt(h))


def _holder(shown: dict[str, Any]) -> dict[str, Any] | None:
    """Whose the declared number is, where the declaration disagrees: the officer must see whom it was compared with."""
    found = register.by_number(shown["number"]) if shown["number"] and shown["outcome"] == "disagrees" else []
    return register.get(found[0].person_id) if found else None


def _checks(shown: dict[str, Any], facts: PassFacts | None) -> list[str]:
    found = []
    if shown["outcome"] != "confirmed":
        found.append(f"outcome_{shown['outcome']}")
    if facts is None:
        found.append("code_only")  # typed, not scanned: nobody has seen a signature
    found += [name for name, is_so in (
        ("symptoms", bool(shown["symptoms"])), ("contact", shown["contact"]), ("positive", shown["test_result"] == "positive"),
    ) if is_so]  # fmt: skip
    return found


def _colour(status: str, shown: dict[str, Any], checks: list[str]) -> str:
    if status != "valid" or shown["outcome"] == "disagrees" or "positive" in checks:
        return "red"
    return "amber" if [check for check in checks if check != "code_only"] else "green"

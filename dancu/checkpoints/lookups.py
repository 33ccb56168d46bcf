"""What an officer sees when a code is shown, and where people were seen."""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.audit import lookups as audit_entries
from dancu.checkpoints import memory, passes
from dancu.checkpoints.codes import pass_code, pass_id_of
from dancu.checkpoints.errors import NoSuchPass
from dancu.checkpoints.figures import station_counts
from dancu.checkpoints.incidents import incidents, picture_of
from dancu.checkpoints.journeys import identity_of, shown_plate
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.passes import PassFacts
from dancu.checkpoints.reasons import in_words
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
from dancu.checkpoints.travellers import Traveller, alike, identify
from dancu.credentials import errors as credential_errors
from dancu.db.queries import Queries
from dancu.isolation.health_policy import withholds
from dancu.isolation.lookups import state_of
from dancu.matching.lookups import Declared, best_holder
from dancu.register import lookups as register
from dancu.register.phones import phone_forms

__all__ = [
    "SHIFT",
    "Examination",
    "Traveller",
    "alike",
    "all_stations",
    "declarations",
    "examine",
    "identify",
    "incidents",
    "movements",
    "my_station",
    "pass_code",
    "pass_id_of",
    "pass_in_full",
    "passes_of",
    "picture_of",
    "recent_crossings",
    "recent_destinations",
    "replaced_by",
    "shown_plate",
    "station",
    "station_counts",
    "station_names",
    "stations",
    "waiting",
    "waiting_count",
    "withholds",
    "would_replace",
]

_sql = Queries(__file__)
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
    unreadable, superseded (by a declaration that was given no pass), used_elsewhere, completed. `colour`: green let through, amber check by hand, red stop. `checks`: what to look at, in order.
    """

    status: str
    colour: str
    checks: list[str] = field(default_factory=list)
    facts: PassFacts | None = None
    declaration: dict[str, Any] | None = None
    person: dict[str, Any] | None = None  # the register's row, where the number led to one
    origin: areas.Area | None = None
    destination: areas.Area | None = None
    memory: Memory | None = None  # what was decided and declared before, with any pass, at any station
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
    shown, is_replaced = _newest(pass_in_full(pass_id))
    if shown is None:
        return Examination("unknown_pass", "red", facts=facts)
    person = whose(shown)
    known = memory.of_declaration(shown, person)
    crossings = known.of_pass(pass_id)
    elsewhere = _impossible(crossings, station_id, now)
    if status == "valid" or is_replaced:
        status = _status(shown, elsewhere, now)
    seen = {shown["person_id"], *([person["person_id"]] if person else []), *known.people}
    audit.record(acting, "pass.examined", seen, detail=f"station {station_id}")
    checks = _checks(known.left_of(shown), person, facts) + (["replaced"] if is_replaced else [])
    recent = (
        c for c in crossings if c["station_id"] == station_id and now - c["crossed_at"] < dt.timedelta(minutes=10)
    )
    return Examination(
        status, _colour(status, shown, checks, known), checks, facts, shown, person, areas.get(shown["origin_area"]),
        areas.get(shown["destination_area"]), known, elsewhere, next(recent, None),
    )  # fmt: skip


def needs_reason(
    shown: dict[str, Any], person: dict[str, Any] | None, known: Memory, station_id: int, at: dt.datetime
) -> bool:
    """Whether letting this pass (a row of `pass_in_full`; `person`: as `whose` says) through there at that moment takes a reason: the verdict
    is to stop, or the person was stopped before and not cleared. Raises NoSuchStation.
    """
    elsewhere = _impossible(known.of_pass(shown["pass_id"]), station(station_id)["station_id"], at)
    checks = _checks(known.left_of(shown), person, None)
    return (
        bool(known.stops)
        or known.is_refused(shown)
        or _colour(_status(shown, elsewhere, at), shown, checks, known) == "red"
    )


def remembered_of(acting: Acting, declared: Declared, station_id: int) -> Memory:
    """What is remembered of one at the station who has no pass, and of whom the register knows nobody. On the record."""
    birth = declared.birth
    known = memory.of_claim(
        declared.number, declared.full_name, (birth.year, birth.month, birth.day) if birth else None, station_id
    )
    audit.record(acting, "pass.examined", known.people, detail=f"station {station_id}")
    return known


def pass_in_full(pass_id: int) -> dict[str, Any] | None:
    """A pass with its declaration, for its holder or for one who has examined it."""
    return next(iter(_sql.prepared("pass_in_full", {"held": ""}, pass_id=pass_id)), None)


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


def _newest(shown: dict[str, Any] | None) -> tuple[dict[str, Any] | None, bool]:
    """The pass that took this one's place, where the traveller has declared the journey anew; whether it is another."""
    first, seen = shown, set()
    while shown and shown["superseded_by"] and shown["pass_id"] not in seen:
        seen.add(shown["pass_id"])
        newer = _sql.one("pass_of_declaration", declaration_id=shown["superseded_by"])
        if not newer:  # that declaration was given no pass
            break
        shown = pass_in_full(newer["pass_id"])
    return shown, shown is not first


def whose(declared: dict[str, Any]) -> dict[str, Any] | None:
    """The register's row of the one who declared this (a row), or, where it disagrees, of whose the number is: the officer must see whom
    it was compared with.
    """
    if declared["person_id"] > 0:
        return register.get_now(declared["person_id"])
    if not declared["number"] or declared["outcome"] != "disagrees":
        return None
    holder = best_holder(identity_of(declared), declared["number"])
    return register.get_now(holder.person_id) if holder else None


def remembered(acting: Acting, pass_id: int) -> Memory:
    """What is remembered of the holder of a pass, for an officer who has it on the desk. On the record. Raises NoSuchPass."""
    shown = pass_in_full(pass_id)
    if shown is None:
        raise NoSuchPass
    known = memory.of_declaration(shown, whose(shown))
    audit.record(acting, "pass.examined", {shown["person_id"], *known.people})
    return known


def pass_of_declaration(declaration_id: Any) -> dict[str, Any]:
    """The pass a declaration was given, in full. Raises NoSuchPass."""
    found = _sql.one("pass_of_declaration", declaration_id=declaration_id)
    if found is None:
        raise NoSuchPass
    return pass_in_full(found["pass_id"]) or {}


def crossing(pass_id: int, crossing_id: UUID) -> dict[str, Any] | None:
    """One crossing of a pass, as it was recorded: what counts where two decisions were pressed for it."""
    return _sql.one("crossing_of_pass", pass_id=pass_id, crossing_id=crossing_id)


def passes_of(person_id: int) -> list[dict[str, Any]]:
    """A person's passes, latest first, for the person themselves."""
    return _sql.all("passes_of_person", person_id=person_id)


def passes_declared(number: str, phone: str) -> list[dict[str, Any]]:
    """The passes declared with this number and telephone, latest first, for one who has shown that the telephone is theirs."""
    return _sql.all("passes_declared", number=number, phones=phone_forms(phone)) if number and phone else []


def movements(person_ids: Collection[int], days: int = 30) -> list[dict[str, Any]]:
    """Where somebody was seen, latest first: of one unknown, under each of the ids they declared as; `ended`: how a waiting ended, in words.

    The caller has passed the jurisdiction filter and written the audit.
    """
    rows = _sql.all("movements", person_ids=list(person_ids), since=timezone.now() - dt.timedelta(days=days))
    return [
        row | {"ended": in_words(row["ended_as"], row["ended_note"]) if row["ended_at"] else ""}
        for row in with_reasons(rows)
    ]


def declarations(declaration_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """What was declared, in full, by id. The caller has passed the jurisdiction filter and written the audit."""
    rows = _sql.all("declarations", declaration_ids=list(declaration_ids))
    return {row["declaration_id"]: row for row in rows}


def _status(shown: dict[str, Any], elsewhere: dict[str, Any] | None, now: dt.datetime) -> str:
    if shown["revoked_at"]:
        return "revoked"
    if shown["expires_at"] < now:
        return "expired"
    if shown["superseded_at"]:
        return "superseded"
    if elsewhere:
        return "used_elsewhere"
    return "completed" if state_of(shown["person_id"], shown["declaration_id"]) == "met" else "valid"


def _impossible(crossings: list[dict[str, Any]], station_id: int, now: dt.datetime) -> dict[str, Any] | None:
    """The last crossing at another station that is too far away for the time since: two people are showing one code."""
    elsewhere = [crossing for crossing in crossings if crossing["station_id"] != station_id]
    here = station(station_id) if elsewhere else {}
    for crossing in elsewhere:
        km = areas.kilometres((crossing["latitude"], crossing["longitude"]), (here["latitude"], here["longitude"]))
        hours = (now - crossing["crossed_at"]).total_seconds() / 3600
        if km > _NEARBY_KM and hours < km / _KMH:
            return crossing | {"km": round(km)}
    return None


def _checks(shown: dict[str, Any], person: dict[str, Any] | None, facts: PassFacts | None) -> list[str]:
    found = []
    if person and person["person_id"] == shown["person_id"] and person["status"] != register.ALIVE:
        found.append("dead" if person["status"] == register.DEAD else "missing")
    if shown["outcome"] != "confirmed":
        found.append(f"outcome_{shown['outcome']}")
    if facts is None:
        found.append("code_only")  # typed, not scanned: nobody has seen a signature
    found += [name for name, is_so in (
        ("symptoms", bool(shown["symptoms"])), ("contact", shown["contact"]), ("positive", shown["test_result"] == "positive"),
    ) if is_so]  # fmt: skip
    return found


def _colour(status: str, shown: dict[str, Any], checks: list[str], known: Memory) -> str:
    if status != "valid" or shown["outcome"] == "disagrees" or known.colour == "red":
        return "red"
    if {"positive", "dead", "missing"}.intersection(checks):
        return "red"
    return "amber" if [check for check in checks if check != "code_only"] else known.colour

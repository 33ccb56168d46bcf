"""Crossings as they were, for whoever tries a rule of passage on them (dancu.rules.replaying): of each what
was known at its moment, and of what was not kept what it may have been.

What a traveller's earlier stops came to was not kept, nor whether their journey had ended by then or their
code was used elsewhere, nor whether an officer had found them well; by which clause they had their colour
tells most of it.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.journeys import VEHICLES
from dancu.checkpoints.rule_kinds import COLOURS, PERSON_STATUS
from dancu.db.queries import Queries
from dancu.isolation.wording import OUTCOMES
from dancu.rules.past import Alike, Decided, DecidedPlace
from dancu.values.plates import shown_plate

_sql = Queries(__file__, "past.sql")
_OPEN = ("valid", "used_elsewhere", "completed")
_CODES = {"open": _OPEN, "doubtful": (*_OPEN, "revoked", "superseded", "expired")}
_NOT_KEPT = "?"


class Crossings:
    """The past of rules of passage (past.Past)."""

    def places(self, acting: Acting) -> Sequence[DecidedPlace]:
        """The stations of the official's jurisdiction, closed ones too."""
        kind, number = acting.jurisdiction_kind, acting.jurisdiction_id
        within = (
            None if kind in ("nation", "station") else areas.jurisdiction(number) if kind == "area" else []
        )
        rows = _sql.all("all_stations", areas=within, only=number if kind == "station" else None)
        return [DecidedPlace(row["station_id"], row["name"], row["area_id"]) for row in rows]

    def count(self, places: Collection[int], since: dt.datetime, until: dt.datetime) -> int:
        """How many crossings there were."""
        return _sql.all("counted", places=list(places), since=since, until=until)[0]["crossings"]

    def decided(self, places: Collection[int], since: dt.datetime, until: dt.datetime) -> Sequence[Decided]:
        """Those that were not taken back; those of one vehicle belong together."""
        return _sql.prepared_into(Decided, "past", places=list(places), since=since, until=until)

    def facts(self, known: str) -> Alike:
        """What the statement “past” wrote down."""
        return _alike(known)

    def together_in_words(self, together: str) -> str:
        """The plate, and what it is on."""
        vehicle, plate = together.split(" ", 1)
        return f"{shown_plate(plate)} ({VEHICLES.get(vehicle, vehicle)})"

    def named(self, acting: Acting, numbers: Sequence[int]) -> Mapping[int, str]:
        """The codes of the passes, with which the desk looks further."""
        rows = _sql.all("whose", pass_ids=list(numbers))
        audit.record(acting, "crossings.replayed", {row["person_id"] for row in rows})
        return {row["pass_id"]: pass_code(row["pass_id"]) for row in rows}


CROSSINGS = Crossings()


def _alike(known: str) -> Alike:
    code, identity, person, symptoms, contact, positive, is_newer, reason, vehicle, ruled_by = known.split(
        "|"
    )
    facts: dict[str, Any] = {"reason": reason, "vehicle": vehicle, "declared.contact": contact == "1"}
    unsure: dict[str, Sequence[Any]] = {"remembered": tuple(COLOURS)}
    if code in _CODES:
        unsure["code"] = _CODES[code]
    else:
        facts["code"] = code
    if identity == _NOT_KEPT:
        unsure["identity"] = tuple(OUTCOMES)
    else:
        facts["identity"] = identity
    if person == _NOT_KEPT:
        unsure["person"] = (*PERSON_STATUS.values(), None)
    else:
        facts["person"] = PERSON_STATUS[int(person)] if person else None
    for name, is_declared in (("declared.symptoms", symptoms), ("declared.positive", positive)):
        if is_declared == "1":  # an officer may have found otherwise since
            unsure[name] = (True, False)
        else:
            facts[name] = False
    if is_newer == "1":  # the older code may have been shown; recorded is what the newer one is worth
        unsure["replaced"] = (True, False)
    else:
        facts["replaced"] = False
    return Alike(facts, unsure, ruled_by, {"replaced": False})

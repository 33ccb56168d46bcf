"""A pass that is shown at a station: what it is worth there and then, and whether letting its holder through
takes a reason.

Both are read from one examination, of all codes of the journey: a code that was replaced, or took another's
place, was used wherever any was.
"""

import datetime as dt
import json
from dataclasses import dataclass, field

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.checkpoints import memory, passes
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.journeys import identity_of
from dancu.checkpoints.level_facts import level_facts
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.passes import PassFacts
from dancu.checkpoints.reasons import was_mistaken
from dancu.checkpoints.rows import Declaration, ElsewhereCrossing, PassInFull, RememberedCrossing, StoredPass
from dancu.checkpoints.rule_kinds import PASSAGE, PERSON_STATUS
from dancu.checkpoints.stations import station
from dancu.credentials import errors as credential_errors
from dancu.db.queries import Queries
from dancu.isolation.health_policy import as_declared
from dancu.isolation.lookups import state_of
from dancu.isolation.signs import SIGNS, warnings_in
from dancu.matching.lookups import ClaimedIdentity, best_holder
from dancu.register import lookups as register
from dancu.rules import lookups as rules
from dancu.rules.rule import Decision

_sql = Queries(__file__)
_KMH = 120  # nobody drives faster from one station to the next
_NEARBY_KM = 2.0
_JUST_NOW = dt.timedelta(minutes=10)

_STATUS_OF = {
    credential_errors.Altered: "altered",
    credential_errors.UnknownKey: "unknown_key",
    credential_errors.RetiredKey: "withdrawn_key",
    credential_errors.Expired: "expired",
    credential_errors.NotYetValid: "not_yet_valid",
}


@dataclass(frozen=True)
class Examination:
    """What a shown code is worth. `status`: valid, expired, not_yet_valid, revoked, altered, unknown_key,
    withdrawn_key, unknown_pass, unreadable, superseded (by a declaration that was given no pass),
    used_elsewhere, completed. `colour`: green let through, amber check by hand, red stop. `checks`: what to
    look at, in order.
    """

    status: str
    colour: str
    checks: list[str] = field(default_factory=list)
    facts: PassFacts | None = None
    declaration: PassInFull | None = None
    person: register.RegisteredPerson | None = None  # the register's row, where the number led to one
    origin: areas.Area | None = None
    destination: areas.Area | None = None
    memory: Memory | None = None  # what was decided and declared before, with any pass, at any station
    elsewhere: ElsewhereCrossing | None = None  # the crossing that speaks against this one
    last_here: RememberedCrossing | None = (
        None  # the same journey at this station within ten minutes, with any of its codes
    )
    for_a_reason: bool = True  # letting through takes one
    decision: Decision | None = None  # by which rule it has its colour

    @property
    def code(self) -> str:
        return pass_code(self.declaration["pass_id"]) if self.declaration else ""

    @property
    def levels(self) -> dict[str, str]:
        """How each declared field compared with the register: matching.compare's levels by field."""
        return json.loads(self.declaration["levels"]) if self.declaration else {}


@dataclass(frozen=True)
class Judgement:
    """What a pass is worth there and then; the fields of an Examination."""

    status: str
    colour: str
    checks: list[str]
    elsewhere: ElsewhereCrossing | None
    for_a_reason: bool
    decision: Decision | None

    @property
    def ruled_by(self) -> str:
        """The rule, its version, which clause decided (0: none) and how, as a crossing keeps it."""
        return self.decision.brief if self.decision else ""


def examine(
    acting: Acting,
    station_id: int,
    *,
    text: str = "",
    pass_id: int | None = None,
    is_proved: bool = False,
) -> Examination:
    """Examine a pass by its QR text or its number, as shown at a station now. What the officer is shown
    is written to the audit. `is_proved`: of a number that stood in a code of ours, such as a group's.
    """
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
    known = memory.of_declaration(shown, person, station_id=station_id)
    judged = _judged(shown, person, known, station_id, now, "valid" if is_replaced else status, is_replaced)
    seen = {shown["person_id"], *([person["person_id"]] if person else []), *known.people}
    audit.record(acting, "pass.examined", seen, detail=f"station {station_id}")
    checks = [
        *judged.checks,
        *(["code_only"] if facts is None and not is_proved else []),
        *(["replaced"] if is_replaced else []),
    ]
    recent = (
        crossing
        for crossing in known.with_this_pass
        if crossing["station_id"] == station_id
        and now - crossing["crossed_at"] < _JUST_NOW
        and not was_mistaken(crossing)
    )
    return Examination(
        judged.status,
        judged.colour,
        checks,
        facts,
        shown,
        person,
        areas.get(shown["origin_area"]),
        areas.get(shown["destination_area"]),
        known,
        judged.elsewhere,
        next(recent, None),
        judged.for_a_reason,
        judged.decision,
    )


def judge(
    shown: PassInFull,
    person: register.RegisteredPerson | None,
    known: Memory,
    station_id: int,
    at: dt.datetime,
) -> Judgement:
    """What this pass (a row of `pass_in_full`; `person`: as `whose` says) is worth there at that moment, as
    the officer was shown: whether letting it through takes a reason. Raises NoSuchStation.
    """
    return _judged(shown, person, known, station(station_id)["station_id"], at)


def remembered_of(acting: Acting, declared: ClaimedIdentity, station_id: int) -> Memory:
    """What is remembered of one at the station who has no pass, and of whom the register knows nobody. On
    the record.
    """
    birth = declared.birth
    known = memory.of_claim(
        declared.number,
        declared.full_name,
        (birth.year, birth.month, birth.day) if birth else None,
        station_id,
    )
    audit.record(acting, "pass.examined", known.people, detail=f"station {station_id}")
    return known


def whose(declared: Declaration) -> register.RegisteredPerson | None:
    """The register's row of the one who declared this (a row), or, where it disagrees, of whose the number
    is: the officer must see whom it was compared with.
    """
    if declared["person_id"] > 0:
        return register.get_now(declared["person_id"])
    if not declared["number"] or declared["outcome"] != "disagrees":
        return None
    holder = best_holder(identity_of(declared), declared["number"])
    return register.get_now(holder.person_id) if holder else None


def pass_in_full(pass_id: int) -> PassInFull | None:
    """A pass with its declaration, for its holder or for one who has examined it."""
    return next(iter(_sql.of(PassInFull).prepared("pass_in_full", {"held": ""}, pass_id=pass_id)), None)


def _newest(shown: PassInFull | None) -> tuple[PassInFull | None, bool]:
    """The pass that took this one's place, where the traveller has declared the journey anew; whether it
    is another.
    """
    first, seen = shown, set()
    while shown and shown["superseded_by"] and shown["pass_id"] not in seen:
        revoked_at, replaced_at = shown["revoked_at"], shown["superseded_at"]
        if revoked_at and replaced_at and revoked_at < replaced_at:
            break  # what is declared afterwards does not answer for it
        seen.add(shown["pass_id"])
        newer = _sql.of(StoredPass).one("pass_of_declaration", declaration_id=shown["superseded_by"])
        if not newer:  # that declaration was given no pass
            break
        shown = pass_in_full(newer["pass_id"])
    return shown, shown is not first


def _judged(
    shown: PassInFull,
    person: register.RegisteredPerson | None,
    known: Memory,
    station_id: int,
    at: dt.datetime,
    status: str = "valid",
    is_replaced: bool = False,
) -> Judgement:
    """`status`: what the code itself comes to, where that is all there is to say."""
    elsewhere = _impossible(known.with_this_pass, station_id, at)
    status = _status(shown, elsewhere, at) if status == "valid" else status
    checks = _checks(known.left_of(shown), person)
    decision = _decided(status, shown, person, checks, known, is_replaced, station_id, at)
    colour = str(decision.answer if decision else PASSAGE.without)
    for_a_reason = colour == "red" or bool(known.stops) or known.is_refused(shown)
    return Judgement(status, colour, checks, elsewhere, for_a_reason, decision)


def _status(shown: PassInFull, elsewhere: ElsewhereCrossing | None, now: dt.datetime) -> str:
    if shown["revoked_at"]:
        return "revoked"
    if shown["expires_at"] < now:
        return "expired"
    if shown["superseded_at"]:
        return "superseded"
    if elsewhere:
        return "used_elsewhere"
    return "completed" if state_of(shown["person_id"], shown["declaration_id"]) == "met" else "valid"


def _impossible(
    crossings: list[RememberedCrossing], station_id: int, now: dt.datetime
) -> ElsewhereCrossing | None:
    """The last crossing at another station that is too far away for the time since: two people are
    showing one journey.
    """
    elsewhere = [crossing for crossing in crossings if crossing["station_id"] != station_id]
    if not elsewhere:
        return None
    here = station(station_id)
    for crossing in elsewhere:
        km = areas.kilometres(
            (crossing["latitude"], crossing["longitude"]), (here["latitude"], here["longitude"])
        )
        hours = abs(now - crossing["crossed_at"]).total_seconds() / 3600  # also before: it may reach us late
        if km > _NEARBY_KM and hours < km / _KMH:
            return {**crossing, "km": round(km)}
    return None


def _checks(shown: PassInFull, person: register.RegisteredPerson | None) -> list[str]:
    found = []
    if person and person["person_id"] == shown["person_id"] and person["status"] != register.ALIVE:
        found.append("dead" if person["status"] == register.DEAD else "missing")
    if shown["outcome"] != "confirmed":
        found.append(f"outcome_{shown['outcome']}")
    return found + warnings_in(as_declared(shown))


def _decided(
    status: str,
    shown: PassInFull,
    person: register.RegisteredPerson | None,
    checks: list[str],
    known: Memory,
    is_replaced: bool,
    station_id: int,
    at: dt.datetime,
) -> Decision | None:
    """By the rule "passage" that counts where the station is."""
    is_known = person is not None and person["person_id"] == shown["person_id"]
    facts = {
        "code": status,
        "identity": shown["outcome"],
        "person": PERSON_STATUS[person["status"]] if person and is_known else None,
        **{f"declared.{sign}": sign in checks for sign in SIGNS},
        "remembered": known.colour,
        "replaced": is_replaced,
        "reason": shown["reason"],
        "vehicle": shown["vehicle"],
    }
    area_id = station(station_id)["area_id"] if rules.differ_by_area(PASSAGE.code) else None
    rule = rules.in_force(PASSAGE.code, at, area_id)
    return rule.decide(facts | level_facts(rule, shown, at)) if rule else None

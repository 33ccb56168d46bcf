"""Declaring a journey, by a citizen or keyed in by an officer: one transaction, and the same id is always the
same row.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints import passes
from dancu.checkpoints.codes import new_pass_id
from dancu.checkpoints.crossings import (
    record_crossing,
)
from dancu.checkpoints.errors import DeclaredOtherwise
from dancu.checkpoints.journeys import Journey, identity_of, subject_of, told_communes
from dancu.checkpoints.rows import AnsweredDeclaration, StoredPass
from dancu.checkpoints.superseding import (
    NOBODY,
    Sender,
    declared_ill,
    gives_own_number,
    hold_traveller,
    supersede,
)
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.isolation import actions as isolation
from dancu.isolation import health_policy
from dancu.isolation.rule_kinds import ORDINARY, WITHHOLD
from dancu.isolation.signs import warnings_in
from dancu.matching.likeness import name_key
from dancu.matching.lookups import IdentityComparison, Outcome, compare_decided, identify
from dancu.matching.sameness import phones_of
from dancu.register import lookups as register
from dancu.register.actions import hold_now
from dancu.values.plates import tidy_plate

_sql = Queries(__file__)


@dataclass(frozen=True)
class IssuedPass:
    """A declaration that was taken: its pass, and how it compared with the register.

    A traveller who declares to be ill may be given none: then `pass_id` is 0, and there is neither a code nor
    an end. `marked`: the pass does not show that its traveller is well. `tells`: whoever declared may learn
    whether it agrees with the register. `differs`: this id was taken before with something else, and that
    stands.
    """

    person_id: int
    declaration_id: UUID
    pass_id: int
    outcome: Outcome
    qr_text: str
    expires_at: dt.datetime | None
    marked: bool = False
    tells: bool = False
    differs: bool = field(default=False, compare=False)  # the answer is the same

    @property
    def withheld(self) -> bool:
        return not self.pass_id


def compare(journey: Journey, by_official: bool = False) -> IdentityComparison:
    """How the declared identity compares with the register. Nothing is stored."""
    return identify(identity_of(vars(journey), journey.birth), by_official)


@whole
def declare(
    journey: Journey,
    declaration_id: UUID,
    acting: Acting | None = None,
    sender: Sender = NOBODY,
    *,
    person_id: int | None = None,
) -> IssuedPass:
    """Take a declaration: compare it with the register, sign a pass, tell both communes.

    Who declares to be ill is given a marked pass or none, by the rule of the day; an officer who keys it in
    decides on the spot, and needs its pass. Whether the identity agrees stands in the pass only where an
    officer keyed it in, or the citizen has signed in and declares with a number of their own: a stranger
    would read it. Older passes of the same traveller for the same journey no longer count. The same
    `declaration_id` again gives the same answer, whatever it holds then (`differs`). `acting`: the officer
    who keyed it in; `person_id`: whom that officer recognised among those whom the register offered;
    `sender`: which citizen sends it, as far as that is known.
    """
    _sql.one(
        "claim_declaration",
        key=declaration_id.int >> 64 & ((1 << 63) - 1) ^ declaration_id.int & ((1 << 63) - 1),
    )
    if known := _taken(declaration_id, journey):
        return known
    chosen = hold_now(person_id) if person_id else 0
    comparison = _decided(journey, chosen) if chosen else compare(journey, by_official=acting is not None)
    person_id = (
        comparison.person.person_id
        if comparison.person and comparison.outcome.agrees
        else subject_of(declaration_id)
    )
    if person_id > 0 and person_id != chosen:
        person_id = hold_now(person_id)
    hold_traveller(journey, person_id)
    now, answer = timezone.now(), health_policy.answer(journey)
    withheld = answer == WITHHOLD and acting is None
    marked = answer != ORDINARY or declared_ill(journey, sender)
    expires_at = now + passes.valid_for(journey, is_keyed_in=acting is not None)
    meant = _meant(comparison, person_id)
    _sql.run(
        "add_declaration",
        **_columns(journey),
        person_id=person_id,
        declaration_id=declaration_id,
        declared_at=now,
        phone_agrees=_has_phone(journey, meant, person_id),
        official_id=acting.official_id if acting else None,
        outcome=comparison.outcome,
        levels=json.dumps(comparison.levels),
        doubtful=comparison.doubtful,
    )
    is_own = acting is not None or person_id == sender.person_id
    vouched_by = acting.official_id if acting else 0 if is_own else None
    tells = acting is not None or gives_own_number(journey, sender)
    replaced = supersede(
        journey, declaration_id, sender, person_id=person_id if person_id > 0 and is_own else 0
    )
    pass_id, qr_text = 0, ""
    if not withheld:
        pass_id = new_pass_id()
        qr_text = passes.seal(pass_id, journey, tells and comparison.outcome.agrees, now, expires_at)
        _sql.run(
            "add_pass",
            person_id=person_id,
            pass_id=pass_id,
            declaration_id=declaration_id,
            issued_at=now,
            expires_at=expires_at,
            qr_text=qr_text,
            marked=marked,
            tells=tells,
        )
    isolation.expect_arrival(
        person_id=person_id,
        declaration_id=declaration_id,
        declared_at=now,
        arrives_on=journey.arrives_on,
        origin_area=journey.origin_area,
        destination_area=journey.destination_area,
        birth_year=journey.birth.year,
        **told_communes(comparison, journey.number_kind, is_vouched=vouched_by is not None),
        full_name=journey.full_name,
        warnings=warnings_in(health_policy.as_declared(vars(journey) | {"declared_at": now})),
        phone=journey.phone,
        declarer_name=journey.declarer_name,
        declarer_phone=journey.declarer_phone,
        destination_detail=journey.destination_detail,
        plate=journey.plate,
        number=journey.number,
        birth_month=journey.birth.month,
        birth_day=journey.birth.day,
        sex=journey.sex,
        companions=journey.companions,
        state="told_to_stay" if withheld else "declared",
        tested_on=journey.tested_on,
        replaces=replaced,
        person=meant,
        vouched_by=vouched_by,
    )
    if acting:
        audit.record(acting, "declaration.keyed_in", [person_id], detail=str(declaration_id))
    elif person_id > 0:
        audit.record_system(
            "declaration.compared", [person_id], detail=str(declaration_id), purpose="passage"
        )
    return IssuedPass(
        person_id,
        declaration_id,
        pass_id,
        comparison.outcome,
        qr_text,
        None if withheld else expires_at,
        marked=bool(pass_id) and marked,
        tells=tells,
    )


@whole
def declare_and_let_through(
    journey: Journey,
    acting: Acting,
    *,
    declaration_id: UUID,
    crossing_id: UUID,
    station_id: int,
    direction: str,
    person_id: int | None = None,
) -> IssuedPass:
    """An officer keys in a journey and lets the traveller through: pass and crossing, both or none, and both
    once.

    `person_id`: as for `declare`. Raises BadCrossingId, DeclaredOtherwise, TakenBack, and ReasonNeeded where
    the declared identity disagrees with the register or the person was stopped before.
    """
    declared = declare(journey, declaration_id, acting, person_id=person_id)
    if declared.differs:
        raise DeclaredOtherwise(declaration_id)
    record_crossing(
        acting,
        crossing_id=crossing_id,
        pass_id=declared.pass_id,
        station_id=station_id,
        direction=direction,
        decision="through",
    )
    return declared


def _meant(comparison: IdentityComparison, person_id: int) -> register.RegisteredPerson | None:
    """The register's row of whom it recognised, or of whose the number is although all else disagrees, as
    `lookups.whose` says of a declaration.

    One statement whoever it is, and if it is nobody: a stranger would read from the steps whether a number is
    somebody's.
    """
    holder = comparison.person if comparison.outcome == Outcome.DISAGREES else None
    meant = person_id if person_id > 0 else holder.person_id if holder else 0
    return register.people([meant]).get(meant)


def _has_phone(journey: Journey, person: register.RegisteredPerson | None, person_id: int) -> bool:
    """Whether it was declared with the telephone that the register holds of whom it recognised: today,
    for a record may change.
    """
    if person is None or person["person_id"] != person_id:
        return False
    return bool(phones_of(person) & phones_of(vars(journey)))


def _decided(journey: Journey, person_id: int) -> IdentityComparison:
    return compare_decided(identity_of(vars(journey), journey.birth), person_id)


def _taken(declaration_id: UUID, journey: Journey) -> IssuedPass | None:
    known = _sql.of(AnsweredDeclaration).one("declaration", declaration_id=declaration_id)
    if known is None:
        return None
    said, before = _columns(journey), dict[str, Any](known)
    differs = said != {name: before[name] for name in said}
    outcome = Outcome(known["told_outcome"])
    withheld = IssuedPass(known["person_id"], declaration_id, 0, outcome, "", None, differs=differs)
    issued = _sql.of(StoredPass).one("pass_of_declaration", declaration_id=declaration_id)
    if issued is None:
        return withheld
    return replace(
        withheld,
        pass_id=issued["pass_id"],
        qr_text=issued["qr_text"],
        expires_at=issued["expires_at"],
        marked=issued["marked"],
        tells=issued["tells"],
    )


def _columns(journey: Journey) -> dict[str, Any]:
    values = asdict(journey)
    birth = values.pop("birth")
    return values | {
        "birth_year": birth["year"],
        "birth_month": birth["month"],
        "birth_day": birth["day"],
        "symptoms": list(journey.symptoms),
        "plate": tidy_plate(journey.plate),
        "given_key": name_key(journey.full_name),
    }

"""Drafting a decision on levels of risk, signing it, throwing it away: two people, and nothing is edited."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from dancu.accounts.eyes import are_one_hand
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.risk import errors, lookups
from dancu.risk.decision import RiskDecision
from dancu.risk.rows import DecisionRow
from dancu.rules.actions import SOONEST

_sql = Queries(__file__)


def draft(acting: Acting, said: RiskDecision) -> int:
    """Keep a decision; it counts when somebody else has signed it. Its number. Raises what
    `RiskDecision.check` raises, BeginsTooSoon, AreaElsewhere, NoSuchDecision, CannotBeWithdrawn.
    """
    said.check()
    if said.valid_from <= timezone.now() + SOONEST:
        raise errors.BeginsTooSoon
    _may_decide(acting, said)
    with transaction.atomic():
        row = _sql.one(
            "draft",
            citation=said.citation,
            valid_from=said.valid_from,
            areas=list(said.levels),
            levels=list(said.levels.values()),
            withdraws=said.withdraws,
            digest=said.digest,
            drafted_by=acting.official_id,
        )
        assert row
        audit.record(acting, "risk.drafted", detail=f"{row['decision_id']}")
    return row["decision_id"]


def sign(acting: Acting, decision_id: int, digest: str) -> DecisionRow:
    """The second signature, under what was shown. Raises NoSuchDecision, NotAsDrafted, and what `may_sign`
    raises.
    """
    with transaction.atomic():
        _sql.one("hold")
        row = lookups.decision(decision_id)
        if digest != row["digest"] or lookups.as_decision(row).digest != row["digest"]:
            raise errors.NotAsDrafted
        may_sign(acting, row)
        _sql.run(
            "sign",
            decision_id=decision_id,
            drafted_by=row["drafted_by"],
            digest=row["digest"],
            signed_by=acting.official_id,
        )
        audit.record(acting, "risk.signed", detail=f"{decision_id}")
    return row


def may_sign(acting: Acting, row: DecisionRow) -> None:
    """Raises SignedAlready, AreaElsewhere, OwnRiskDecision, OneHandSigns, BegunUnsigned, CannotBeWithdrawn or
    AreaEnded where this official may not.
    """
    said = lookups.as_decision(row)
    if row["signed_by"]:
        raise errors.SignedAlready
    _may_decide(acting, said)
    if row["drafted_by"] == acting.official_id:
        raise errors.OwnRiskDecision
    if are_one_hand(row["drafted_by"], acting.official_id):
        raise errors.OneHandSigns
    if said.valid_from <= timezone.now() + SOONEST:
        raise errors.BegunUnsigned
    said.check()


def discard(acting: Acting, decision_id: int) -> None:
    """Throw a draft away, one's own or another's. Raises NoSuchDecision, SignedAlready, AreaElsewhere."""
    with transaction.atomic():
        _sql.one("hold")
        row = lookups.decision(decision_id)
        if row["signed_by"]:
            raise errors.SignedAlready
        _only_own(acting, row["areas"])
        _sql.run("discard", decision_id=decision_id, discarded_by=acting.official_id)
        audit.record(acting, "risk.discarded", detail=f"{decision_id}")


def may_withdraw(acting: Acting, row: DecisionRow) -> bool:
    """Whether this official may draft the decision's withdrawal."""
    own = lookups.own_areas(acting)
    return _can_be_withdrawn(row) and (own is None or own.issuperset(row["areas"]))


def _may_decide(acting: Acting, said: RiskDecision) -> None:
    """For all that it names, and all that it withdraws."""
    _only_own(acting, said.levels)
    if said.withdraws is None:
        return
    earlier = lookups.decision(said.withdraws)
    if not _can_be_withdrawn(earlier):
        raise errors.CannotBeWithdrawn
    _only_own(acting, earlier["areas"])


def _can_be_withdrawn(row: DecisionRow) -> bool:
    return bool(row["signed_by"]) and not (row["withdraws"] or row["withdrawn_by"])


def _only_own(acting: Acting, area_ids: Iterable[int]) -> None:
    own = lookups.own_areas(acting)
    elsewhere = () if own is None else (each for each in area_ids if each not in own)
    if (first := next(iter(elsewhere), None)) is not None:
        raise errors.AreaElsewhere(areas.get(first).path)

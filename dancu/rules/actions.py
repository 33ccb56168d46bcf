"""Drafting a version of a rule, and signing it: two people, and nothing is edited."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from dancu.accounts.eyes import are_one_hand
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.rules import contradicting, errors, lookups
from dancu.rules.documents import digest, read
from dancu.rules.rows import DraftedVersion
from dancu.rules.rule import Rule

# until a rule begins: servers ask every few seconds, and clocks differ
SOONEST = dt.timedelta(minutes=1)
LONGEST_WORDS = 500  # letters of why a draft is refused
_sql = Queries(__file__)


def draft(acting: Acting, document: Mapping[str, Any]) -> Rule:
    """Keep a new version of a rule; it counts when somebody else has signed it. Raises BadRule, NotTheNext,
    TooLate, AnotherRuleThere, SameBeginning, RuleElsewhere.
    """
    rule = read(document)
    contradicting.check(rule)
    _may_decide_there(acting, rule)
    if rule.valid_from <= timezone.now() + SOONEST:
        raise errors.TooLate
    with transaction.atomic():
        _sql.one("hold")
        following = next_version(rule.id)
        if rule.version != following:
            raise errors.NotTheNext(following)
        _is_alone_there(rule)
        _begins_alone(rule)
        _sql.run(
            "draft",
            rule_id=rule.id,
            version=rule.version,
            document=Jsonb(dict(document)),
            digest=digest(document),
            drafted_by=acting.official_id,
        )
        audit.record(acting, "rules.drafted", detail=f"{rule.id} {rule.version}")
    return rule


def sign(acting: Acting, rule_id: str, version: int) -> Rule:
    """The second signature: from its time on the version counts. Raises NoSuchRule, OwnDraft, OneHand,
    BadRule, AlreadySigned, DraftEnded, NoLongerNext, NewerSigned, AnotherRuleThere, SameBeginning,
    RuleElsewhere.
    """
    with transaction.atomic():
        _sql.one("hold")
        drafted = lookups.version(rule_id, version)
        rule = may_sign(acting, drafted)
        _sql.run(
            "sign",
            rule_id=rule_id,
            version=version,
            drafted_by=drafted["drafted_by"],
            digest=drafted["digest"],
            signed_by=acting.official_id,
        )
        audit.record(acting, "rules.signed", detail=f"{rule_id} {version}")
    transaction.on_commit(lookups.forget)
    return rule


def end_draft(acting: Acting, rule_id: str, version: int, words: str) -> Rule:
    """Nobody will sign this draft: somebody else refuses it, for which words are needed (the first 500
    letters count), or whoever drafted it withdraws it. Raises NoSuchRule, WordsNeeded, AlreadySigned,
    DraftEnded, RuleElsewhere.
    """
    with transaction.atomic():
        _sql.one("hold")
        drafted = lookups.version(rule_id, version)
        rule = may_end(acting, drafted)
        is_own = drafted["drafted_by"] == acting.official_id
        said = " ".join(words.split())[:LONGEST_WORDS]
        if not said and not is_own:
            raise errors.WordsNeeded
        _sql.run("end_draft", rule_id=rule_id, version=version, ended_by=acting.official_id, words=said)
        done = "rules.withdrawn" if is_own else "rules.refused"
        audit.record(acting, done, detail=f"{rule_id} {version}")
    return rule


def may_end(acting: Acting, drafted: DraftedVersion) -> Rule:
    """What this official would refuse or withdraw. Raises what `end_draft` raises of a version that is
    there.
    """
    rule = lookups.as_rule(drafted)
    _may_decide_there(acting, rule)
    if drafted["signed_by"]:
        raise errors.AlreadySigned
    if drafted["ended_by"]:
        raise errors.DraftEnded
    return rule


def may_sign(acting: Acting, drafted: DraftedVersion) -> Rule:
    """What this official would sign. Raises what `sign` raises of a version that is there."""
    rule = lookups.as_rule(drafted)
    _may_decide_there(acting, rule)
    if drafted["signed_by"]:
        raise errors.AlreadySigned
    if drafted["ended_by"]:
        raise errors.DraftEnded
    if drafted["drafted_by"] == acting.official_id:
        raise errors.OwnDraft
    if are_one_hand(drafted["drafted_by"], acting.official_id):
        raise errors.OneHand
    if rule.valid_from <= timezone.now() + SOONEST:
        raise errors.NoLongerNext
    newest = max((row["version"] for row in lookups.versions(rule.id) if row["signed_by"]), default=0)
    if newest > rule.version:
        raise errors.NewerSigned(newest)
    contradicting.check(rule)
    _is_alone_there(rule)
    _begins_alone(rule)
    return rule


def may_draft(acting: Acting, area_code: str, on: dt.date | None = None) -> bool:
    """Whether this official may draft rules for the area of that code ("": the whole country) on a day
    (today).
    """
    if acting.jurisdiction_kind == "nation":
        return True
    today = timezone.localdate()
    area = areas.unit(area_code, on or today) if area_code else None
    if area is None or not areas.get(acting.jurisdiction_id).stood(today):
        return False
    return area.area_id in areas.ids_below(acting.jurisdiction_id)


def next_version(rule_id: str) -> int:
    """The number of a rule's next version."""
    drafted = [row["version"] for row in lookups.versions(rule_id)]
    came = [rule.version for rule in lookups.shipped() if rule.id == rule_id]
    return max([*drafted, *came], default=0) + 1


def _is_alone_there(rule: Rule) -> None:
    """One rule alone decides a kind of thing in one place; and no rule becomes another's kind or moves."""
    for other in lookups.standing():
        same_place = other.kind.code == rule.kind.code and other.area == rule.area
        if same_place != (other.id == rule.id):
            raise errors.AnotherRuleThere(other.id)


def _begins_alone(rule: Rule) -> None:
    """Two versions that begin at once would contradict each other, unless they answer the same."""
    for other in lookups.standing():
        begins_so = other.id == rule.id and other.valid_from == rule.valid_from
        if begins_so and other.version != rule.version and _answers(other) != _answers(rule):
            raise errors.SameBeginning(other.version)


def _answers(rule: Rule) -> object:
    clauses = [(clause.when, clause.then, clause.unknown) for clause in rule.clauses]
    return clauses, rule.otherwise, rule.valid_to


def _may_decide_there(acting: Acting, rule: Rule) -> None:
    if not may_draft(acting, rule.area, rule.valid_from.date()):
        raise errors.RuleElsewhere

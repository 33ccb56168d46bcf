"""The versions of a rule: who drafted and signed each, and whether it counts."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.accounts import lookups as accounts
from dancu.accounts.lookups import Acting
from dancu.modules import Words
from dancu.rules import lookups
from dancu.rules.errors import BadRule, NoSuchRule
from dancu.rules.rows import DraftedVersion
from dancu.rules.rule import Rule
from dancu.rules.wording import in_language
from dancu.web.office.rules.showing import where

TOLD_FOR = dt.timedelta(days=7)  # that nobody signed in time
IN_FORCE, LATER, PAST, WAITING, TOO_LATE = "in force", "later", "past", "waiting", "too late"
REFUSED, WITHDRAWN = "refused", "withdrawn"
STATES: dict[str, tuple[Words, str]] = {  # in words, and in which colour
    IN_FORCE: (_("In force"), "green"),
    LATER: (_("Begins later"), "blue"),
    PAST: (_("Not in force"), "grey"),
    WAITING: (_("Waiting for a second signature"), "amber"),
    TOO_LATE: (_("Not signed in time"), "grey"),
    REFUSED: (_("Refused"), "red"),
    WITHDRAWN: (_("Draft withdrawn"), "grey"),
}


@dataclass(frozen=True)
class RuleVersion:
    """A version of a rule. `drafted`: its row; None where it came with the house, or only the rule is asked
    for.
    """

    rule: Rule
    drafted: DraftedVersion | None

    @property
    def title(self) -> str:
        return in_language(self.rule.title)

    @property
    def where(self) -> str:
        return where(self.rule)

    @property
    def is_signed(self) -> bool:
        """Also what came with the house counts as signed."""
        return self.drafted is None or self.drafted["signed_by"] is not None

    @property
    def drafter(self) -> str:
        return accounts.official(self.drafted["drafted_by"]).full_name if self.drafted else ""

    @property
    def signer(self) -> str:
        signed_by = self.drafted and self.drafted["signed_by"]
        return accounts.official(signed_by).full_name if signed_by else ""

    @property
    def is_ended(self) -> bool:
        """Whether it was refused or withdrawn before anybody signed it."""
        return self.drafted is not None and self.drafted["ended_by"] is not None

    @property
    def ender(self) -> str:
        ended_by = self.drafted and self.drafted["ended_by"]
        return accounts.official(ended_by).full_name if ended_by else ""

    @property
    def state(self) -> str:
        """A key of STATES."""
        rule, now, edition = self.rule, timezone.now(), lookups.current()
        if self.drafted and self.drafted["ended_by"]:
            return WITHDRAWN if self.drafted["ended_by"] == self.drafted["drafted_by"] else REFUSED
        if not self.is_signed:
            later = (each.version > rule.version for each in _signed(rule.id))
            return TOO_LATE if rule.valid_from <= now or any(later) else WAITING
        if _is(edition.in_force(rule.kind.code, now, rule.area), rule):
            return IN_FORCE
        begins = rule.valid_from > now and edition.in_force(rule.kind.code, rule.valid_from, rule.area)
        return LATER if begins and _is(begins, rule) else PAST

    @property
    def status(self) -> tuple[Words, str]:
        return STATES[self.state]


def found(acting: Acting, rule_id: str, number: int) -> RuleVersion:
    """A version that this official may see: a draft only makers of rules. Raises NoSuchRule."""
    version = next((each for each in of_rule(acting, rule_id) if each.rule.version == number), None)
    if version is None:
        raise NoSuchRule
    return version


def of_rule(acting: Acting, rule_id: str) -> list[RuleVersion]:
    """The versions of a rule that this official may see, the latest first."""
    drafted = {row["version"] for row in lookups.versions(rule_id)}
    came = [
        RuleVersion(rule, None)
        for rule in lookups.shipped()
        if rule.id == rule_id and rule.version not in drafted
    ]
    every = [*came, *(each for each in _drafted(rule_id) if each.is_signed or acting.may("rules"))]
    return sorted(every, key=lambda version: -version.rule.version)


def before(rule: Rule) -> Rule | None:
    """The version of this rule in whose place this one comes: that which counts until it begins."""
    earlier = [
        each for each in _signed(rule.id) if (each.valid_from, each.version) < (rule.valid_from, rule.version)
    ]
    return max(earlier, key=lambda each: (each.valid_from, each.version), default=None)


def after(rule: Rule) -> Rule | None:
    """The signed version that will count instead of this one, from its own time on."""
    later = [each for each in _signed(rule.id) if each.valid_from > rule.valid_from]
    return min(later, key=lambda each: each.valid_from, default=None)


def areas_of_their_own(rule: Rule) -> list[Rule]:
    """Of the country's rule: the rules of areas, where it does not count."""
    if rule.area:
        return []
    by_area = lookups.current().rules.get(rule.kind.code, {})
    latest = (versions[0] for area, versions in by_area.items() if area and versions)
    return [each for each in latest if each.valid_to is None or each.valid_to > rule.valid_from]


def unsigned() -> list[RuleVersion]:
    """What waits for a second signature, was refused, or of late began without one, the first to begin
    first.
    """
    since = timezone.now() - TOLD_FOR
    waiting = [
        each
        for each in _drafted()
        if not each.is_signed and each.rule.valid_from > since and each.state != WITHDRAWN
    ]
    return sorted(waiting, key=lambda version: version.rule.valid_from)


def _drafted(rule_id: str | None = None) -> list[RuleVersion]:
    """A draft that can no longer be read, as when a fact has a new name since, is left out."""
    versions = []
    for row in lookups.versions(rule_id):
        try:
            versions.append(RuleVersion(lookups.as_rule(row), row))
        except BadRule:
            continue
    return versions


def _signed(rule_id: str) -> list[Rule]:
    try:
        return lookups.signed(rule_id)
    except NoSuchRule:
        return []


def _order(rule: Rule) -> tuple[dt.datetime, int]:
    return rule.valid_from, rule.version


def _is(one: Rule | None, other: Rule) -> bool:
    return one is not None and (one.id, one.version) == (other.id, other.version)

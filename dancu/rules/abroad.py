"""Rules for devices that decide without the server: as plain CertLogic, which certlogic-js evaluates on the
page (assets/device/rules.js). A device knows less than the server does, so of each condition it gets both
what holds and what fails: where neither is so it does not know.
"""

import datetime as dt
from typing import Any, TypedDict

from django.utils import timezone

from dancu.rules import lookups, plain
from dancu.rules.rule import TRY_NEXT, Clause, Rule

AHEAD = dt.timedelta(days=7)  # what begins to count within it is carried beforehand


class TravellingClause(TypedDict):
    """`unknown`: what the server answers where it does not know either, or None: it tries the next one."""

    holds: Any
    fails: Any
    then: str | int
    unknown: str | int | None
    words: dict[str, str]


class TravellingRule(TypedDict):
    """One version. `since`, `until`: when its own time is, in milliseconds since 1970; None for no end."""

    id: str
    version: int
    since: int
    until: int | None
    citation: str
    clauses: list[TravellingClause]
    otherwise: str | int
    otherwise_words: dict[str, str]


Travelling = list[list[TravellingRule]]


def travelling(kind: str, area_id: int) -> Travelling:
    """The rules by which this is decided there, now and until AHEAD: of the unit and of each above it, the
    smallest first, its versions, what begins last first. The first unit of which the version that began last
    still counts has the rule, as in `lookups.in_force`.
    """
    now = timezone.now()
    found = [[told(rule) for rule in rules] for rules in lookups.chain(kind, area_id, now, now + AHEAD)]
    return [rules for rules in found if rules]


def told(rule: Rule) -> TravellingRule:
    """One version as devices have it."""
    return {
        "id": rule.id,
        "version": rule.version,
        "since": milliseconds(rule.valid_from),
        "until": milliseconds(rule.valid_to) if rule.valid_to else None,
        "citation": rule.citation,
        "clauses": [_clause(clause) for clause in rule.clauses],
        "otherwise": rule.otherwise,
        "otherwise_words": dict(rule.otherwise_words),
    }


def _clause(clause: Clause) -> TravellingClause:
    return {
        "holds": plain.holds(clause.when),
        "fails": plain.fails(clause.when),
        "then": clause.then,
        "unknown": None if clause.unknown == TRY_NEXT else clause.unknown,
        "words": dict(clause.words),
    }


def milliseconds(at: dt.datetime) -> int:
    """Since 1970."""
    return int(at.timestamp() * 1000)

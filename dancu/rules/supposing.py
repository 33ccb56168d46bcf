"""What rules would have answered where not all facts are known any more: each way that it can have been is
tried, and only what all of them agree on is told. docs/decisions/0034-trying-a-rule-on-the-past.md
"""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from dancu.rules.conditions import facts_of
from dancu.rules.kinds import Answer, RuleKind
from dancu.rules.past import Alike
from dancu.rules.rule import TRY_NEXT, Rule

MOST_WAYS = 10_000  # that facts may have been; where they are more, it is not known


@dataclass(frozen=True)
class Supposed:
    """What two rules say of things decided alike. `before`, `after`: the answers, None where it is not known
    which; `line`: the number of the clause of the second by which (0: none, None: not known). `for_want_of`:
    the facts that it hangs on. `is_unexplained`: what is known of them does not lead to what was decided.
    """

    before: Answer | None = None
    after: Answer | None = None
    line: int | None = None
    for_want_of: tuple[str, ...] = ()
    is_unexplained: bool = False

    @property
    def is_known(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def is_change(self) -> bool:
        return self.is_known and self.before != self.after


def suppose(alike: Alike, now: Rule | None, draft: Rule, ruled_by: Rule | None) -> Supposed:
    """What is answered by `now` (None: no rule) and by `draft`. `ruled_by`: the version by which they were
    decided, where it is known; what it would not have decided so cannot have been.
    """
    kind = draft.kind
    rules = [rule for rule in (now, draft, ruled_by) if rule]
    wanted = {name for rule in rules for clause in rule.clauses for name in facts_of(clause.when)}
    several = {name: values for name, values in _unsure(alike, kind).items() if name in wanted}
    lost = {name for name in wanted if name not in alike.facts and name not in several}
    if prod(map(len, several.values())) > MOST_WAYS:
        return Supposed(for_want_of=tuple(sorted(several)))
    ways = [way for way in _ways(several) if _explains(ruled_by, alike, way, lost)]
    if not ways:
        return Supposed(is_unexplained=True)
    before: set[Answer] = set()
    after: set[tuple[Answer, int]] = set()
    for way in ways:
        facts = {**alike.facts, **way}
        before |= {answer for answer, _line in answers(now, facts, lost)} if now else {kind.without}
        after |= answers(draft, facts, lost)
    told = {answer for answer, _line in after}
    if len(before) > 1 or len(told) > 1:
        open_still = [name for name in several if len({str(way[name]) for way in ways}) > 1]
        return Supposed(for_want_of=tuple(sorted([*open_still, *lost])))
    lines = {line for _answer, line in after}
    return Supposed(before.pop(), told.pop(), lines.pop() if len(lines) == 1 else None)


def answers(rule: Rule, facts: Mapping[str, Any], lost: Collection[str] = ()) -> set[tuple[Answer, int]]:
    """All that a rule may answer of these facts whatever those are that are `lost`, each with the number of
    the clause that does (0: none).
    """
    found: set[tuple[Answer, int]] = set()
    for number, clause in enumerate(rule.clauses, start=1):
        holds = clause.holds(facts)
        if holds:
            return found | {(clause.then, number)}
        if holds is None:
            hangs = any(name in lost for name in facts_of(clause.when)) if lost else False
            if hangs:
                found.add((clause.then, number))
            if clause.unknown != TRY_NEXT:
                found.add((clause.unknown, number))
                if not hangs:
                    return found
    return found | {(rule.otherwise, 0)}


def _explains(rule: Rule | None, alike: Alike, way: Mapping[str, Any], lost: Collection[str]) -> bool:
    """Whether what was decided can have come about so."""
    if rule is None:
        return True
    facts = {**alike.facts, **way, **alike.for_that}
    return any(
        f"{rule.id} {rule.version} {number} {answer}" == alike.ruled_by
        for answer, number in answers(rule, facts, lost)
    )


def _unsure(alike: Alike, kind: RuleKind) -> dict[str, Sequence[Any]]:
    """What each fact that nobody kept may have been, where that can be counted."""
    found = dict(alike.unsure)
    for name, fact in kind.facts.items():
        if name not in found and name not in alike.facts and fact.type in ("text", "yes_no"):
            values = [*fact.values] if fact.type == "text" else [True, False]
            if values:
                found[name] = [*values, None] if fact.may_be_missing else values
    return found


def _ways(several: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    for values in itertools.product(*several.values()):
        yield dict(zip(several, values, strict=True))

"""A rule: what decides what, where, from when, on what law it rests, and in what words.

Its clauses are tried in order; the first whose condition holds answers. A condition that reads what is not
known neither holds nor fails: the clause then says with `unknown` what is answered, or "next" where the next
clause is to be tried.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dancu.rules.conditions import Node, facts_of
from dancu.rules.evaluating import Facts, Truth, truth
from dancu.rules.kinds import Answer, RuleKind

TRY_NEXT = "next"  # what a clause says where the next one is to be tried


@dataclass(frozen=True)
class Clause:
    """`when` it holds, `then` is the answer; `unknown`: the answer where nobody knows, or TRY_NEXT. `words`:
    why, by language.
    """

    when: Node
    then: Answer
    unknown: Answer
    words: Mapping[str, str]

    @cached_property
    def holds(self) -> Truth:
        """Whether its condition holds; None where nobody knows."""
        return truth(self.when)


@dataclass(frozen=True)
class Rule:
    """One version of a rule. `area`: the code of the unit that it is for, with all below it; "" for the whole
    country. It counts from `valid_from` until the next version does, or until `valid_to`: then an area's own
    rule is over, and that of what is around it counts.
    """

    id: str
    version: int
    kind: RuleKind
    area: str
    valid_from: dt.datetime
    valid_to: dt.datetime | None
    citation: str
    title: Mapping[str, str]
    clauses: Sequence[Clause]
    otherwise: Answer
    otherwise_words: Mapping[str, str]
    document: Mapping[str, Any]

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names of all facts that its clauses read."""
        return frozenset(name for clause in self.clauses for name in facts_of(clause.when))

    def counts(self, at: dt.datetime) -> bool:
        """Whether this version's own time covers the moment; a later version may stand in its place."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)

    def decide(self, facts: Facts) -> "Decision":
        """The answer of the first clause that holds, or that says what is answered where nobody knows."""
        for clause in self.clauses:
            holds = clause.holds(facts)
            if holds:
                return Decision(clause.then, self, clause)
            if holds is None and clause.unknown != TRY_NEXT:
                return Decision(clause.unknown, self, clause, is_unknown=True)
        return Decision(self.otherwise, self, None)


@dataclass(frozen=True)
class Decision:
    """What a rule answered, by which of its clauses (None: none of them held), and whether only because
    nobody knows.
    """

    answer: Answer
    rule: Rule
    clause: Clause | None
    is_unknown: bool = False

    @property
    def brief(self) -> str:
        """The rule, its version, the number of the clause (0: none) and the answer: “passage 2 3 red”."""
        number = self.rule.clauses.index(self.clause) + 1 if self.clause else 0
        return f"{self.rule.id} {self.rule.version} {number} {self.answer}"

"""A rule in words: its clauses as a table, what changed since the version before, what it may read."""

import datetime as dt
import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.areas import lookups as areas
from dancu.modules import Words
from dancu.rules.conditions import facts_of
from dancu.rules.kinds import RuleKind, type_in_words
from dancu.rules.rule import TRY_NEXT, Clause, Rule
from dancu.rules.wording import asked, in_language
from dancu.web.shared.places import place


@dataclass(frozen=True)
class Line:
    """A clause in words. `unknown`: what is done where nobody knows; "" where it reads nothing that may be
    missing. `mark`: how it differs from the version before. `is_otherwise`: it answers where no other does.
    """

    asked: str
    then: str
    why: str
    unknown: str = ""
    mark: Words = ""
    is_otherwise: bool = False


@dataclass(frozen=True)
class Clauses:
    """The table of a rule. `gone`: lines of the version before that this one no longer has."""

    lines: Sequence[Line]
    otherwise: Line
    gone: Sequence[Line]

    @property
    def tells_unknown(self) -> bool:
        """Whether any line reads what may be missing."""
        return any(line.unknown for line in (*self.lines, *self.gone))


@dataclass(frozen=True)
class ReadableFact:
    """A fact that rules of a kind may read. `values`: each as a rule writes it, and in words."""

    name: str
    words: Words
    type: str
    values: Sequence[tuple[str, Words]]
    source: Words
    may_be_missing: bool


def clauses(rule: Rule, before: Rule | None = None) -> Clauses:
    """The rule's clauses in words, marked where they are not as they were `before`."""
    if before is None:
        return Clauses([_line(clause, rule.kind) for clause in rule.clauses], _otherwise(rule), [])
    now, then = _keys(rule), _keys(before)
    stay = difflib.SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    same = {nth for block in stay for nth in range(block.b, block.b + block.size)}
    marks = ["" if nth in same else _("moved") if key in then else _("new") for nth, key in enumerate(now)]
    gone = [
        _line(clause, rule.kind) for clause, key in zip(before.clauses, then, strict=True) if key not in now
    ]
    is_other = rule.document["otherwise"] != before.document["otherwise"]
    return Clauses(
        [_line(clause, rule.kind, mark) for clause, mark in zip(rule.clauses, marks, strict=True)],
        _otherwise(rule, _("new") if is_other else ""),
        [*gone, _otherwise(before)] if is_other else gone,
    )


def readable_facts(kind: RuleKind) -> list[ReadableFact]:
    """What a rule of this kind may read."""
    return [
        ReadableFact(
            name=name,
            words=fact.words,
            type=f"{type_in_words(fact.type)} ({fact.unit})" if fact.unit else type_in_words(fact.type),
            values=list(fact.values.items()),
            source=fact.source,
            may_be_missing=fact.may_be_missing,
        )
        for name, fact in kind.facts.items()
    ]


def where(rule: Rule) -> str:
    """What area a rule is for."""
    return where_code(rule.area, rule.valid_from.date())


def where_code(code: str, on: dt.date | None = None) -> str:
    """The area of that code on a day (today), with those around it; the country where it is none."""
    area = areas.unit(code, on or timezone.localdate()) if code else None
    return area.path if area else place("nation", 0)


def _line(clause: Clause, kind: RuleKind, mark: Words = "") -> Line:
    unknown = ""
    if any(fact.may_be_missing for fact in facts_of(clause.when).values()):
        unknown = _("the next line is tried") if clause.unknown == TRY_NEXT else kind.in_words(clause.unknown)
    words = in_language(clause.words)
    return Line(_capital(asked(clause.when)), kind.in_words(clause.then), words, unknown, mark)


def _otherwise(rule: Rule, mark: Words = "") -> Line:
    return Line(
        _("Otherwise"),
        rule.kind.in_words(rule.otherwise),
        in_language(rule.otherwise_words),
        mark=mark,
        is_otherwise=True,
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _keys(rule: Rule) -> list[str]:
    """What makes a clause the same in two versions: what it asks, answers and says."""
    clauses = rule.document["clauses"]
    return [json.dumps({"unknown": TRY_NEXT} | clause, sort_keys=True) for clause in clauses]

"""A rule in words: what each clause asks, and which facts decided."""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later_on

from dancu.rules.conditions import (
    Both,
    Compares,
    Either,
    Given,
    IsAmong,
    Later,
    Node,
    Not,
    Reads,
    Several,
    Sum,
    facts_of,
)
from dancu.rules.evaluating import Facts, truth
from dancu.rules.kinds import Fact, Words
from dancu.rules.rule import Decision

_COMPARED: Mapping[str, Words] = {
    "===": _later_on("%(one)s is %(other)s"),
    ">": _later_on("%(one)s is more than %(other)s"),
    "<": _later_on("%(one)s is less than %(other)s"),
    ">=": _later_on("%(one)s is at least %(other)s"),
    "<=": _later_on("%(one)s is at most %(other)s"),
    "after": _later_on("%(one)s is after %(other)s"),
    "before": _later_on("%(one)s is before %(other)s"),
    "not-after": _later_on("%(one)s is not after %(other)s"),
    "not-before": _later_on("%(one)s is not before %(other)s"),
}
_LATER: Mapping[str, Words] = {
    "year": _later_on("%(moment)s + %(amount)d years"),
    "month": _later_on("%(moment)s + %(amount)d months"),
    "day": _later_on("%(moment)s + %(amount)d days"),
    "hour": _later_on("%(moment)s + %(amount)d hours"),
}


def in_language(words: Mapping[str, str]) -> str:
    """What a document says in the reader's language."""
    return words.get(get_language() or "", words["vi"])


def asked(node: Node) -> str:
    """A condition as a sentence without its stop: “Identity is disagrees”."""
    match node:
        case Both(parts):
            return _(" and ").join(_inside(part) for part in parts)
        case Not(Compares("===", (one, other))):
            fact = next((each.fact for each in (one, other) if isinstance(each, Reads)), None)
            return _("%(one)s is not %(other)s") % {"one": _named(one, fact), "other": _named(other, fact)}
        case Not(part):
            return _("not: %(condition)s") % {"condition": asked(part)}
        case Either(guard, then, otherwise):
            words = _("if %(guard)s, then %(then)s, else %(otherwise)s")
            return words % {
                "guard": _inside(guard), "then": _inside(then), "otherwise": _inside(otherwise)
            }  # fmt: skip
        case Compares(operator, operands):
            fact = next((each.fact for each in operands if isinstance(each, Reads)), None)
            named = [_named(each, fact) for each in operands]
            pairs = itertools.pairwise(named)
            return _(" and ").join(
                str(_COMPARED[operator]) % {"one": one, "other": other} for one, other in pairs
            )
        case IsAmong(item, Several(values)):
            fact = item.fact if isinstance(item, Reads) else None
            listed = ", ".join(_quoted(one, fact) for one in values)
            return _("%(item)s is one of: %(values)s") % {"item": _named(item, None), "values": listed}
        case IsAmong(item, among):
            fact = among.fact if isinstance(among, Reads) else None
            return _("%(list)s: %(item)s among them") % {
                "list": _named(among, None),
                "item": _named(item, fact),
            }
        case Given(value):
            return _("always") if value else _("never")
        case Reads(_, fact) if fact.type == "list":
            return _("%(list)s: any") % {"list": fact.words}
    return _named(node, None)


def decided_by(decision: Decision, facts: Facts) -> list[tuple[str, str]]:
    """The facts by which a clause held, or for want of which nobody knows, each with its value, in words."""
    if decision.clause is None:
        return []
    wanted = None if decision.is_unknown else True
    found: dict[str, Fact] = {}
    for part in _deciding(decision.clause.when, wanted, facts):
        found |= facts_of(part)
    return [(str(fact.words), _value_in_words(facts.get(name), fact)) for name, fact in found.items()]


def _deciding(node: Node, answer: bool | None, facts: Facts) -> Iterator[Node]:
    """The smallest parts without which the condition would not have come to this answer."""
    match node:
        case Both(parts):
            same = [part for part in parts if truth(part)(facts) == answer]
            for part in same if answer is not False else same[:1]:
                yield from _deciding(part, answer, facts)
        case Not(part):
            yield from _deciding(part, answer if answer is None else not answer, facts)
        case Either(guard, then, otherwise):
            known = truth(guard)(facts)
            yield from _deciding(guard, known, facts)
            if known is not None:
                yield from _deciding(then if known else otherwise, answer, facts)
        case _:
            yield node


def _inside(node: Node) -> str:
    return f"({asked(node)})" if isinstance(node, Both | Either | Not) else asked(node)


def _named(node: Node, beside: Fact | None) -> str:
    """What a part is called; a given value as it is called of the fact that stands beside it."""
    match node:
        case Reads(_, fact):
            return str(fact.words)
        case Given(value):
            return _quoted(value, beside)
        case Sum(left, right):
            return f"{_named(left, None)} + {_named(right, None)}"
        case Later(moment, 0, _unit):
            return _named(moment, beside)
        case Later(moment, amount, unit):
            return str(_LATER[unit]) % {"moment": _named(moment, beside), "amount": amount}
    return asked(node)


def _quoted(value: Any, fact: Fact | None) -> str:
    words = _value_in_words(value, fact)
    return f"“{words}”" if isinstance(value, str) else words


def _value_in_words(value: Any, fact: Fact | None) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_value_in_words(one, fact) for one in value) or _("none")
    if isinstance(value, dt.datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if fact and value in fact.values:
        return str(fact.values[value])
    unit = str(fact.unit) if fact and fact.type == "number" else ""
    return f"{value} {unit}".strip()

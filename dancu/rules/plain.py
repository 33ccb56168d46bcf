"""A condition in plain CertLogic, for evaluators that know no third answer, such as certlogic-js on a
telephone: it is written twice, as what holds and as what does not. Where neither is so, nobody knows.
"""

from collections.abc import Mapping
from typing import Any

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

NOTHING = "nothing"  # of that name there is no fact: what is not known is the same as this


def data(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by name, with dots between its parts, as objects in objects."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        *above, last = name.split(".")
        inner = found
        for part in above:
            inner = inner.setdefault(part, {})
        inner[last] = list(value) if isinstance(value, tuple | set | frozenset) else value
    return found


def holds(node: Node) -> Any:
    """What is true where the condition surely holds, and false otherwise."""
    match node:
        case Both(parts):
            return {"and": [holds(part) for part in parts]}
        case Not(part):
            return fails(part)
        case Either(guard, then, otherwise):
            return _any(
                _all(holds(guard), holds(then)),
                _all(fails(guard), holds(otherwise)),
                _all(holds(then), holds(otherwise)),
            )
        case Given(value):
            return value
    return _all(*_known(node), _plain(node))


def fails(node: Node) -> Any:
    """What is true where the condition surely does not hold, and false otherwise."""
    match node:
        case Both(parts):
            return _any(*(fails(part) for part in parts))
        case Not(part):
            return holds(part)
        case Either(guard, then, otherwise):
            return _any(
                _all(holds(guard), fails(then)),
                _all(fails(guard), fails(otherwise)),
                _all(fails(then), fails(otherwise)),
            )
        case Given(value):
            return not value
    return _all(*_known(node), {"!": [_plain(node)]})


def _plain(node: Node) -> Any:
    """The same in CertLogic, as true or false where it is asked whether it holds."""
    match node:
        case Compares(operator, operands):
            return {operator: [_value(each) for each in operands]}
        case IsAmong(item, among):
            return {"in": [_value(item), _value(among)]}
    return {"!": [{"!": [_value(node)]}]}


def _value(node: Node) -> Any:
    match node:
        case Reads(name):
            return {"var": name}
        case Given(value):
            return value
        case Several(values):
            return list(values)
        case Sum(left, right):
            return {"+": [_value(left), _value(right)]}
        case Later(moment, amount, unit):
            return {"plusTime": [_value(moment), amount, unit]}
    return holds(node)


def _known(node: Node) -> list[Any]:
    """That each fact it reads is known."""
    return [{"!": [{"===": [{"var": name}, {"var": NOTHING}]}]} for name in facts_of(node)]


def _all(first: Any, *others: Any) -> Any:
    return {"and": [first, *others]} if others else first


def _any(*parts: Any) -> Any:
    return {"!": [{"and": [{"!": [part]} for part in parts]}]}

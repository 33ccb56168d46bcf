"""Whether a condition holds. A fact that is not known is neither true nor false, nor zero: whatever is asked
of it is unknown, “and” is false where any part is, and what is unknown both ways stays so (Kleene's logic).

A condition is turned into functions once, and asked of many travellers.
"""

import datetime as dt
import itertools
import operator
from collections.abc import Callable, Mapping
from typing import Any

from dancu.certlogic.instants import plus_time
from dancu.rules.conditions import (
    INSTANTS,
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
)

Facts = Mapping[str, Any]  # by name; None or absent: not known
Value = Callable[[Facts], Any]  # None: not known
Truth = Callable[[Facts], bool | None]

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "===": operator.eq, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le
}  # fmt: skip


def truth(node: Node) -> Truth:
    """Whether a condition holds; None where nobody knows."""
    match node:
        case Both(parts):
            return _both([truth(part) for part in parts])
        case Not(part):
            of = truth(part)
            return lambda facts: None if (holds := of(facts)) is None else not holds
        case Either(guard, then, otherwise):
            return _either(truth(guard), truth(then), truth(otherwise))
        case Compares(name, operands):
            return _compares(_ORDER[INSTANTS.get(name, name)], [value(each) for each in operands])
        case IsAmong(item, among):
            return _is_among(value(item), value(among))
    known = value(node)  # a text, number or list holds where it is not empty or zero
    return lambda facts: None if (found := known(facts)) is None else bool(found)


def value(node: Node) -> Value:
    """What a part of a condition comes to; None where nobody knows."""
    match node:
        case Reads(name):
            return lambda facts: facts.get(name)
        case Given(given):
            return lambda facts: given
        case Several(values):
            return lambda facts: values
        case Sum(left, right):
            return _together(operator.add, value(left), value(right))
        case Later(moment, amount, unit):
            return _later(value(moment), amount, unit)
    return truth(node)


def _both(parts: list[Truth]) -> Truth:
    def holds(facts: Facts) -> bool | None:
        answer: bool | None = True
        for part in parts:
            if (found := part(facts)) is False:
                return False
            if found is None:
                answer = None
        return answer

    return holds


def _either(guard: Truth, then: Truth, otherwise: Truth) -> Truth:
    def holds(facts: Facts) -> bool | None:
        if (found := guard(facts)) is not None:
            return (then if found else otherwise)(facts)
        one, other = then(facts), otherwise(facts)
        return one if one == other else None

    return holds


def _compares(is_so: Callable[[Any, Any], bool], operands: list[Value]) -> Truth:
    def holds(facts: Facts) -> bool | None:
        found = [each(facts) for each in operands]
        if None in found:
            return None
        return all(is_so(one, other) for one, other in itertools.pairwise(found))

    return holds


def _is_among(item: Value, among: Value) -> Truth:
    def holds(facts: Facts) -> bool | None:
        one, several = item(facts), among(facts)
        return None if one is None or several is None else one in several

    return holds


def _together(both: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    def found(facts: Facts) -> Any:
        one, other = left(facts), right(facts)
        return None if one is None or other is None else both(one, other)

    return found


def _later(moment: Value, amount: int, unit: str) -> Value:
    def found(facts: Facts) -> Any:
        at = moment(facts)
        if at is None:
            return None
        text = at.isoformat(timespec="milliseconds") if isinstance(at, dt.datetime) else at
        return plus_time(text, amount, unit).milliseconds

    return found

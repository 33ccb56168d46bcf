"""The operations of CertLogic, each made once into a function of the data.

As in the reference, what is wrong with an operation itself is told before its operands are evaluated, and
only once the evaluation arrives there.
"""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.instants import UNITS, Instant, date_of_birth, plus_time
from dancu.certlogic.parts import STEPS_OF_AN_ITEM, Left, Make, Making, Part, refusing, spend
from dancu.certlogic.values import EXACT, double, integer, same, truth

_UVCI = "URN:UVCI:"
_SEPARATORS = re.compile("[/#:]")


def _if(_name: str, values: list[Any], rule: Making) -> Part:
    if len(values) < 3:
        return refusing("if takes a condition, a then and an else")
    guard, then, otherwise = map(rule.part, values[:3])

    def chosen(data: Any, left: Left) -> Any:
        return (then if truth(guard(data, left), "the condition of if") else otherwise)(data, left)

    return chosen


def _and(_name: str, values: list[Any], rule: Making) -> Part:
    if len(values) < 2:
        return refusing("and takes two operands or more")
    parts = [rule.part(value) for value in values]

    def all_of(data: Any, left: Left) -> Any:
        value = True
        for part in parts:
            value = part(data, left)
            if value is not True and not truth(value, "an operand of and"):
                return value
        return value

    return all_of


def _not(_name: str, values: list[Any], rule: Making) -> Part:
    operand = rule.part(values[0])
    return lambda data, left: not truth(operand(data, left), "the operand of !")


def _equal(name: str, values: list[Any], rule: Making) -> Part:
    if len(values) != 2:
        return refusing(f"{name} takes two operands")
    one, other = map(rule.part, values)
    return lambda data, left: same(one(data, left), other(data, left))


def _in(name: str, values: list[Any], rule: Making) -> Part:
    if len(values) != 2:
        return refusing(f"{name} takes two operands")
    one, many = map(rule.part, values)
    if isinstance(values[1], list) and all(isinstance(value, str) for value in values[1]):
        texts = frozenset(values[1])  # which nobody else sees, so they need not be made anew

        def among(data: Any, left: Left) -> bool:
            value = one(data, left)
            return isinstance(value, str) and value in texts

        return among

    def contained(data: Any, left: Left) -> bool:
        value, items = one(data, left), many(data, left)
        if not isinstance(items, list):
            raise CertLogicError("the right side of in is no array")
        spend(left, len(items))
        if isinstance(value, str):
            return value in items
        return any(same(value, item) for item in items)

    return contained


def _plus(name: str, values: list[Any], rule: Making) -> Part:
    if len(values) != 2:
        return refusing(f"{name} takes two operands")
    one, other = map(rule.part, values)

    def added(data: Any, left: Left) -> Any:
        first, second = integer(one(data, left)), integer(other(data, left))
        if first is None or second is None:
            raise CertLogicError("an operand of + is no integer")
        total = first + second
        return double(total) if isinstance(total, int) and not -EXACT <= total <= EXACT else total

    return added


def _comparing(holds: Callable[[Any, Any], bool], read: Callable[[Any], Any], what: str) -> Make:
    """`read` gives what is compared, or None for what cannot be."""

    def make(name: str, values: list[Any], rule: Making) -> Part:
        if not 2 <= len(values) <= 3:
            return refusing(f"{name} takes two or three operands")
        parts = [rule.part(value) for value in values]
        problem = f"an operand of {name} is no {what}"
        if len(parts) == 2:
            one, other = parts

            def compared(data: Any, left: Left) -> bool:
                first, second = one(data, left), other(data, left)
                first, second = read(first), read(second)
                if first is None or second is None:
                    raise CertLogicError(problem)
                return holds(first, second)

            return compared

        def in_order(data: Any, left: Left) -> bool:
            given = [part(data, left) for part in parts]
            first, second, third = map(read, given)
            if first is None or second is None or third is None:
                raise CertLogicError(problem)
            return holds(first, second) and holds(second, third)

        return in_order

    return make


def _milliseconds(value: Any) -> int | None:
    return value.milliseconds if type(value) is Instant else None


def _plus_time(name: str, values: list[Any], rule: Making) -> Part:
    amount = integer(values[1]) if len(values) > 1 else None
    if amount is None:
        return refusing("the amount of plusTime is no integer")
    unit = values[2] if len(values) > 2 else None
    if unit not in UNITS:
        return refusing("the unit of plusTime is none of year, month, day and hour")
    start, amount = rule.part(values[0]), int(amount)

    def later(data: Any, left: Left) -> Instant:
        text = start(data, left)
        if not isinstance(text, str):
            raise CertLogicError("the date of plusTime is no text")
        spend(left, len(text) // 10)
        return plus_time(text, amount, unit)

    return later


def _date_of_birth(_name: str, values: list[Any], rule: Making) -> Part:
    operand = rule.part(values[0])

    def born(data: Any, left: Left) -> Instant:
        text = operand(data, left)
        if not isinstance(text, str):
            raise CertLogicError("the operand of dccDateOfBirth is no text")
        spend(left, len(text) // 10)
        return date_of_birth(text)

    return born


def _reduce(_name: str, values: list[Any], rule: Making) -> Part:
    operand = rule.part(values[0])
    before = rule.nodes
    each = rule.part(values[1]) if len(values) > 1 else refusing("reduce has no expression")
    steps = STEPS_OF_AN_ITEM + rule.nodes - before
    initial = rule.part(values[2]) if len(values) > 2 else refusing("reduce has no initial value")

    def folded(data: Any, left: Left) -> Any:
        items = operand(data, left)
        if items is not None and not isinstance(items, list):
            raise CertLogicError("the operand of reduce is neither an array nor null")
        accumulator = initial(data, left)
        for current in items or ():
            spend(left, steps)
            accumulator = each({"accumulator": accumulator, "current": current}, left)
        return accumulator

    return folded


def _extract_from_uvci(_name: str, values: list[Any], rule: Making) -> Part:
    operand = rule.part(values[0])
    index = integer(values[1]) if len(values) > 1 else None

    def fragment(data: Any, left: Left) -> str | None:
        text = operand(data, left)
        if text is not None and not isinstance(text, str):
            raise CertLogicError("the operand of extractFromUVCI is neither a text nor null")
        if index is None:
            raise CertLogicError("the index of extractFromUVCI is no integer")
        if text is None or index < 0:
            return None
        spend(left, len(text) // 10)
        fragments = _SEPARATORS.split(text.removeprefix(_UVCI))
        return fragments[int(index)] if index < len(fragments) else None

    return fragment


OPERATIONS: Mapping[str, Make] = {
    "if": _if,
    "and": _and,
    "!": _not,
    "===": _equal,
    "in": _in,
    "+": _plus,
    "<": _comparing(operator.lt, integer, "integer"),
    ">": _comparing(operator.gt, integer, "integer"),
    "<=": _comparing(operator.le, integer, "integer"),
    ">=": _comparing(operator.ge, integer, "integer"),
    "after": _comparing(operator.gt, _milliseconds, "date-time"),
    "before": _comparing(operator.lt, _milliseconds, "date-time"),
    "not-after": _comparing(operator.le, _milliseconds, "date-time"),
    "not-before": _comparing(operator.ge, _milliseconds, "date-time"),
    "plusTime": _plus_time,
    "dccDateOfBirth": _date_of_birth,
    "reduce": _reduce,
    "extractFromUVCI": _extract_from_uvci,
}

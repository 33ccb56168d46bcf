"""An expression of CertLogic, made once into functions and then asked as often as there is data."""

from collections.abc import Callable
from typing import Any

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.operations import OPERATIONS
from dancu.certlogic.parts import MOST_STEPS, STEPS_OF_AN_ITEM, Part, array, constant, refusing
from dancu.certlogic.paths import variable
from dancu.certlogic.values import integer

DEEPEST = 200  # expressions in one another: each is some frames of Python's stack, which has a thousand
_TOO_DEEP = f"it is nested deeper than {DEEPEST}"


def compiled(expression: Any) -> Callable[[Any], Any]:
    """What evaluates this expression, as read from JSON: a function from data to a value, both as read from
    JSON, but that the value may hold instants (`as_json` writes them). It keeps nothing between two calls,
    and what it gives may share arrays and objects with the data.

    Never raises; the function does, CertLogicError: where the evaluation reaches what is wrong with the
    expression, or finds data of a kind that an operation cannot take; for a `reduce` of too many steps; for
    expressions nested deeper than DEEPEST.
    """
    try:
        whole = _Rule().part(expression)
    except RecursionError:  # called from deep within something else
        whole = refusing(_TOO_DEEP)

    def evaluated(data: Any) -> Any:
        try:
            return whole(data, [MOST_STEPS])
        except RecursionError as problem:
            raise CertLogicError(_TOO_DEEP) from problem

    return evaluated


def evaluate(expression: Any, data: Any) -> Any:
    """The value of an expression for data, once. Raises CertLogicError; `compiled` says when."""
    return compiled(expression)(data)


class _Rule:
    """A rule while it is made into functions."""

    def __init__(self) -> None:
        self.nodes = 0
        self.depth = 0

    def part(self, expression: Any) -> Part:
        """Literals are texts, integers, true and false; null and an empty object are no expressions."""
        self.nodes += 1
        if isinstance(expression, str | bool):
            return constant(expression)
        if isinstance(expression, int | float):
            number = integer(expression)
            return refusing("a number in it is no integer") if number is None else constant(number)
        if self.depth == DEEPEST:
            return refusing(_TOO_DEEP)
        self.depth += 1
        made = self._nested(expression)
        self.depth -= 1
        return made

    def _nested(self, expression: Any) -> Part:
        if isinstance(expression, list):
            self.nodes += STEPS_OF_AN_ITEM
            return array([self.part(item) for item in expression])
        if not isinstance(expression, dict):
            return refusing("null is no expression" if expression is None else "it holds what is no JSON")
        if len(expression) != 1:
            return refusing(f"an object is one operation, and one has {len(expression)} keys")
        ((name, values),) = expression.items()
        if name == "var":
            return variable(values)
        if not isinstance(values, list) or not values:
            return refusing(f"the operands of {_named(name)} are no array, or an empty one")
        if name not in OPERATIONS:
            return refusing(f"there is no operation {_named(name)}")
        return OPERATIONS[name](name, values, self)


def _named(name: str) -> str:
    return f"“{name[:40]}{'…' if len(name) > 40 else ''}”"

"""What an expression is made into: parts, each a function of the data."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from dancu.certlogic.errors import CertLogicError

Left = list[int]  # one number: the steps that an evaluation may still take
Part = Callable[[Any, Left], Any]

MOST_STEPS = 10_000_000  # some seconds
STEPS_OF_AN_ITEM = 10  # of `reduce`, and of an array, besides those of its parts: it is memory


class Making(Protocol):
    """A rule while it is made, as its operations see it. `nodes`: how many parts have been made so far."""

    nodes: int

    def part(self, expression: Any) -> Part: ...


Make = Callable[[str, list[Any], Making], Part]  # of an operation's name and operands


def refusing(problem: str) -> Part:
    """A part that raises CertLogicError when it is reached."""

    def refused(_data: Any, _left: Left) -> Any:
        raise CertLogicError(problem)

    return refused


def constant(value: Any) -> Part:
    """A part that gives this value."""
    return lambda _data, _left: value


def array(parts: Sequence[Part]) -> Part:
    """A part that gives a new array of what the parts give."""

    def made(data: Any, left: Left) -> Any:
        return [part(data, left) for part in parts]

    return made


def spend(left: Left, steps: int) -> None:
    """Take steps of those that are left. Raises CertLogicError if there are none."""
    left[0] -= steps
    if left[0] < 0:
        raise CertLogicError(f"it takes more than {MOST_STEPS:,} steps")

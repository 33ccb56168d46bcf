"""What an evaluation gave, as JSON."""

from typing import Any

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.instants import Instant
from dancu.certlogic.values import EXACT, in_digits

LONGEST = 2_000_000  # letters and values of one result: an accumulator that doubles shares what it holds
DEEPEST = 400  # arrays and objects in one another


def as_json(value: Any) -> Any:
    """The value with instants as texts (2021-10-01T00:00:00.000Z) and numbers as JavaScript writes them: 1.0
    is 1, infinity null.

    Raises CertLogicError if it is longer than LONGEST or nested deeper than DEEPEST.
    """
    return _written(value, [LONGEST], DEEPEST)


def _written(value: Any, room: list[int], depth: int) -> Any:
    room[0] -= 1 + (len(value) if isinstance(value, str) else 0)
    if room[0] < 0:
        raise CertLogicError(f"its result is longer than {LONGEST:,} values and letters")
    if depth == 0:
        raise CertLogicError(f"its result is nested deeper than {DEEPEST}")
    if isinstance(value, list):
        items = []
        for item in value:
            items.append(_written(item, room, depth - 1))
        return items
    if isinstance(value, dict):
        found = {}
        for key, item in value.items():
            room[0] -= len(key)
            found[key] = _written(item, room, depth - 1)
        return found
    if isinstance(value, Instant):
        return str(value)
    return _number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _number(value: float) -> float | None:
    if -EXACT <= value <= EXACT:
        return int(value) if value == int(value) else value
    try:
        return int(in_digits(value))
    except (ValueError, OverflowError):  # 1e+21, Infinity
        return _large(value)


def _large(value: float) -> float | None:
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if abs(found) != float("inf") else None

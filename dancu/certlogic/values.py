"""What is true, what is equal and what is an integer. Numbers are JavaScript's, which has doubles alone
(ECMA-262, 6.1.6).
"""

from typing import Any

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.instants import Instant

EXACT = 2**53  # from here on a double is no longer every integer
_WRITTEN_WHOLE = 1e21  # from here on JavaScript writes a power of ten


def integer(value: Any) -> int | float | None:
    """The integer that a value is; None if it is none. 1.0 is 1, true is no number, and one from 2**53 on is
    the double nearest to it.
    """
    if type(value) is int:
        return value if -EXACT <= value <= EXACT else double(value)
    if type(value) is float and value.is_integer():
        return value if not -EXACT <= value <= EXACT else int(value)
    return None


def double(value: int) -> float:
    """The double nearest to it, which beyond 1.8e308 is infinity."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def truth(value: Any, where: str) -> bool:
    """Whether it is truthy: neither false, null, 0 nor empty.

    Raises CertLogicError, naming `where`, for an instant, which is neither truthy nor falsy.
    """
    if type(value) is Instant:
        raise CertLogicError(f"{where} is a date-time, which is neither true nor false")
    return bool(value)


def same(one: Any, other: Any) -> bool:
    """Whether JavaScript's === holds: texts, numbers, true, false and null are equal by value, arrays,
    objects and instants only to themselves. True is not 1.
    """
    if one is other:
        return True
    if type(one) is str:
        return type(other) is str and one == other
    if _is_number(one) and _is_number(other):
        return one == other or _as_double(one) == _as_double(other)
    return False


def in_digits(number: float) -> str:
    """A number without a fraction as JavaScript writes it: "18446744073709552000", "1e+21", "Infinity"."""
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < EXACT or abs(number) >= _WRITTEN_WHOLE:
        return str(int(number)) if abs(number) < EXACT else repr(float(number))
    digits, _, power = repr(float(number)).removesuffix(".0").partition("e+")
    whole, _, fraction = digits.partition(".")
    return whole + fraction.ljust(int(power or 0), "0")


def _is_number(value: Any) -> bool:
    return type(value) is int or type(value) is float


def _as_double(value: float) -> float:
    return double(value) if isinstance(value, int) else value

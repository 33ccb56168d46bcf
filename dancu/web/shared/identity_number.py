"""The number of an identity paper, of the kind that somebody says it is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dancu.values.numbers import check_cmnd, check_pin
from dancu.values.passports import is_passport_number


def wrong_in(kind: str, number: str) -> Iterator[str]:
    """What is wrong with a clean number. `kind`: pin, cmnd or passport; of any other nothing is."""
    if kind == "passport" and not is_passport_number(number):
        yield _("A passport number must only have letters and digits, such as C1234567")
    elif kind in ("pin", "cmnd"):
        problems = check_pin(number) if kind == "pin" else check_cmnd(number)
        yield from (problem.message for problem in problems if problem.kind == "error")

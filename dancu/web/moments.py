"""A moment in the address of a page, which anybody may have written."""

import datetime as dt

from django.utils import timezone
from django.utils.dateparse import parse_datetime

_YEARS = range(2000, 2101)  # outside of these no list has anything, and no database takes every one


def moment_in(text: str) -> dt.datetime | None:
    """The moment that an address carries, of Vietnam where it names no zone; None where it carries none,
    or one that never is.
    """
    try:
        moment = parse_datetime(text)
    except ValueError:  # 30 February
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment

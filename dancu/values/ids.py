"""Ids that whoever sends something makes: UUIDv7, whose first 48 bits are when."""

import datetime as dt
from uuid import UUID


def moment_of(of: UUID) -> dt.datetime | None:
    """The moment in a UUIDv7 (RFC 9562, 5.7: milliseconds since 1970); None where it is none, or lies after
    the year 9999.
    """
    if of.version != 7:
        return None
    try:
        return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=of.int >> 80)
    except OverflowError:
        return None

"""Ids that devices give to what they send."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from dancu.checkpoints.errors import BadCrossingId


def time_in(crossing_id: UUID) -> dt.datetime:
    """The time in a UUIDv7 (RFC 9562, 5.7: milliseconds since 1970 in the first 48 bits). Raises
    BadCrossingId.
    """
    if crossing_id.version != 7:
        raise BadCrossingId
    try:
        at = dt.datetime.fromtimestamp((crossing_id.int >> 80) / 1000, dt.UTC)
    except (ValueError, OverflowError):  # after the year 9999
        raise BadCrossingId from None
    if not timezone.now() - dt.timedelta(days=30) < at < timezone.now() + dt.timedelta(minutes=10):
        raise BadCrossingId
    return at

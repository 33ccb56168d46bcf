"""Ids that devices give to what they send."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from dancu.checkpoints.errors import BadCrossingId
from dancu.values.ids import moment_of


def time_in(crossing_id: UUID) -> dt.datetime:
    """The time in a UUIDv7. Raises BadCrossingId, also for one more than a month old or from the future."""
    at = moment_of(crossing_id)
    if not at or not timezone.now() - dt.timedelta(days=30) < at < timezone.now() + dt.timedelta(minutes=10):
        raise BadCrossingId
    return at

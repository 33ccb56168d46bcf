"""What the shift before left, in words, for who comes to the desk."""

from typing import Any

from dancu.accounts import lookups as accounts
from dancu.checkpoints import lookups
from dancu.web.checkpoint.queue_words import in_vehicles
from dancu.web.checkpoint.shift import StationRequest


def to_take_over(request: StationRequest) -> list[dict[str, Any]]:
    """What nobody has taken over, the oldest first."""
    rows = lookups.to_take_over(request.acting, request.shift.station_id)
    if not rows:
        return []
    names = accounts.usernames(row["official_id"] for row in rows)
    return [
        {**row, "officer": names.get(row["official_id"], ""), "queue": in_vehicles(row["step"])}
        for row in rows
    ]

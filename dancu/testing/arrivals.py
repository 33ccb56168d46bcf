"""Arrivals for tests, in two neighbouring communes of Hà Nội and one of Hồ Chí Minh City."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.isolation import actions
from dancu.testing.people import BEN_THANH, CAU_GIAY, area


def expect(person_id: int = 1, minutes_ago: float = 0, **changes: Any) -> UUID:
    """Someone declared a journey from Bến Thành to Cầu Giấy, all in order; returns the declaration's id."""
    journey: dict[str, Any] = {
        "person_id": person_id,
        "declaration_id": uuid7(),
        "declared_at": timezone.now() - dt.timedelta(minutes=minutes_ago),
        "arrives_on": timezone.localdate(),
        "origin_area": area(BEN_THANH),
        "destination_area": area(CAU_GIAY),
        "birth_year": 1985,
        "outcome": "confirmed",
        "differing": [],
        "warnings": [],
        "full_name": "Nguyễn Văn An",
        "phone": "0912345678",
        "destination_detail": "12 Xuân Thủy",
        "plate": "51F-12345",
    }
    journey |= changes
    actions.expect_arrival(**journey)
    return journey["declaration_id"]


def cross(
    declaration_id: UUID, person_id: int = 1, minutes_ago: float = 0, state: str = "on_the_way", **how: Any
) -> None:
    """They passed station 7."""
    at = timezone.now() - dt.timedelta(minutes=minutes_ago)
    actions.note_standing(
        person_id,
        declaration_id,
        state=state,
        crossed_at=at,
        crossed_by=how.get("crossed_by", 990),
        station_id=how.get("station_id", 7),
        plate=how.get("plate", ""),
    )


def withdraw(person_id: int, declaration_id: UUID) -> None:
    """The journey is off."""
    actions.note_standing(person_id, declaration_id, state="withdrawn")

"""Decisions on levels of risk, signed for a test."""

import datetime as dt
from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.risk import actions, lookups
from dancu.risk.decision import RiskDecision
from dancu.testing.officials import acting_as, make_official

CITATION = "Quyết định 12/QĐ-UBND"


def decided(levels: Mapping[int, int], *, hours: float = 1, withdraws: int | None = None) -> int:
    """The number of a decision that two have signed, and that begins in so many hours."""
    number = drafted(acting_as(_maker("son.deciding")), levels, hours=hours, withdraws=withdraws)
    actions.sign(acting_as(_maker("tam.deciding")), number, lookups.decision(number)["digest"])
    return number


def in_force(levels: Mapping[int, int], *, hours_ago: float = 1) -> int:
    """One that began so many hours ago."""
    number = decided(levels)
    with connection.cursor() as cursor:
        began = timezone.now() - dt.timedelta(hours=hours_ago)
        cursor.execute("UPDATE risk_decision SET valid_from = %s WHERE decision_id = %s", [began, number])
    return number


def drafted(
    acting: Acting,
    levels: Mapping[int, int],
    *,
    hours: float = 1,
    citation: str = CITATION,
    withdraws: int | None = None,
) -> int:
    """The number of a draft."""
    begins = timezone.now() + dt.timedelta(hours=hours)
    return actions.draft(acting, RiskDecision(citation, begins, dict(levels), withdraws))


def _maker(username: str) -> Official:
    found = Official.objects.filter(username=username).first()
    return found or make_official(username, "rule_maker")

"""What a credential is for, how long it may live, and what its payload says about its own time.

The payload is a CBOR Web Token's claims (RFC 8392): 6 is when it was issued, 4 when it expires, in seconds
since 1970.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dancu import modules
from dancu.credentials.errors import BadClaims, LivesTooLong, UnknownUsage

ISSUED, EXPIRES = 6, 4
_YEAR_2100 = 4_102_444_800

# The longest a credential of each usage may live. A rotated key is published at least as long, so that no
# credential outlives its key. How long a pass or a certificate does live is a rule, and rules are records
# with dates.
LONGEST_LIFE: Mapping[str, timedelta] = modules.brought(lambda module: module.credentials)


@dataclass(frozen=True)
class Validity:
    """Both ends belong to it."""

    issued_at: datetime
    expires_at: datetime


def period(payload: Any) -> Validity:
    """When the credential counts. Raises BadClaims where the payload does not say so."""
    if not isinstance(payload, dict):
        raise BadClaims
    lives = Validity(_moment(payload.get(ISSUED)), _moment(payload.get(EXPIRES)))
    if lives.issued_at > lives.expires_at:
        raise BadClaims
    return lives


def check_life(usage: str, payload: dict[Any, Any]) -> None:
    """Raises UnknownUsage, BadClaims or LivesTooLong."""
    longest = longest_life(usage)
    lives = period(payload)
    if lives.expires_at - lives.issued_at > longest:
        raise LivesTooLong(usage, longest.days)


def longest_life(usage: str) -> timedelta:
    """Raises UnknownUsage."""
    if usage not in LONGEST_LIFE:
        raise UnknownUsage(usage, ", ".join(LONGEST_LIFE))
    return LONGEST_LIFE[usage]


def _moment(second: Any) -> datetime:
    if isinstance(second, bool) or not isinstance(second, int | float) or not 0 <= second <= _YEAR_2100:
        raise BadClaims
    return datetime.fromtimestamp(second, UTC)

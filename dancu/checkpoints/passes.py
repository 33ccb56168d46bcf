"""What a pass holds: enough for an officer without a network, and nothing that a stranger could learn from
the register.

A CBOR map under COSE_Sign1 (docs/pass-format.md). Anybody can read a QR code, and anybody may have declared
in somebody's name: so the code says that the identity agrees only where whoever declared has shown to be that
person, and of the number it holds two digits (docs/decisions/0002-what-a-pass-tells.md). The register's full
answer is for the officer online.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.checkpoints.journeys import REASONS, VEHICLES, Journey
from dancu.checkpoints.rule_kinds import PASS_HOURS
from dancu.credentials import actions as signing
from dancu.credentials import lookups as verifying
from dancu.credentials.codec import from_qr_text, to_qr_text
from dancu.credentials.errors import Expired, NotACredential, NotYetValid
from dancu.rules import lookups as rules

HOUR = dt.timedelta(hours=1)
NUMBER_END = 2  # digits; the others are for the card
PREFIX = "DC1:"
USAGE = "pass"

# Claim keys. 4 and 6 are CWT's (RFC 8392); ours begin at 100.
_EXPIRES, _ISSUED = 4, 6
_PASS, _NAME, _BORN, _NUMBER, _AGREES, _ORIGIN, _DESTINATION, _PLATE = range(100, 108)


@dataclass(frozen=True)
class PassFacts:
    """What the signature vouches for. `number_end`: the last two digits; `agrees`: confirmed to whoever
    declared; where it is not, compare the card; communes by code, in the units of the day of issue."""

    pass_id: int
    full_name: str
    birth_year: int
    number_end: str
    agrees: bool
    origin_code: str
    destination_code: str
    plate: str
    issued_at: dt.datetime
    expires_at: dt.datetime


def valid_for(journey: Journey, *, is_keyed_in: bool = False) -> dt.timedelta:
    """How long a pass for this journey is valid that is given now, by the rule "pass-hours"."""
    return _valid_for(journey.reason, journey.vehicle, is_keyed_in)


def valid_between() -> tuple[dt.timedelta, dt.timedelta]:
    """The shortest and the longest that a pass is valid which a citizen is given now, whatever the reason and
    the vehicle.
    """
    every = [_valid_for(reason, vehicle, False) for reason in REASONS for vehicle in VEHICLES]
    return min(every), max(every)


def hours_in_words() -> str:
    """“72”, or “24–168” where it depends on the journey."""
    least, most = (time // HOUR for time in valid_between())
    return str(least) if least == most else f"{least}–{most}"


def _valid_for(reason: str, vehicle: str, is_keyed_in: bool) -> dt.timedelta:
    facts = {"reason": reason, "vehicle": vehicle, "keyed_in": is_keyed_in}
    return dt.timedelta(hours=int(rules.answer(PASS_HOURS.code, facts)))


def seal(
    pass_id: int,
    journey: Journey,
    agrees: bool,
    issued_at: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> str:
    """The signed QR text of a pass; where nothing says when it expires, the rule of now does."""
    expires_at = expires_at or issued_at + valid_for(journey)
    claims = {
        _EXPIRES: int(expires_at.timestamp()),
        _ISSUED: int(issued_at.timestamp()),
        _PASS: pass_id,
        _NAME: journey.full_name[:60],
        _BORN: journey.birth.year,
        _NUMBER: journey.number[-NUMBER_END:],
        _AGREES: agrees,
        _ORIGIN: areas.get(journey.origin_area).code,
        _DESTINATION: areas.get(journey.destination_area).code,
        _PLATE: journey.plate,
    }
    return to_qr_text(PREFIX, signing.sign(USAGE, claims))


def unseal(text: str, at: dt.datetime) -> PassFacts:
    """What a QR text says, its signature and its time checked. Raises the errors of credentials:
    NotACredential, Altered, Expired, …
    """
    return _facts(verifying.verify(USAGE, from_qr_text(PREFIX, text), at).payload)


def unseal_whenever(text: str) -> PassFacts:
    """The same for a pass whose time is over or has not come, as it counted at the nearest moment when it
    did.
    """
    message = from_qr_text(PREFIX, text)
    try:
        return _facts(verifying.verify(USAGE, message, timezone.now()).payload)
    except (Expired, NotYetValid) as elsewhen:
        return _facts(verifying.verify(USAGE, message, elsewhen.args[0]).payload)


def _facts(claims: dict[int, Any]) -> PassFacts:
    if _PASS not in claims:  # a group's code, under this prefix
        raise NotACredential
    return PassFacts(
        pass_id=claims[_PASS],
        full_name=claims[_NAME],
        birth_year=claims[_BORN],
        number_end=claims[_NUMBER],
        agrees=claims[_AGREES],
        origin_code=claims[_ORIGIN],
        destination_code=claims[_DESTINATION],
        plate=claims[_PLATE],
        issued_at=_time(claims[_ISSUED]),
        expires_at=_time(claims[_EXPIRES]),
    )


def _time(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)

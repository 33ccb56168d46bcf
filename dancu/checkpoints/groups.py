"""One code for all who travel together: the passes of several people in one signed message, which puts each
on the officer's list. It is no pass of its own: each is looked at by its own pass (docs/pass-format.md).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dancu.checkpoints.passes import USAGE, PassFacts, unseal_whenever
from dancu.credentials import actions as signing
from dancu.credentials import lookups as verifying
from dancu.credentials.codec import from_qr_text, to_qr_text
from dancu.credentials.errors import Expired, NotACredential, NotYetValid, TooLong

PREFIX = "DG1:"
MOST = 15
"""People in one code, so that a telephone shows it large enough to be read."""

_EXPIRES, _ISSUED = 4, 6
_ORIGIN, _DESTINATION, _PLATE, _MEMBERS = 105, 106, 107, 110


@dataclass(frozen=True)
class GroupMember:
    """One of them, as the signature vouches for; the fields are the pass's."""

    pass_id: int
    full_name: str
    birth_year: int
    number_end: str
    agrees: bool
    origin_code: str
    destination_code: str
    issued_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True)
class GroupFacts:
    """All of them. `issued_at`: of the pass that was issued first; `expires_at`: of the last that ends."""

    members: tuple[GroupMember, ...]
    plate: str
    issued_at: dt.datetime
    expires_at: dt.datetime


def is_group(text: str) -> bool:
    """Whether a scanned text says that it is a group's."""
    return text.strip()[: len(PREFIX)].upper() == PREFIX


def seal_group(qr_texts: Sequence[str]) -> list[str]:
    """The signed QR texts of the group, at most MOST people in each, from the QR texts of their passes.
    Raises CredentialError where a pass cannot be read any more.
    """
    return _sealed([unseal_whenever(text) for text in qr_texts])


def unseal_group(text: str) -> GroupFacts:
    """What a group's QR text says, its signature checked, as it counted at the nearest moment when it did.
    Raises the errors of credentials: NotACredential, Altered, RetiredKey …
    """
    message = from_qr_text(PREFIX, text)
    try:
        return _facts(verifying.verify(USAGE, message, timezone.now()).payload)
    except (Expired, NotYetValid) as elsewhen:
        return _facts(verifying.verify(USAGE, message, elsewhen.args[0]).payload)


def passes_in(text: str) -> set[int]:
    """The passes (numbers) that a scanned code vouches for, alone or a group's. Raises CredentialError."""
    if is_group(text):
        return {member.pass_id for member in unseal_group(text).members}
    return {unseal_whenever(text).pass_id}


def _sealed(facts: Sequence[PassFacts]) -> list[str]:
    if len(facts) > MOST:
        return [*_sealed(facts[:MOST]), *_sealed(facts[MOST:])]
    try:
        return [to_qr_text(PREFIX, signing.sign(USAGE, _claims(facts)))]
    except TooLong:
        if len(facts) == 1:
            raise
        half = len(facts) // 2
        return [*_sealed(facts[:half]), *_sealed(facts[half:])]


def _claims(facts: Sequence[PassFacts]) -> dict[int, Any]:
    first, since = facts[0], min(one.issued_at for one in facts)
    way = (first.origin_code, first.destination_code)
    return {
        _EXPIRES: int(max(one.expires_at for one in facts).timestamp()),
        _ISSUED: int(since.timestamp()),
        _ORIGIN: first.origin_code,
        _DESTINATION: first.destination_code,
        _PLATE: next((one.plate for one in facts if one.plate), ""),
        _MEMBERS: [_member(one, way, since) for one in facts],
    }


def _member(one: PassFacts, way: tuple[str, str], since: dt.datetime) -> list[Any]:
    """As it is written: where from and to only where that is not the group's own way."""
    own = (one.origin_code, one.destination_code)
    times = [int((at - since).total_seconds()) for at in (one.issued_at, one.expires_at)]
    told = [one.pass_id, one.full_name, one.birth_year, one.number_end, one.agrees, *times]
    return told if own == way else [*told, *own]


def _facts(claims: dict[Any, Any]) -> GroupFacts:
    if _MEMBERS not in claims:  # a pass, under this prefix
        raise NotACredential
    since = dt.datetime.fromtimestamp(claims[_ISSUED], dt.UTC)
    return GroupFacts(
        members=tuple(_member_of(member, claims, since) for member in claims[_MEMBERS]),
        plate=claims[_PLATE],
        issued_at=since,
        expires_at=dt.datetime.fromtimestamp(claims[_EXPIRES], dt.UTC),
    )


def _member_of(member: list[Any], claims: dict[Any, Any], since: dt.datetime) -> GroupMember:
    pass_id, name, born, number_end, agrees, issued, expires, *own = member
    origin, destination = own or (claims[_ORIGIN], claims[_DESTINATION])
    times = [since + dt.timedelta(seconds=after) for after in (issued, expires)]
    return GroupMember(pass_id, name, born, number_end, agrees, origin, destination, *times)

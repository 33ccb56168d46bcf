"""Tokens for the systems that call the endpoints: each acts as an official's account under one role, and
is audited so.
"""

import hashlib
import secrets
import time
from dataclasses import replace

from django.db import transaction

from dancu.accounts import errors, lookups
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.audit import actions as audit
from dancu.db.queries import Queries

_sql = Queries(__file__, "tokens.sql")

_KEPT_SECONDS = 30  # a revoked token is refused after half a minute at the latest
_kept: dict[bytes, tuple[float, Acting]] = {}


def create_token(official_id: int, grant_id: int, name: str) -> str:
    """A new token for a system named `name`, to be shown once."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _sql.run("add", token_hash=_hash(token), official_id=official_id, grant_id=grant_id, name=name)
        audit.record_system(
            "accounts.token_created", detail=f"official {official_id}", purpose="administration"
        )
    return token


def revoke_token(official_id: int, name: str) -> bool:
    """The token no longer counts. False where there was none of that name."""
    with transaction.atomic():
        ended = _sql.run("revoke", official_id=official_id, name=name) > 0
        if ended:
            audit.record_system(
                "accounts.token_ended", detail=f"official {official_id}", purpose="administration"
            )
    return ended


def acting_by_token(token: str, address: str) -> Acting:
    """The official whose system sent this token. Raises NotGranted where the token, the account or the
    role does not stand.
    """
    token_hash = _hash(token)
    since, acting = _kept.get(token_hash, (0.0, None))
    if acting is None or time.monotonic() - since > _KEPT_SECONDS:
        acting = _read(token_hash)
        if len(_kept) > 1000:
            _kept.clear()
        _kept[token_hash] = (time.monotonic(), acting)
    return replace(acting, address=address)


def _read(token_hash: bytes) -> Acting:
    holder = _sql.one("holder", token_hash=token_hash)
    if holder is None:
        raise errors.NotGranted
    return lookups.acting(Official.objects.get(pk=holder["official_id"]), holder["grant_id"], "")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

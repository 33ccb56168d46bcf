"""Browsers' sessions in the database (SESSION_ENGINE): sealed with the house's secret and the browser's own
key, which is not stored.

Whoever reads the table finds neither what was typed nor a key to go on with somebody's session. What was
typed lies in a column of its own, which counts for half an hour after the session was last written and is
then emptied (`dancu db tidy`); the rest says who is signed in and until when, and why something has ended.
Both are read and written in the statement that a session needs anyway.
"""

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.utils import timezone

from dancu.accounts.models import BrowserSession
from dancu.sealing import DoesNotOpen, seal, unseal

TYPED_COUNTS = timedelta(minutes=30)
_short_lived: dict[str, tuple[str, ...]] = {}


def short_lived(key: str, *parts: str) -> str:
    """What a session holds under `key`, or these parts of it, was typed by somebody and ends half an hour
    after the last use. Returns the key.
    """
    _short_lived[key] = parts
    return key


class SessionStore(db.SessionStore):
    """Django's, but for what the table shows."""

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def load(self) -> dict[str, Any]:
        row = BrowserSession.objects.filter(
            session_key=_name_of(self.session_key), expire_date__gt=timezone.now()
        ).first()
        try:
            held = self._open("kept", row.session_data) if row else None
            if (
                row
                and held is not None
                and row.typed_until
                and row.typed_until > timezone.now()
                and row.typed
            ):
                _put_together(held, self._open("typed", row.typed))
        except DoesNotOpen:  # of another secret of the house, or changed: nobody's
            held = None
        if held is None:
            self._session_key = None
        return held or {}

    def exists(self, session_key: str) -> bool:
        return super().exists(_name_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        BrowserSession.objects.filter(session_key=_name_of(session_key or self.session_key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        self._get_or_create_session_key()  # pyright: ignore
        kept, of_typing = _taken_apart(data)
        fields: dict[str, Any] = {
            "session_key": _name_of(self.session_key),
            "session_data": self._seal("kept", kept),
            "expire_date": self.get_expiry_date(),
            "typed": self._seal("typed", of_typing) if of_typing else "",
            "typed_until": timezone.now() + TYPED_COUNTS if of_typing else None,
        }
        return BrowserSession(**fields)

    def _seal(self, part: str, data: dict[str, Any]) -> str:
        plain = zlib.compress(json.dumps(data, separators=(",", ":")).encode())
        return b64encode(seal(settings.SECRET_KEY, f"session {part}", self.session_key or "", plain)).decode()

    def _open(self, part: str, sealed: str) -> dict[str, Any]:
        try:
            raw = b64decode(sealed, validate=True)
        except ValueError:
            raise DoesNotOpen from None
        return json.loads(
            zlib.decompress(unseal(settings.SECRET_KEY, f"session {part}", self.session_key or "", raw))
        )


def _name_of(session_key: str | None) -> str:
    """By what a row is found, and from which nobody makes the cookie."""
    return hashlib.sha256(f"dancu session {session_key or ''}".encode(errors="replace")).hexdigest()[:40]


def _taken_apart(data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is kept as long as the session, and what was typed."""
    kept, of_typing = {}, {}
    for key, value in data.items():
        if key not in _short_lived:
            kept[key] = value
        elif not (parts := _short_lived[key]):
            of_typing[key] = value
        else:
            kept[key] = {name: each for name, each in value.items() if name not in parts}
            of_typing[key] = {name: each for name, each in value.items() if name in parts}
    return kept, of_typing


def _put_together(kept: dict[str, Any], of_typing: dict[str, Any]) -> None:
    for key, value in of_typing.items():
        kept[key] = kept[key] | value if key in kept else value


def _is_later(moment: datetime | None) -> bool:
    return bool(moment and moment > timezone.now())

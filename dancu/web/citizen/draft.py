"""A declaration that is being made: in the server's session only, for half an hour after the last answer."""

import time
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from uuid_utils.compat import uuid7

from dancu.accounts.sessions import short_lived
from dancu.web.citizen.forms.base import Kept

IDLE = 30 * 60  # seconds
WAS_OVER = "draft_was_over"  # key of a session: the frame of the next page says why the answers are gone
_KEY = short_lived("draft", "kept")


class Draft:
    """What was answered so far. `pass_id`: the pass that it was given when it was sent; 0 before. `party`:
    the passes of those who travel along and were declared before.
    """

    def __init__(self, session: SessionBase) -> None:
        self._session = session
        held: dict[str, Any] = session.get(_KEY) or {}
        if held and time.time() - held["seen"] > IDLE:
            if not held["pass_id"]:
                session[WAS_OVER] = True
            self.discard()
            held = {}
        self.kept: dict[str, Kept] = held.get("kept", {})
        self.pass_id: int = held.get("pass_id", 0)
        self.remember: bool = held.get("remember", False)
        self.party: Sequence[int] = held.get("party", [])
        self._declaration_id: str = held.get("declaration_id", "")

    def __bool__(self) -> bool:
        return bool(self.kept)

    @property
    def declaration_id(self) -> UUID:
        """Its id: made when it is first asked for, so that sending it twice is sending it once."""
        if not self._declaration_id:
            self._declaration_id = str(uuid7())
            self.save()
        return UUID(self._declaration_id)

    def begin(self, answers: dict[str, Kept], party: Sequence[int] = ()) -> None:
        """Begin anew with answers that are known already."""
        self.discard()
        self.kept, self.party = answers, list(party)
        self.reopen()

    def keep(self, answers: dict[str, Kept]) -> None:
        """Keep what pages sent, by step."""
        self.kept |= answers
        self.save()

    def drop(self, steps: Iterable[str]) -> None:
        """Forget the answers of these steps."""
        for step in steps:
            self.kept.pop(step, None)

    def sent(self, pass_id: int, remember: bool) -> None:
        """It was taken; its answers stay until the citizen has chosen whether to correct them."""
        self.pass_id, self.remember = pass_id, remember
        self.save()

    def reopen(self) -> None:
        """What is sent next is another declaration, with the same answers."""
        self.pass_id, self._declaration_id = 0, ""
        self.save()

    def save(self) -> None:
        self._session[_KEY] = {
            "kept": self.kept,
            "seen": int(time.time()),
            "pass_id": self.pass_id,
            "remember": self.remember,
            "party": list(self.party),
            "declaration_id": self._declaration_id,
        }

    def discard(self) -> None:
        """Wipe it."""
        self._session.pop(_KEY, None)
        self.kept, self.party = {}, []


def seen(session: SessionBase) -> int:
    """When the last answer came, in seconds since 1970; 0 where none is kept."""
    held = session.get(_KEY) or {}
    return held["seen"] if held.get("kept") else 0

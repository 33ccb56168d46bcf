"""A piece of a page that asks for itself every twenty seconds, and is sent only where it has changed.

Its element has an id and `{% include "kit/refreshing.html" %}` among its attributes; the page loads
assets/list.js, which asks, and keeps the place, the focus and what was ticked.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from dancu.web.moments import moment_in

SEEN = "Dancu-Seen"  # header: what the piece looked like when the reader got it


class Refreshing:
    """What the reader has, and what there is now. `piece`: the element's id. `state`: all that decides how
    the piece looks, a moment first where `since` is asked.
    """

    def __init__(self, request: HttpRequest, piece: str, *state: Any) -> None:
        self.address = request.get_full_path()
        self.is_piece = request.headers.get("HX-Target") == piece
        self.seen = request.headers.get(SEEN, "")
        self.now = " ".join(_as_text(value) for value in state)  # as a header takes it

    @property
    def is_unchanged(self) -> bool:
        """Whether the reader has it already: the answer is 204."""
        return self.is_piece and self.seen == self.now

    @property
    def by_itself(self) -> bool:
        """Whether nobody asked for it but the page."""
        return self.is_piece and bool(self.seen)

    @property
    def since(self) -> dt.datetime | None:
        """When the piece that the reader has was last changed; None on a whole page."""
        return moment_in(self.seen.partition(" ")[0]) if self.is_piece else None


def digest(shown: Iterable[Any]) -> str:
    """A word for all that is shown, as state of a piece whose content is known anyhow."""
    return hashlib.sha256("\0".join(map(str, shown)).encode()).hexdigest()[:24]


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.datetime) else str(value or "")

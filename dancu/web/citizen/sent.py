"""What this browser's session has sent: for whoever presses twice or goes back, for companions, and so
that a newer one replaces it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from dancu.checkpoints.actions import Sender
from dancu.checkpoints.journeys import Journey
from dancu.checkpoints.lookups import declarations
from dancu.checkpoints.rows import Declaration, JourneyKey
from dancu.register import lookups as register
from dancu.web.access import citizen_counts

LATELY = 60 * 60  # seconds: so long a page offers to declare for a companion, or says that it was sent
MOST = 30
KEPT = "kept_pass"  # key of a session: the citizen kept the pass they had, and sent nothing
_KEY = "sent"


@dataclass(frozen=True)
class Sent:
    """One declaration. `pass_id` 0: none was issued. `party`: the passes of all who travel together.
    Areas are of the journey's ends.
    """

    declaration_id: str
    pass_id: int
    at: int
    party: Sequence[int]
    origin_area: int
    destination_area: int

    @property
    def is_recent(self) -> bool:
        return time.time() - self.at < LATELY


def note(
    session: SessionBase, declaration_id: UUID, pass_id: int, party: Sequence[int], journey: Journey
) -> None:
    """It was taken. `party`: the passes of those who travel along, as far as they are declared."""
    together = [*party, pass_id] if pass_id else list(party)
    entry = [
        str(declaration_id),
        pass_id,
        int(time.time()),
        together,
        journey.origin_area,
        journey.destination_area,
    ]
    others = [held for held in session.get(_KEY, []) if held[0] != str(declaration_id)]
    session[_KEY] = [*others, entry][-MOST:]


def find(session: SessionBase, declaration_id: str) -> Sent | None:
    """The declaration with this id, where this session sent it."""
    return next((sent for sent in _all(session) if sent.declaration_id == declaration_id), None)


def of_pass(session: SessionBase, pass_id: int) -> Sent | None:
    """The declaration that this pass was given, where this session sent it."""
    return next((sent for sent in _all(session) if pass_id and sent.pass_id == pass_id), None)


def last(session: SessionBase) -> Sent | None:
    """What was sent last, where that was within the hour."""
    return next((sent for sent in _all(session) if sent.is_recent), None)


def declared(one: Sent) -> Declaration:
    """What was declared, of one that this session sent."""
    declaration_id = UUID(one.declaration_id)
    return declarations([declaration_id])[declaration_id]


def party_of(session: SessionBase, pass_id: int) -> Sequence[int]:
    """The passes of those who travel together with this one's holder, as far as this session sent them;
    itself among them.
    """
    return next((sent.party for sent in _all(session) if pass_id in sent.party), [pass_id])


def knows(request: HttpRequest, declared: JourneyKey) -> bool:
    """Whether whoever looks may know of a declaration (its declaration_id and person_id): this session
    sent it, or its citizen is signed in.
    """
    citizen = signed_in(request)
    return find(request.session, str(declared["declaration_id"])) is not None or (
        0 < declared["person_id"] == citizen
    )


def sender(request: HttpRequest) -> Sender:
    """Who sends, as far as this session shows it."""
    ids = (UUID(sent.declaration_id) for sent in _all(request.session))
    return Sender(person_id=signed_in(request), sent=tuple(ids))


def signed_in(request: HttpRequest) -> int:
    """The citizen whose session this is, on a page that is open to all; 0 for nobody."""
    citizen = request.session.get("citizen")
    return register.merged_into(citizen["person_id"]) if citizen and citizen_counts(citizen) else 0


def _all(session: SessionBase) -> list[Sent]:
    """The last one first."""
    return [Sent(*entry) for entry in reversed(session.get(_KEY, []))]

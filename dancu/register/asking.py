"""Whoever is told that a number is another person's has learnt whom the register holds: it is counted as
a look, and on the record of both.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.register import versions

_sql = Queries(versions.__file__)
_afterwards: ContextVar[dict[object, Callable[[], None]] | None] = ContextVar("afterwards", default=None)


def ask_number(acting: Acting | None, number: str, person_id: int = 0) -> None:
    """An official is about to be told whether somebody else holds or held this number, which they enter for
    this person (0: a new one).

    Before the transaction, since a refusal takes that back. Within `noted_afterwards` it is written when that
    ends. Raises TooMuchRead.
    """
    if acting is None:
        return

    def note() -> None:
        reading.count(acting)
        others = {row["person_id"] for row in _sql.prepared("by_number", number=number)} - {person_id}
        audit.record(acting, "register.number_asked", others | ({person_id} - {0}))

    later = _afterwards.get()
    if later is None:
        note()
    else:
        later[number, person_id] = note


@contextmanager
def noted_afterwards() -> Iterator[None]:
    """What is asked within is counted and written at the end, though all else that was done is taken
    back. Raises TooMuchRead in its place.
    """
    token = _afterwards.set({})
    try:
        yield
    finally:
        asked = _afterwards.get() or {}
        _afterwards.reset(token)
        for note in asked.values():
            note()

"""Reading what was proposed for officials' accounts: what waits for a second administrator, what was
decided, what an official is told.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from dancu.accounts import errors, eyes
from dancu.accounts.models import Official
from dancu.db.queries import Queries

_queries = Queries(__file__, "proposals.sql")
_accounts = Queries(__file__)
LATELY = timedelta(days=30)
_MOST = 200


@dataclass(frozen=True)
class WaitingProposal:
    """What was proposed for whom, by whom and why, and what became of it. Without `proposed_by` it was the
    machine's own command line.

    `state`: open, confirmed, refused, withdrawn or expired. `is_over`: open, but its time is over. `is_news`:
    the official concerned has not read of it yet.
    """

    proposal_id: int
    official_id: int
    username: str
    full_name: str
    kind: str
    role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    valid_from: date | None
    valid_to: date | None
    why: str
    proposed_by_id: int | None
    proposed_by: str
    proposed_by_username: str
    proposed_at: datetime
    expires_at: datetime
    state: str
    decided_by_id: int | None
    decided_by: str
    decided_by_username: str
    decided_at: datetime | None
    answer: str
    gave_password: bool
    is_over: bool
    is_news: bool

    @property
    def waits(self) -> bool:
        """Whether it may still be decided."""
        return self.state == "open" and not self.is_over

    @property
    def at(self) -> datetime:
        """When something last happened with it."""
        return self.decided_at or self.proposed_at

    @property
    def last_day(self) -> date | None:
        """The day before `valid_to`."""
        return self.valid_to and self.valid_to - timedelta(days=1)


def proposal(proposal_id: int) -> WaitingProposal:
    """One. Raises NoSuchProposal."""
    found = _found(proposal_id=proposal_id)
    if not found:
        raise errors.NoSuchProposal
    return found[0]


def waiting() -> list[WaitingProposal]:
    """All that wait for a second administrator, the longest first."""
    return [proposal for proposal in _found(waiting=True) if proposal.waits]


def how_many_wait() -> int:
    """How many those are."""
    found = _queries.one("how_many_wait")
    return found["waiting"] if found else 0


def decided_lately() -> list[WaitingProposal]:
    """What was decided in the last thirty days, or done at the machine's command line, the last first."""
    return _found(waiting=False, since=timezone.now() - LATELY)


def of_official(official_id: int) -> list[WaitingProposal]:
    """All that was ever proposed for this official, what waits first, then what was decided last."""
    return _found(official_id=official_id)


def has_news(official_id: int) -> bool:
    """Whether the official has something to read of their account."""
    found = _queries.one("has_news", official_id=official_id)
    return bool(found and found["has_news"])


def why_not(proposal: WaitingProposal, official_id: int) -> errors.AccountError | None:
    """Why this administrator may not confirm it; None where they may."""
    return _why_not(proposal, official_id, _administrators())


def who_may_confirm(proposal: WaitingProposal) -> list[str]:
    """The names of the administrators of today who may."""
    today = _administrators()
    may = [official_id for official_id in today if not _why_not(proposal, official_id, today)]
    return sorted(Official.objects.filter(pk__in=may).values_list("full_name", flat=True))


def _why_not(
    proposal: WaitingProposal, official_id: int, today: frozenset[int]
) -> errors.AccountError | None:
    if not proposal.waits:
        return errors.NotWaiting()
    if proposal.proposed_by_id not in today:
        return errors.ProposerGone()
    behind = eyes.hands_behind([proposal.proposed_by_id, official_id])
    return eyes.why_not(proposal.proposed_by_id, official_id, proposal.official_id, behind)


def _administrators() -> frozenset[int]:
    rows = _accounts.all("administrators", on=timezone.localdate())
    return frozenset(row["official_id"] for row in rows)


def _found(**asked: Any) -> list[WaitingProposal]:
    unasked = {"proposal_id": None, "official_id": None, "waiting": None, "since": None, "limit": _MOST}
    rows = _queries.all("proposals", **(unasked | asked))
    return [
        WaitingProposal(**{name: row[name] for name in WaitingProposal.__dataclass_fields__}) for row in rows
    ]

"""Four eyes: whatever lets an official in, or lets them do more, is proposed by one administrator and
confirmed by another.

Two accounts are one pair of eyes where the same hand is behind both: who made the account, who lately
proposed a new password or authenticator for it, and whoever is behind those in turn. Nobody is behind an
account that was made at the command line of the machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from dancu.accounts import errors
from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries

_queries = Queries(__file__, "proposals.sql")
LATELY = timedelta(days=30)  # how long a new password or authenticator ties who proposed it to who got it


@dataclass(frozen=True)
class Agreed:
    """What one administrator proposed and another has just confirmed. `proposals.confirm` makes it, and
    nobody else.
    """

    proposal_id: int
    proposed_by: int
    confirmed_by: Acting


def hands_behind(official_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """For each of these officials: themselves, and whoever is behind their account."""
    rows = _queries.all("behind", official_ids=list(set(official_ids)), lately=LATELY)
    return {row["official_id"]: frozenset(row["hands"]) for row in rows}


def are_one_hand(one: int, other: int) -> bool:
    """Whether the same hand is behind both officials: what takes two, these two cannot do together."""
    behind = hands_behind([one, other])
    return bool(behind[one] & behind[other])


def why_not(
    proposer: int, second: int, concerned: int, behind: dict[int, frozenset[int]]
) -> errors.AccountError | None:
    """Why `second` may not confirm what `proposer` proposed for `concerned`; None where they may.
    `behind`: of both administrators.
    """
    if second == proposer:
        return errors.OwnProposal()
    if concerned in (second, proposer):
        return errors.OwnAccount()
    if behind[proposer] & behind[second] or concerned in behind[proposer] | behind[second]:
        return errors.OnePairOfEyes()
    return None

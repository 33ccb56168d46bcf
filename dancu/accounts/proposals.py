"""One administrator proposes what opens a door, another one confirms or refuses it. Each step is in the
audit.

Refusing and withdrawing close a door and are one person's act; so is refusing what was proposed for oneself.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from dancu.accounts import actions, errors, eyes, granting, passwords
from dancu.accounts.eyes import Agreed
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Grant, Official
from dancu.audit import actions as audit
from dancu.db.queries import Queries

_queries = Queries(__file__, "proposals.sql")
STANDS = timedelta(days=7)  # then a proposal that nobody decided is over
LONGEST = 500  # characters of a reason
ROLE, PASSWORD, AUTHENTICATOR, UNLOCK = KINDS = ("role", "password", "authenticator", "unlock")
_NO_ROLE: dict[str, Any] = {
    "role": "",
    "jurisdiction_kind": "",
    "jurisdiction_id": 0,
    "purpose": "",
    "valid_from": None,
    "valid_to": None,
}


def propose_role(
    by: Acting,
    official_id: int,
    role: str,
    jurisdiction_kind: str,
    jurisdiction_id: int = 0,
    why: str = "",
    purpose: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    instead_of: int | None = None,
) -> int:
    """Propose a role from `valid_from` (the day it is confirmed) until before `valid_to` (no end). Returns
    the proposal's number.

    With an official's first role comes a one-time password. `instead_of`: a grant that ends when this one is
    given. Raises what `propose` and `granting.checked` raise.
    """
    asked = {"role": role, "jurisdiction_kind": jurisdiction_kind, "jurisdiction_id": jurisdiction_id}
    with transaction.atomic():
        _to_propose(by, official_id)
        granting.checked(official_id, **asked, valid_from=valid_from, valid_to=valid_to)
        given = {"purpose": purpose, "valid_from": valid_from, "valid_to": valid_to, "instead_of": instead_of}
        return _propose(by, official_id, ROLE, why, **asked, **given)


def propose_in_place(by: Acting, grant_id: int, area_ids: Collection[int], why: str) -> list[int]:
    """The area of this role has ended: propose the role for each of these areas, until the same day. It ends
    when the first of them is given.

    Returns the proposals' numbers. Raises NotGranted (no such role, or ended), JurisdictionMissing (no area),
    and what `propose_role` raises.
    """
    with transaction.atomic():
        old = Grant.objects.filter(pk=grant_id, jurisdiction_kind="area", ended_at=None).first()
        if old is None:
            raise errors.NotGranted
        if not area_ids:
            raise errors.JurisdictionMissing
        held = {"purpose": old.purpose, "valid_to": old.valid_to, "instead_of": grant_id}
        return [
            propose_role(by, old.official_id, old.role, "area", area_id, why, **held) for area_id in area_ids
        ]


def propose(by: Acting, official_id: int, kind: str, why: str) -> int:
    """Propose a new password, that the authenticator is forgotten, or that a locked account is opened.
    Returns the proposal's number.

    Raises NotGranted (no administrator), OwnAccount, OnePairOfEyes, NoSuchOfficial, WhyMissing,
    AlreadyProposed or NotLocked.
    """
    if kind not in KINDS or kind == ROLE:
        raise ValueError(kind)
    with transaction.atomic():
        official = _to_propose(by, official_id)
        if kind == UNLOCK and official.is_active:
            raise errors.NotLocked
        return _propose(by, official_id, kind, why)


def confirm(by: Acting, proposal_id: int) -> str:
    """Agree, and have it done. Returns the second half of the official's new one-time password; "" where
    there is none.

    Raises NotGranted, NoSuchProposal, NotWaiting, ProposerGone, OwnProposal, OwnAccount, OnePairOfEyes, or
    what the deed itself raises: then the proposal waits on.
    """
    with transaction.atomic():
        administrators = _at_work(by)
        asked = _waiting(proposal_id)
        proposer, concerned = asked["proposed_by_id"], asked["official_id"]
        if proposer not in administrators:
            raise errors.ProposerGone
        behind = eyes.hands_behind([proposer, by.official_id])
        if problem := eyes.why_not(proposer, by.official_id, concerned, behind):
            raise problem
        _decide(by, asked, "confirmed", "accounts.proposal_confirmed")
        return _done(Agreed(proposal_id, proposer, by), asked)


def refuse(by: Acting, proposal_id: int, answer: str) -> None:
    """Decide that it is not done, and say why. Any other administrator may, and the official concerned.

    Raises NotGranted, NoSuchProposal, NotWaiting, OwnProposal or WhyMissing.
    """
    with transaction.atomic():
        administrators = actions.administrators()
        asked = _waiting(proposal_id)
        if by.official_id == asked["proposed_by_id"]:
            raise errors.OwnProposal
        is_at_work = by.may("accounts") and by.official_id in administrators
        if not is_at_work and by.official_id != asked["official_id"]:
            raise errors.NotGranted
        _decide(by, asked, "refused", "accounts.proposal_refused", _said(answer))


def withdraw(by: Acting, proposal_id: int) -> None:
    """Take one's own proposal back. Raises NoSuchProposal, NotWaiting or NotGranted (another's)."""
    with transaction.atomic():
        # locked first everywhere, so that two who decide at once wait for each other in one order
        actions.administrators()
        asked = _waiting(proposal_id)
        if by.official_id != asked["proposed_by_id"]:
            raise errors.NotGranted
        _decide(by, asked, "withdrawn", "accounts.proposal_withdrawn")


def expire() -> int:
    """Note of those whose time is over that it is. Returns how many. They can be confirmed no more, noted
    or not.
    """
    with transaction.atomic():
        over = _queries.all("expire")
        for row in over:
            detail = f"official {row['official_id']} proposal {row['proposal_id']}"
            audit.record_system("accounts.proposal_expired", detail=detail, purpose="administration")
    return len(over)


def first_half(by: Acting, proposal_id: int) -> str:
    """The first half of the one-time password that came with this proposal of one's own; "" where there
    is none, or it was replaced.
    """
    asked = _queries.one("locked", proposal_id=proposal_id)
    if asked is None or asked["proposed_by_id"] != by.official_id or not asked["gave_password"]:
        return ""
    if not Official.objects.filter(pk=asked["official_id"], must_change_password=True).exists():
        return ""
    _record(by, "accounts.half_shown", asked)
    return passwords.first_half(proposal_id)


def know(official_id: int) -> None:
    """The official has read what was proposed for them and done with their account."""
    _queries.run("known", official_id=official_id)


def _to_propose(by: Acting, official_id: int) -> Official:
    _at_work(by)
    if by.official_id == official_id:
        raise errors.OwnAccount
    official = Official.objects.select_for_update().filter(pk=official_id).first()
    if official is None:
        raise errors.NoSuchOfficial
    if official_id in eyes.hands_behind([by.official_id])[by.official_id]:
        raise errors.OnePairOfEyes
    return official


def _propose(by: Acting, official_id: int, kind: str, why: str, **asked: Any) -> int:
    why = _said(why)
    expire()
    new = _queries.one(
        "propose",
        **(_NO_ROLE | {"instead_of": None} | asked),
        official_id=official_id,
        kind=kind,
        why=why,
        by=by.official_id,
        stands=STANDS,
    )
    if new is None:
        raise errors.AlreadyProposed
    proposal_id = new["proposal_id"]
    _record(by, "accounts.proposed", _queries.one("locked", proposal_id=proposal_id) or {})
    return proposal_id


def _at_work(by: Acting) -> frozenset[int]:
    """The administrators, of whom `by` is one."""
    administrators = actions.administrators()
    if not by.may("accounts") or by.official_id not in administrators:
        raise errors.NotGranted
    return administrators


def _waiting(proposal_id: int) -> dict[str, Any]:
    asked = _queries.one("locked", proposal_id=proposal_id)
    if asked is None:
        raise errors.NoSuchProposal
    if asked["state"] != "open":
        raise errors.NotWaiting
    return asked


def _decide(by: Acting, asked: dict[str, Any], state: str, action: str, answer: str = "") -> None:
    proposal_id = asked["proposal_id"]
    [row] = _queries.all("decide", proposal_id=proposal_id, state=state, by=by.official_id, answer=answer)
    if not row["decided"]:
        raise errors.NotWaiting  # its time is over
    _record(by, action, asked)


def _done(agreed: Agreed, asked: dict[str, Any]) -> str:
    official_id, kind = asked["official_id"], asked["kind"]
    if kind == PASSWORD:
        return actions.reset_password(agreed, official_id)
    if kind == AUTHENTICATOR:
        actions.reset_second_factor(agreed, official_id)
    elif kind == UNLOCK:
        actions.unlock(agreed, official_id)
    else:
        new = actions.grant_role(agreed, official_id, **{name: asked[name] for name in _NO_ROLE})
        if asked["instead_of_id"]:
            actions.end_replaced(agreed, new)
        if not Official.objects.get(pk=official_id).has_usable_password():
            return actions.reset_password(agreed, official_id)
    return ""


def _said(why: str) -> str:
    said = " ".join(why.split())[:LONGEST]
    if not said:
        raise errors.WhyMissing
    return said


def _record(by: Acting, action: str, asked: dict[str, Any]) -> None:
    where = (
        f" {asked['role']} {asked['jurisdiction_kind']} {asked['jurisdiction_id']}" if asked["role"] else ""
    )
    audit.record(
        by,
        action,
        detail=f"official {asked['official_id']} proposal {asked['proposal_id']} {asked['kind']}{where}",
    )

"""What was proposed for an official's account, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts import proposals
from dancu.accounts.duties import PURPOSES, role_of
from dancu.accounts.waiting import WaitingProposal
from dancu.web.shared.places import place, role_there
from dancu.web.templatetags.dancu import day, moment

Words = str | Promise

_KINDS: dict[str, Words] = {
    proposals.PASSWORD: gettext_lazy("New one-time password"),
    proposals.AUTHENTICATOR: gettext_lazy("Reset the authenticator app"),
    proposals.UNLOCK: gettext_lazy("Unlock the account"),
}
_STATES: dict[str, tuple[Words, str]] = {  # words, colour
    "open": (gettext_lazy("Waiting"), "amber"),
    "confirmed": (gettext_lazy("Confirmed and carried out"), "green"),
    "refused": (gettext_lazy("Refused"), "red"),
    "withdrawn": (gettext_lazy("Withdrawn"), "grey"),
    "expired": (gettext_lazy("Expired: nobody decided within a week"), "grey"),
}


@dataclass(frozen=True)
class ProposalText:
    """A proposal as a page shows it."""

    proposal: WaitingProposal
    what: Words
    state: Words
    colour: str
    rows: list[tuple[Words, Any]]


def proposal_text(proposal: WaitingProposal) -> ProposalText:
    """What it is, how it stands, and row by row who, why and when."""
    state = "expired" if proposal.is_over else proposal.state
    words, colour = _STATES[state]
    if proposal.proposed_by_id is None:
        words, colour = _("Done on the server"), "blue"
    return ProposalText(
        proposal, what(proposal), words, colour, [(label, value) for label, value in _rows(proposal) if value]
    )


def proposal_texts(found: Iterable[WaitingProposal]) -> list[ProposalText]:
    """The same of each."""
    return [proposal_text(proposal) for proposal in found]


def what(proposal: WaitingProposal) -> str:
    """The role and its place, or what else is to be done, in a line."""
    if proposal.kind != proposals.ROLE:
        return str(_KINDS[proposal.kind])
    kind, number = proposal.jurisdiction_kind, proposal.jurisdiction_id
    role = role_there(proposal.role, kind, number)
    return f"{role} · {place(kind, number)}"


def _rows(proposal: WaitingProposal) -> list[tuple[Words, Any]]:
    rows: list[tuple[Words, Any]] = []
    if proposal.kind == proposals.ROLE:
        purpose = proposal.purpose or role_of(proposal.role).purpose
        first = day(proposal.valid_from) if proposal.valid_from else _("The day it is confirmed")
        rows = [
            (_("Purpose"), PURPOSES.get(purpose, purpose)),
            (_("First day"), first),
            (_("Last day"), day(proposal.last_day)),
        ]
    decided = {"confirmed": _("Confirmed by"), "refused": _("Refused by")}.get(proposal.state, "")
    return [
        *rows,
        (_("Reason"), proposal.why),
        (
            _("Proposed by"),
            _name(proposal.proposed_by, proposal.proposed_by_username) or _("The server's command line"),
        ),
        (_("Proposed on"), moment(proposal.proposed_at)),
        (_("Expires"), moment(proposal.expires_at) if proposal.waits else ""),
        (decided, _name(proposal.decided_by, proposal.decided_by_username) if decided else ""),
        (_("Decided on"), moment(proposal.decided_at) if proposal.proposed_by_id else ""),
        (_("Why it was refused"), proposal.answer),
    ]


def _name(full_name: str, username: str) -> str:
    return f"{full_name} ({username})" if full_name else ""

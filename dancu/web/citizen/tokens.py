"""The address of a pass's page: the pass's code and a signature, so that who knows a code cannot guess
its page.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.errors import BadPassCode
from dancu.checkpoints.rows import PassInFull

KEPT_FOR = dt.timedelta(days=30)  # after its last hour; then its page is gone
_SALT = "dancu.web.citizen.pass"
_BETWEEN = "~"  # the codes of those who travel together


class ShortSigner(Signer):
    """96 bits of the signature: enough against guessing, and short enough for one message."""

    def signature(self, *signed: Any, **how: Any) -> str:
        return super().signature(*signed, **how)[:16]


def pass_page(pass_id: int, name: str = "citizen:pass") -> str:
    """The address of the page of this pass, or of one that belongs to it ("citizen:pass-full")."""
    return reverse(name, args=[_signer().sign(checkpoints.pass_code(pass_id))])


def short_page(pass_id: int) -> str:
    """A short address that leads there, for a message."""
    return reverse("citizen:short", args=[_short().sign(checkpoints.pass_code(pass_id))])


def together_page(pass_ids: Iterable[int], name: str = "citizen:together") -> str:
    """The address of the page with all these passes."""
    return reverse(name, args=[_together().sign(_BETWEEN.join(map(checkpoints.pass_code, pass_ids)))])


def pass_at(token: str) -> PassInFull:
    """The pass whose page this is, in full. Raises Http404 where the token is not ours or the pass is
    long over.
    """
    return _pass(_opened(_signer(), token))


def pass_at_short(token: str) -> PassInFull:
    """The same for a message's address."""
    return _pass(_opened(_short(), token))


def passes_at(token: str) -> list[PassInFull]:
    """The passes of those who travel together, in full. Raises Http404."""
    return [_pass(code) for code in _opened(_together(), token).split(_BETWEEN)]


def _opened(signer: Signer, token: str) -> str:
    try:
        return signer.unsign(token)
    except BadSignature:
        raise Http404 from None


def _pass(code: str) -> PassInFull:
    try:
        shown = checkpoints.pass_in_full(checkpoints.pass_id_of(code))
    except BadPassCode:
        raise Http404 from None
    if shown is None or timezone.now() > shown["expires_at"] + KEPT_FOR:
        raise Http404
    return shown


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")


def _short() -> Signer:
    return ShortSigner(salt=f"{_SALT}.short", sep=".")


def _together() -> Signer:
    return Signer(salt=f"{_SALT}.together", sep=".")

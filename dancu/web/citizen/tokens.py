"""The address of a pass's page: the pass's code and a signature, so that who knows a code cannot guess its page."""

import datetime as dt
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.errors import BadPassCode

KEPT_FOR = dt.timedelta(days=30)  # after its last hour; then its page is gone
_SALT = "dancu.web.citizen.pass"


def pass_page(pass_id: int, name: str = "citizen:pass") -> str:
    """The address of the page of this pass, or of one that belongs to it ("citizen:pass-full")."""
    return reverse(name, args=[_signer().sign(checkpoints.pass_code(pass_id))])


def pass_at(token: str) -> dict[str, Any]:
    """The pass whose page this is, in full. Raises Http404 where the token is not ours or the pass is long over."""
    try:
        shown = checkpoints.pass_in_full(checkpoints.pass_id_of(_signer().unsign(token)))
    except (BadSignature, BadPassCode):
        raise Http404 from None
    if shown is None or timezone.now() > shown["expires_at"] + KEPT_FOR:
        raise Http404
    return shown


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")

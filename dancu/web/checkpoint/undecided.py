"""Whoever was stopped by a red verdict and on whom nothing is decided yet: kept in the officer's session, so that no red is walked past."""

from typing import Any

from django.http import HttpRequest

from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import pass_code

_KEY = "undecided"
_MOST = 5


def note(request: HttpRequest, pass_id: int) -> None:
    """A red verdict on this pass is on the desk."""
    others = [one for one in request.session.get(_KEY, []) if one != pass_id]
    request.session[_KEY] = [*others, pass_id][-_MOST:]


def settle(request: HttpRequest, pass_id: int) -> None:
    """It was decided on."""
    if pass_id in (known := request.session.get(_KEY, [])):
        request.session[_KEY] = [one for one in known if one != pass_id]


def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """Those on whom nothing is decided: name, and the code to bring them back by."""
    found = [lookups.pass_in_full(pass_id) for pass_id in request.session.get(_KEY, [])]
    return [{"name": shown["full_name"], "code": pass_code(shown["pass_id"])} for shown in found if shown]

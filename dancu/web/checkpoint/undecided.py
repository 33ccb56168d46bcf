"""Whoever was stopped by a red verdict and on whom nothing is decided yet: kept in the officer's session, so that no red is walked past."""

from typing import Any

from django.http import HttpRequest

from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import pass_code

_PASSES, _CARDS = "undecided", "undecided_cards"
_MOST = 5


def note(request: HttpRequest, pass_id: int) -> None:
    """A red verdict on this pass is on the desk."""
    others = [one for one in request.session.get(_PASSES, []) if one != pass_id]
    request.session[_PASSES] = [*others, pass_id][-_MOST:]


def note_card(request: HttpRequest, number: str, name: str) -> None:
    """A red verdict on a card that was scanned, whose holder has no pass yet."""
    others = [one for one in request.session.get(_CARDS, []) if one[0] != number]
    request.session[_CARDS] = [*others, [number, name]][-_MOST:]


def settle(request: HttpRequest, pass_id: int) -> None:
    """The holder of this pass was decided on."""
    if pass_id in (known := request.session.get(_PASSES, [])):
        request.session[_PASSES] = [one for one in known if one != pass_id]
    if cards := request.session.get(_CARDS, []):
        number = (lookups.pass_in_full(pass_id) or {"number": ""})["number"]
        request.session[_CARDS] = [one for one in cards if one[0] != number]


def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """Those on whom nothing is decided: name, and the code or number to bring them back by."""
    passes = [lookups.pass_in_full(pass_id) for pass_id in request.session.get(_PASSES, [])]
    found = [{"name": shown["full_name"], "text": pass_code(shown["pass_id"])} for shown in passes if shown]
    return found + [{"name": name, "text": number} for number, name in request.session.get(_CARDS, [])]

"""On whom something is to be decided and nothing is yet: stopped by a red verdict, asked for a reason that was not given, or keyed in and
the decision taken back. Kept in the officer's session, so that nobody is walked past.
"""

from typing import Any

from django.http import HttpRequest

from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import pass_code

_PASSES, _CARDS, _CODES = "undecided", "undecided_cards", "undecided_codes"
_MOST = 30


def note(request: HttpRequest, pass_id: int) -> None:
    """This pass is on the desk, and its holder is to be decided on."""
    _put(request, _PASSES, pass_id, pass_id)


def note_number(request: HttpRequest, number: str, name: str, *, typed: bool) -> None:
    """A red verdict on a card that was scanned or a number that was typed, whose holder has no pass yet."""
    _put(request, _CARDS, number, [number, name, typed])


def note_code(request: HttpRequest, kind: str, text: str) -> None:
    """A forged code is on the desk."""
    _put(request, _CODES, text, [text, kind])


def settle(request: HttpRequest, pass_id: int) -> None:
    """The holder of this pass was decided on, whatever other pass or number of theirs waited."""
    shown = lookups.pass_in_full(pass_id)
    if not shown:
        return
    if waiting := request.session.get(_PASSES, []):
        others = {one: lookups.pass_in_full(one) for one in waiting if one != pass_id}
        request.session[_PASSES] = [one for one, other in others.items() if other and not _are_one(other, shown)]
    dismiss(request, shown["number"])


def forget(request: HttpRequest, pass_id: int) -> None:
    """The officer went back from asking for a reason, and the verdict on this pass asks for no decision."""
    if pass_id in (waiting := request.session.get(_PASSES, [])):  # else the session need not be written
        request.session[_PASSES] = [one for one in waiting if one != pass_id]


def dismiss(request: HttpRequest, number: str) -> None:
    """A number that was typed wrongly is nobody's who stands here."""
    cards = request.session.get(_CARDS, [])
    if any(one[0] == number for one in cards):
        request.session[_CARDS] = [one for one in cards if one[0] != number]


def settle_code(request: HttpRequest, text: str) -> None:
    """The forged code was reported."""
    codes = request.session.get(_CODES, [])
    if any(one[0] == text for one in codes):
        request.session[_CODES] = [one for one in codes if one[0] != text]


def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """Those on whom nothing is decided: name, what to bring them back by, and whether it was only typed. A forged code has no name."""
    passes = [lookups.pass_in_full(pass_id) for pass_id in request.session.get(_PASSES, [])]
    found = [{"name": shown["full_name"], "text": pass_code(shown["pass_id"])} for shown in passes if shown]
    found += [{"name": name, "text": number, "typed": typed} for number, name, typed in request.session.get(_CARDS, [])]
    return found + [{"name": "", "text": text} for text, _kind in request.session.get(_CODES, [])]


def _put(request: HttpRequest, key: str, of: Any, entry: Any) -> None:
    others = [one for one in request.session.get(key, []) if (one[0] if isinstance(one, list) else one) != of]
    request.session[key] = [*others, entry][-_MOST:]


def _are_one(one: dict[str, Any], other: dict[str, Any]) -> bool:
    same = one["person_id"] == other["person_id"]
    return same or bool(one["number"] and one["number"] == other["number"])

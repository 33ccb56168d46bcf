"""On whom something is to be decided and nothing is yet: stopped by a red verdict, asked for a reason that
was not given, or keyed in and the decision taken back. Kept in the officer's session, so that nobody is
walked past.
"""

from collections.abc import Callable
from typing import Any, NotRequired, TypedDict

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dancu.checkpoints import lookups
from dancu.checkpoints.lookups import pass_code
from dancu.checkpoints.rows import PassInFull
from dancu.checkpoints.travellers import are_one, gave
from dancu.web.checkpoint.remembering import decided
from dancu.web.templatetags.dancu import moment

_PASSES, _CARDS, _CODES = "undecided", "undecided_cards", "undecided_codes"
_MOST = 120  # a bus full of people without a pass, and those who stood there before


class Undecided(TypedDict):
    """One on whom nothing is decided."""

    name: str  # "" of a forged code
    text: str  # what brings them back, scanned or typed
    typed: NotRequired[bool]  # a number that was only typed
    stands: NotRequired[str]  # as what they stand since before, in words


def note(request: HttpRequest, pass_id: int) -> None:
    """This pass is on the desk, and its holder is to be decided on."""
    _put(request, _PASSES, pass_id, lambda one: one == pass_id)


def note_number(request: HttpRequest, number: str, name: str, *, typed: bool, stopped: bool = False) -> None:
    """A red verdict on a card that was scanned or a number that was typed, whose holder has no pass yet;
    `stopped`: and was stopped before.
    """
    before = [one for one in request.session.get(_CARDS, []) if one[:2] == [number, name]]
    entry = [number, name, typed and all(one[2] for one in before), stopped]
    _put(request, _CARDS, entry, lambda one: one[:2] == entry[:2])


def note_code(request: HttpRequest, kind: str, text: str) -> None:
    """A forged code is on the desk."""
    _put(request, _CODES, [text, kind], lambda one: one[0] == text)


def settle(request: HttpRequest, pass_id: int, *, told_apart: bool = False) -> None:
    """The holder of this pass was decided on, whatever other pass or number of theirs waited; but nobody who
    gave the same number under another name. `told_apart`: they were seen to be another person of nearly that
    name, who waits still.
    """
    shown = lookups.pass_in_full(pass_id)
    if not shown:
        return
    if waiting := request.session.get(_PASSES, []):
        others = {one: lookups.pass_in_full(one) for one in waiting if one != pass_id}
        request.session[_PASSES] = [
            one
            for one, other in others.items()
            if other and not are_one(other, shown, to_the_letter=told_apart)
        ]
    _drop_cards(request, lambda number, name, *_more: gave(number, name, shown, to_the_letter=told_apart))


def forget(request: HttpRequest, pass_id: int) -> None:
    """The officer went back from asking for a reason, and the verdict on this pass asks for no decision."""
    if pass_id in (waiting := request.session.get(_PASSES, [])):  # else the session need not be written
        request.session[_PASSES] = [one for one in waiting if one != pass_id]


def dismiss(request: HttpRequest, number: str) -> None:
    """A number that was typed wrongly is nobody's who stands here. Whose card was scanned stands here."""
    _drop_cards(request, lambda one, _name, typed, *_more: typed and one == number)


def settle_code(request: HttpRequest, text: str) -> None:
    """The forged code was reported."""
    codes = request.session.get(_CODES, [])
    if any(one[0] == text for one in codes):
        request.session[_CODES] = [one for one in codes if one[0] != text]


def waiting(request: HttpRequest) -> list[Undecided]:
    """Those on whom nothing is decided: name, what to bring them back by, whether it was only typed, and what
    `stands` from before. A forged code has no name.
    """
    passes = [lookups.pass_in_full(pass_id) for pass_id in request.session.get(_PASSES, [])]
    found: list[Undecided] = [
        {"name": shown["full_name"], "text": pass_code(shown["pass_id"]), "stands": _standing(shown)}
        for shown in passes
        if shown
    ]
    for number, name, typed, *stopped in request.session.get(_CARDS, []):
        stands = _("stopped before") if any(stopped) else ""
        found.append({"name": name, "text": number, "typed": typed, "stands": stands})
    codes: list[Undecided] = [{"name": "", "text": text} for text, _kind in request.session.get(_CODES, [])]
    return [*found, *codes]


def _standing(shown: PassInFull) -> str:
    """As what the holder of a pass (in full) stands since they were stopped last, in words; "" where
    nobody stopped them, or who did was answered.
    """
    stop = lookups.last_stop(shown)
    if stop is None:
        return ""
    return _("%(decided)s at %(station)s, %(time)s") % {
        "decided": decided(stop["decision"]),
        "station": stop["station"],
        "time": moment(stop["crossed_at"]),
    }


def _drop_cards(request: HttpRequest, is_over: Callable[..., bool]) -> None:
    cards = request.session.get(_CARDS, [])
    if any(is_over(*one) for one in cards):  # else the session need not be written
        request.session[_CARDS] = [one for one in cards if not is_over(*one)]


def _put(request: HttpRequest, key: str, entry: Any, is_same: Callable[[Any], bool]) -> None:
    """At the end, in place of the same one."""
    request.session[key] = [*(one for one in request.session.get(key, []) if not is_same(one)), entry][
        -_MOST:
    ]

"""What is remembered of a traveller, in words: who stopped them, where, when and why, and what they
declared of an illness elsewhere.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dancu.checkpoints.journeys import TESTS
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import in_words, may_be_of, signs_of
from dancu.checkpoints.rows import DeclaredSigns, RememberedCrossing, Surety, ToldSign
from dancu.isolation.health_policy import as_declared, refuses
from dancu.isolation.signs import SYMPTOMS, warnings_in
from dancu.web.checkpoint.times import ago
from dancu.web.templatetags.dancu import day, moment

MOST = 3  # lines that are read at a road


class CrossingInWords(RememberedCrossing):
    """A crossing as it is told."""

    decided: str
    ended: str  # how the waiting did without another decision; "" where it did not
    whose: str  # "" where it is surely theirs


def decided(decision: str) -> str:
    """A decision as what was done: "let through", "held for a check", "turned back"."""
    return {"through": _("let through"), "secondary": _("held for a check"), "back": _("turned back")}[
        decision
    ]


def headline(known: Memory) -> str:
    """What a verdict is called that follows from memory alone; "" where it does not."""
    sure = [stop for stop in known.stops if stop["sure"]]
    if any("positive" in signs_of(stop) for stop in sure):
        return _("Tested positive before")
    if any(sign["sure"] and sign["test_result"] == "positive" for sign in known.signs):
        return _("Illness declared elsewhere")  # which is graver than any other stop
    if sure:
        return (
            _("Turned back before") if any(stop["decision"] == "back" for stop in sure) else _("Held before")
        )
    if known.stops:
        return _("Possibly stopped before")
    return _("Illness declared elsewhere") if known.signs else ""


def reasons(known: Memory) -> list[str]:
    """The open stops and the signs of illness, each in a line: first what is surely this person's, of
    that the gravest; and how many more.
    """
    stops = sorted(known.stops, key=lambda stop: (not stop["sure"], _mildness(stop)))
    signs = sorted(
        known.signs, key=lambda sign: (not sign["sure"], bool(sign["of"]), sign["test_result"] != "positive")
    )
    found = [_stop(stop) for stop in stops[:MOST]]
    if more := len(stops[MOST:]):
        found.append(
            ngettext(
                "And held or turned back %(count)d more time.",
                "And held or turned back %(count)d more times.",
                more,
            )
            % {"count": more}
        )
    found += [_sign(sign) for sign in signs[:MOST]]
    if more := len(signs[MOST:]):
        found.append(
            ngettext(
                "And %(count)d more declaration of illness.",
                "And %(count)d more declarations of illness.",
                more,
            )
            % {"count": more}
        )
    return found


def remaining(known: Memory, declared: DeclaredSigns) -> list[str]:
    """For what whoever declared this (a row) and was let through just now is stopped again at the next
    station, and what would clear it.
    """
    stops = [stop for stop in known.stops if stop["sure"]]
    found = [_stop(stop) for stop in sorted(stops, key=_mildness)[:MOST]]
    own = _own(known.left_of(declared))
    found += [_sign(sign) for sign in (own, *known.signs) if sign["sure"] and refuses(sign)][:MOST]
    ill = {one for stop in stops for one in may_be_of(stop)} | {
        one for sign in (own, *known.signs) if sign["sure"] for one in warnings_in(sign)
    }
    if found and "contact" in ill:
        found.append(
            _("A contact counts until its period ends. No check clears it, and each station decides again.")
        )
    elif found and "positive" in ill:
        found.append(_("Only a negative test clears a positive one."))
    return found


def history(known: Memory) -> list[CrossingInWords]:
    """Where this person was seen last, and after that where somebody who may be this person was: crossings,
    with what was `decided`, in words, `ended`, how the waiting did without another decision, and `whose` it
    may be, where it is not surely theirs.
    """
    sure = [crossing for crossing in known.crossings if crossing["sure"]][:5]
    perhaps = [crossing for crossing in known.crossings if not crossing["sure"]][:MOST]
    return [
        {
            **row,
            "decided": decided(row["decision"]),
            "ended": "" if row["ended_by"] else _ended(row),
            "whose": _whose(row),
        }
        for row in (*sure, *perhaps)
    ]


def by_hand(known: Memory) -> list[str]:
    """What to do about it."""
    found = []
    if any(stop["sure"] and not may_be_of(stop) for stop in known.stops):
        found.append(
            _(
                "Ask what has changed since. To let them through, give a reason that answers the earlier "
                "decision and clears it. Taking the temperature does not clear a doubt about papers, "
                "identity or permission."
            )
        )
    elif known.stops or known.is_refused():
        found.append(_("You must give a reason to let them through."))
    if any(stop["sure"] and may_be_of(stop) > signs_of(stop) for stop in known.stops):
        found.append(_("The officer's note may be about an illness: only a negative test clears it."))
    if any(stop["sure"] and "positive" in signs_of(stop) for stop in known.stops):
        found.append(_("Only a negative test clears a positive one."))
    if any(stop["sure"] and "contact" in signs_of(stop) for stop in known.stops):
        found.append(
            _("A contact counts until its period ends. No check clears it, and each station decides again.")
        )
    if any(stop["of"] == "number" for stop in known.stops):
        found.append(
            _(
                "Someone who gave the same number but a different name was stopped. Ask whose number it is, "
                "and check the card."
            )
        )
    if any(stop["of"] == "name" for stop in known.stops):
        found.append(
            _(
                "Someone with this name and the same number or birth date was stopped. Ask whether it was "
                "this traveller, and check the card."
            )
        )
    if any(sign["of"] == "number" for sign in known.signs):
        found.append(
            _("Another declaration has the same number but a different name: ask whose number it is.")
        )
    if any(not sign["sure"] and not sign["of"] for sign in known.signs):
        found.append(_("Ask whether the traveller made that declaration, and check the card."))
    if known.signs or any(may_be_of(stop) for stop in known.stops):
        found.append(_("Take the temperature, call the health station and keep them apart from others."))
    return found


def _own(declared: DeclaredSigns) -> ToldSign:
    """What this very traveller declares."""
    told = as_declared(declared)
    return {
        "declared_at": told["declared_at"],
        "full_name": told["full_name"],
        "symptoms": told["symptoms"],
        "contact": told["contact"],
        "test_kind": told["test_kind"],
        "test_result": told["test_result"],
        "tested_on": told["tested_on"],
        "sure": True,
        "of": "",
    }


def _stop(stop: RememberedCrossing) -> str:
    text = _("%(decision)s at %(station)s, %(time)s (%(ago)s): %(why)s.") % {
        "decision": _("Turned back") if stop["decision"] == "back" else _("Held"),
        "station": stop["station"],
        "time": moment(stop["crossed_at"]),
        "ago": ago(stop["crossed_at"]),
        "why": stop["why"],
    }
    text = text if stop["sure"] else _perhaps(stop, text)
    ended = _ended(stop)
    return f"{text} {ended}." if ended else text


def _ended(stop: RememberedCrossing) -> str:
    """How a waiting ended, if it did otherwise than with another stop."""
    return "" if stop["stopped_again"] else in_words(stop["handed_to"] or "", stop["handed_note"] or "")


def _sign(sign: ToldSign) -> str:
    signs = [str(SYMPTOMS.get(code, code)).lower() for code in sign["symptoms"]]
    signs += [_("contact with a case")] if sign["contact"] else []
    if sign["test_result"] == "positive":
        test = ", ".join(filter(None, (str(TESTS.get(sign["test_kind"], "")), day(sign["tested_on"]))))
        signs.insert(0, _("positive test (%(test)s)") % {"test": test} if test else _("positive test"))
    told = {"time": moment(sign["declared_at"]), "signs": ", ".join(signs), "name": sign["full_name"]}
    if sign["sure"]:
        return _("Declared at %(time)s: %(signs)s.") % told
    if sign["of"] == "number":
        return _("Declared at %(time)s with the same number, under the name %(name)s: %(signs)s.") % told
    if not sign["of"]:
        return _("Declared at %(time)s in this traveller’s name, possibly by someone else: %(signs)s.") % told
    return _perhaps(sign, _("Declared at %(time)s: %(signs)s.") % told)


def _mildness(stop: RememberedCrossing) -> int:
    ill = may_be_of(stop)
    return 0 if "positive" in ill else 1 if ill else 2 if stop["decision"] == "back" else 3


def _whose(row: Surety) -> str:
    if row["sure"]:
        return ""
    if row["of"] == "number":
        return _("someone who gave the same number but a different name")
    return _("possibly the same person")


def _perhaps(row: Surety, text: str) -> str:
    """What may be somebody else's."""
    if row["of"] == "number":
        return _("Someone who gave the same number but a different name: %(what)s") % {"what": text}
    return _("Possibly the same person: %(what)s") % {"what": text}

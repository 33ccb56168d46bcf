"""What is remembered of a traveller, in words: who stopped them, where, when and why, and what they declared of an illness elsewhere."""

from typing import Any

from django.utils.translation import gettext as _

from dancu.checkpoints.journeys import TESTS
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import in_words, signs_of
from dancu.isolation.signs import SYMPTOMS
from dancu.web.checkpoint.times import ago
from dancu.web.templatetags.dancu import day, moment


def decided(decision: str) -> str:
    """A decision as what was done: "let through", "held for a check", "turned back"."""
    return {"through": _("let through"), "secondary": _("held for a check"), "back": _("turned back")}[decision]


def headline(known: Memory) -> str:
    """What a verdict is called that follows from memory alone; "" where it does not."""
    sure = [stop for stop in known.stops if stop["sure"]]
    if any("positive" in signs_of(stop) for stop in sure):
        return _("Tested positive before")
    if sure:
        return _("Turned back before") if any(stop["decision"] == "back" for stop in sure) else _("Held before")
    if known.stops:
        return _("Perhaps stopped before")
    return _("Illness declared elsewhere") if known.signs else ""


def reasons(known: Memory) -> list[str]:
    """Each open stop and each sign of illness, in a line."""
    return [_stop(stop) for stop in known.stops[:3]] + [_sign(sign) for sign in known.signs[:3]]


def by_hand(known: Memory) -> list[str]:
    """What to do about it."""
    found = []
    if any(stop["sure"] and not signs_of(stop) for stop in known.stops):
        found.append(
            _("Ask what has changed since. Letting through takes a reason, which clears the earlier decision.")
        )
    elif known.stops:
        found.append(_("Letting through takes a reason."))
    if any(stop["of"] == "number" for stop in known.stops):
        found.append(
            _(
                "Somebody who gave the same number and another name was stopped: ask whose number it is, and see the card."
            )
        )
    if any(stop["of"] == "name" for stop in known.stops):
        found.append(
            _(
                "Somebody of this name, with the same number or birth date, was stopped: ask whether it was this traveller, and see the card."
            )
        )
    if any(sign["of"] == "number" for sign in known.signs):
        found.append(_("Another declaration names the same number and another name: ask whose number it is."))
    if known.signs or any(signs_of(stop) for stop in known.stops):
        found.append(_("Take the temperature; call the health post; keep apart from others."))
    return found


def _stop(stop: dict[str, Any]) -> str:
    text = _("%(decision)s at %(station)s, %(time)s (%(ago)s): %(why)s.") % {
        "decision": _("Turned back") if stop["decision"] == "back" else _("Held"), "station": stop["station"],
        "time": moment(stop["crossed_at"]), "ago": ago(stop["crossed_at"]), "why": stop["why"],
    }  # fmt: skip
    text = text if stop["sure"] else _perhaps(stop, text)
    return (
        f"{text} {in_words(stop['handed_to'], stop['handed_note'])}."
        if stop["handed_to"] or stop["handed_note"]
        else text
    )


def _sign(sign: dict[str, Any]) -> str:
    signs = [str(SYMPTOMS.get(code, code)).lower() for code in sign["symptoms"]]
    signs += [_("contact with a case")] if sign["contact"] else []
    if sign["test_result"] == "positive":
        test = ", ".join(filter(None, (str(TESTS.get(sign["test_kind"], "")), day(sign["tested_on"]))))
        signs.insert(0, _("positive test (%(test)s)") % {"test": test} if test else _("positive test"))
    told = {"time": moment(sign["declared_at"]), "signs": ", ".join(signs), "name": sign["full_name"]}
    if sign["sure"]:
        return _("Declared at %(time)s: %(signs)s.") % told
    if sign["of"] == "number":
        return _("Declared at %(time)s with the same number, by the name %(name)s: %(signs)s.") % told
    return _perhaps(sign, _("Declared at %(time)s: %(signs)s.") % told)


def _perhaps(row: dict[str, Any], text: str) -> str:
    """What may be somebody else's."""
    if row["of"] == "number":
        return _("Of somebody who gave the same number and another name: %(what)s") % {"what": text}
    return _("Perhaps the same person: %(what)s") % {"what": text}

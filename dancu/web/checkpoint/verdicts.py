"""What an examination comes to, in the words an officer acts on: a headline, why, what differs, what to
check by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.checkpoints.journeys import TESTS
from dancu.checkpoints.lookups import Examination
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import in_words
from dancu.checkpoints.rows import PassInFull
from dancu.isolation.signs import SYMPTOMS
from dancu.matching.lookups import IdentityComparison, Outcome
from dancu.rules import lookups as rules
from dancu.rules.wording import in_language
from dancu.web.checkpoint import remembering
from dancu.web.checkpoint.differences import (
    Difference,
    Words,
    declared_identity,
    differences,
    registered_identity,
)
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.times import ago
from dancu.web.templatetags.dancu import day, moment

_ANSWERS = {"green": "go", "amber": "check", "red": "stop"}
_GRAVITY = ("go", "check", "stop")


@dataclass(frozen=True)
class Verdict:
    """`answer`: go, check or stop, as the tag {% decision %} knows them."""

    answer: str
    words: str
    reasons: list[Words] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    by_hand: list[Words] = field(default_factory=list)


def of_examination(examined: Examination) -> Verdict:
    """The verdict on a pass that was shown."""
    shown = examined.declaration
    found = []
    if shown:
        held = registered_identity(examined.person) if examined.person else None
        found = differences(examined.levels, declared_identity(shown), held)
    words, reason = _headline(examined)
    reasons = ([reason] if reason else []) + _by_rule(examined)
    reasons += [f"{each.field}: {each.how}" for each in found]
    reasons += _doubts(examined) + _again(examined)
    verdict = Verdict(_ANSWERS[_colour(examined)], words, reasons, found, _by_hand(examined))
    ill = in_words("positive") if "positive" in examined.checks else ""
    return remembered(verdict, examined.memory, ill) if examined.memory else verdict


def remembered(verdict: Verdict, known: Memory, ill: str = "") -> Verdict:
    """The verdict, with what is remembered of the traveller before all else: it is never milder than that.
    The gravest is the headline, and comes first; `ill`: what that is where a positive test was declared just
    now.
    """
    told = remembering.reasons(known)
    if not told:
        return verdict
    answer = max(verdict.answer, _ANSWERS[known.colour], key=_GRAVITY.index)
    says_nothing_more = verdict.words in (*_plain().values(), _("Compare face and card"))
    is_graver = _GRAVITY.index(verdict.answer) > _GRAVITY.index(_ANSWERS[known.colour])
    if is_graver:
        words = ill if ill and says_nothing_more else verdict.words
        return replace(
            verdict,
            words=words,
            reasons=[*verdict.reasons, *told],
            by_hand=[*verdict.by_hand, *remembering.by_hand(known)],
        )
    words = remembering.headline(known) if says_nothing_more else verdict.words
    return replace(
        verdict,
        answer=answer,
        words=words,
        reasons=[*told, *verdict.reasons],
        by_hand=[*remembering.by_hand(known), *verdict.by_hand],
    )


def of_forgery(kind: str) -> tuple[str, str]:
    """What a code that is no pass of ours is called, and why; `kind`: an Examination's status."""
    return _HEADLINES[kind if kind in _HEADLINES else "unreadable"](Examination(kind, "red"))


def of_comparison(comparison: IdentityComparison, found: list[Difference], number_kind: str = "") -> Verdict:
    """The verdict on one without a declaration, whose card or number was looked up in the register."""
    face = _("Compare the face with the card, and the card with the details here.")
    reasons: list[Words] = [f"{each.field}: {each.how}" for each in found]
    match comparison.outcome:
        case Outcome.CONFIRMED:
            return Verdict("check", _("Compare face and card"))
        case Outcome.DIFFERENCES:
            return Verdict("check", _("Check"), reasons, found, [face])
        case Outcome.DISAGREES:
            if comparison.differing.keys() - {"status"}:  # not where all that is told is that they have died
                reasons.append(_("The card does not match the register."))
            return Verdict("stop", _("Stop"), reasons, found, [face])
    if number_kind == "passport":
        return Verdict("check", _("Check"), [_no_passports()], [], [_beside_passport()])
    told = (
        _("This number is not in the register.")
        if comparison.outcome is Outcome.NOT_FOUND
        else _("No number to look up.")
    )
    return Verdict(
        "check",
        _("Check"),
        [told],
        [],
        [_("Type the name and birth date from the card, and compare the face.")],
    )


def _colour(examined: Examination) -> str:
    """As examined; but a code that passed here minutes ago deserves a look, for it may be in two hands."""
    return "amber" if examined.colour == "green" and examined.last_here else examined.colour


def _shown(examined: Examination) -> PassInFull:
    """The pass of an examination that found one."""
    assert examined.declaration is not None  # its status says so
    return examined.declaration


def _headline(examined: Examination) -> tuple[str, str]:
    if examined.status == "valid":
        return _plain()[_colour(examined)], ""
    words, reason = _HEADLINES[examined.status](examined)
    if examined.colour == "green":  # a rule lets it through all the same
        return _plain()[_colour(examined)], f"{words}. {reason}"
    return words, reason


def _by_rule(examined: Examination) -> list[Words]:
    """Why, and by which decision, where that is no clause that came with the house: those the desk tells in
    words of its own.
    """
    decision = examined.decision
    if decision is None or rules.came_with_the_house(decision.rule):
        return []
    rule, clause = decision.rule, decision.clause
    if clause is None and decision.answer == "green":
        return []
    words = in_language(clause.words if clause else rule.otherwise_words)
    return [_("%(words)s (%(citation)s)") % {"words": words, "citation": rule.citation}]


def _plain() -> dict[str, str]:
    """What a verdict is called whose reasons say the rest."""
    return {"green": _("Let through"), "amber": _("Check"), "red": _("Stop")}


def _expired(examined: Examination) -> tuple[str, str]:
    at = _shown(examined)["expires_at"]
    return _("Pass expired"), _("Expired at %(time)s, %(ago)s.") % {"time": moment(at), "ago": ago(at)}


def _not_yet_valid(examined: Examination) -> tuple[str, str]:
    at = examined.facts.issued_at if examined.facts else _shown(examined)["issued_at"]
    return _("Not valid yet"), _("Valid from %(time)s.") % {"time": moment(at)}


def _revoked(examined: Examination) -> tuple[str, str]:
    shown = _shown(examined)
    why = in_words(shown["revoked_code"] or "", shown["revoked_reason"] or "")
    told = {"time": moment(shown["revoked_at"]), "reason": why or _("no reason given")}
    return _("Pass revoked"), _("Revoked at %(time)s: %(reason)s") % told


def _superseded(_examined: Examination) -> tuple[str, str]:
    return _("Pass replaced"), _("The traveller has declared this journey again and was not given a pass.")


def _altered(_examined: Examination) -> tuple[str, str]:
    return _("Forged code"), _("Changed after signing. The code is forged.")


def _unknown_key(_examined: Examination) -> tuple[str, str]:
    return _("Not our code"), _("Not issued by this system.")


def _withdrawn_key(_examined: Examination) -> tuple[str, str]:
    return _("Code withdrawn"), _("Signed with a key that was withdrawn. The traveller needs a new pass.")


def _unreadable(_examined: Examination) -> tuple[str, str]:
    return _("Unreadable code"), _("This is not a pass from this system, or only part of the code was read.")


def _unknown_pass(examined: Examination) -> tuple[str, str]:
    if examined.facts:
        return _("Unknown pass"), _("Signed by this system, but the pass is not recorded: %(name)s.") % {
            "name": examined.facts.full_name
        }
    return _("Unknown pass"), _("There is no pass with this code.")


def _used_elsewhere(examined: Examination) -> tuple[str, str]:
    other = examined.elsewhere
    assert other is not None  # which makes it “used_elsewhere”
    told = {
        "station": other["station"],
        "km": other["km"],
        "time": f"{timezone.localtime(other['crossed_at']):%H:%M}",
        "ago": ago(other["crossed_at"]),
    }
    if other["pass_id"] != _shown(examined)["pass_id"]:
        return _("Used elsewhere"), _(
            "Another code for this journey was shown at %(station)s at %(time)s, %(ago)s, %(km)d km away: "
            "two people are using codes for one journey."
        ) % told
    return (
        _("Used elsewhere"),
        _("Shown at %(station)s at %(time)s, %(ago)s, %(km)d km away: two people are using one code.") % told,
    )


def _completed(_examined: Examination) -> tuple[str, str]:
    return _("Journey is over"), _(
        "The destination commune has already met this traveller. A new journey needs a new declaration."
    )


_HEADLINES: dict[str, Callable[[Examination], tuple[str, str]]] = {
    "expired": _expired,
    "not_yet_valid": _not_yet_valid,
    "revoked": _revoked,
    "superseded": _superseded,
    "altered": _altered,
    "unknown_key": _unknown_key,
    "withdrawn_key": _withdrawn_key,
    "unreadable": _unreadable,
    "unknown_pass": _unknown_pass,
    "used_elsewhere": _used_elsewhere,
    "completed": _completed,
}


def _doubts(examined: Examination) -> list[Words]:
    if not (shown := examined.declaration):
        return []
    told: dict[str, Callable[[], str]] = {
        "outcome_not_found": lambda: _("This number is not in the register."),
        "outcome_unreadable": lambda: (
            _no_passports() if _is_passport(shown) else _("No number was declared.")
        ),
        "outcome_disagrees": lambda: (
            _("The number belongs to someone else, or the details are wrong.")
            if shown["number"] and not _is_passport(shown)
            else _("The declaration does not match the register.")
        ),
        "replaced": lambda: _(
            "The code shown is from an older declaration. This is the newer one, which is valid."
        ),
        "dead": lambda: _("According to the register, this person has died."),
        "missing": lambda: _("According to the register, this person is missing."),
        "symptoms": lambda: _("Symptoms: %(symptoms)s") % {"symptoms": _listed(SYMPTOMS, shown["symptoms"])},
        "contact": lambda: _("Has been in contact with a case"),
        "positive": lambda: _("Positive test: %(test)s") % {"test": _test(shown)},
    }
    return [told[check]() for check in examined.checks if check in told]


def _again(examined: Examination) -> list[Words]:
    if not (last := examined.last_here):
        return []
    if last["uncleared"]:
        return []  # which is told as what is remembered
    return [
        _("Already recorded at this station %(ago)s: %(decision)s.")
        % {"ago": ago(last["crossed_at"]), "decision": decided(last["decision"])}
    ]


def _by_hand(examined: Examination) -> list[Words]:
    if not (shown := examined.declaration):
        return []
    paper = _("Ask for a card or another document with a photo.")
    whose = (
        _("Ask for the card, and ask whose number it is.")
        if shown["number"] and not _is_passport(shown)
        else paper
    )
    hints = {
        "code_only": _(
            "The code was typed, so its signature was not checked. Compare the name and number with the card."
        ),
        "outcome_differences": _(
            "Check the card: do the details that differ match the declaration or the register?"
        ),
        "outcome_not_found": _("Check the number, name, birth date and photo on the card."),
        "outcome_unreadable": _beside_passport() if _is_passport(shown) else paper,
        "outcome_disagrees": whose,
        "dead": whose,
        "missing": _("Ask for the card and call the commune police."),
        "symptoms": _("Take the temperature and keep them apart from others."),
        "contact": _("Ask when and with whom, and tell the health station."),
        "positive": _("Call the health station and keep them apart from others."),
    }
    found: list[Words] = list(dict.fromkeys(hints[check] for check in examined.checks if check in hints))
    if shown["companions"]:
        found.append(
            _("%(count)d others are travelling too. Each needs their own pass.")
            % {"count": shown["companions"]}
        )
    return found


def _is_passport(shown: PassInFull) -> bool:
    return shown["number_kind"] == "passport"


def _no_passports() -> str:
    return _("Passport numbers are not in the register. Check the passport itself.")


def _beside_passport() -> str:
    return _("Compare the name, number, birth date and face with the passport.")


def _listed(words: dict[str, Words], codes: list[str]) -> str:
    return ", ".join(str(words.get(code, code)) for code in codes).lower()


def _test(shown: PassInFull) -> str:
    parts = (TESTS.get(shown["test_kind"], ""), day(shown["tested_on"]))
    return ", ".join(str(part) for part in parts if part)

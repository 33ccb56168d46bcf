"""Why a decision was taken, as codes that can be counted and that every reader sees in their own language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dancu.folding import fold

Words = str | Promise
LONGEST = 200  # letters of what is written besides

# What officers give most, one press each; `override`: let through though the verdict is to stop, or somebody was stopped before.
REASONS: dict[str, dict[str, Words]] = {
    "secondary": {
        "fever": _("Fever or other symptoms"),
        "positive": _("Tested positive"),
        "differs": _("Declared details do not match the card"),
        "no_paper": _("No card or other paper"),
        "no_test": _("Test missing or too old"),
        "other_holder": _("Code may belong to somebody else"),
        "forged": _("Forged or altered code"),
    },
    "back": {
        "not_permitted": _("Journey not permitted"),
        "locked_down": _("Comes from a locked-down area"),
        "pass_over": _("Pass expired or revoked"),
        "false": _("False declaration"),
        "refuses": _("Refuses the check"),
        "positive": _("Tested positive"),
    },
    "override": {
        "well": _("No fever or symptoms at the second check"),
        "negative": _("Test at the station negative"),
        "papers": _("Original papers checked"),
        "emergency": _("Medical emergency"),
        "order": _("Written order of an authority"),
        "other_person": _("Another person of that name: the card was checked"),
        "code_old": _("Person and card agree; the code is old"),
    },
    "revoke": {
        "used_by_other": _("Used by somebody else"),
        "shared": _("Picture of a code shared with others"),
        "false": _("False declaration"),
        "confiscated": _("Confiscated at the checkpoint"),
        "keyed_in": _("Keyed in by mistake"),
    },
    "release": {
        "found_positive": _("Tested positive: handed over to the health post or a hospital"),
        "health_post": _("Handed over to the health post or a hospital"),
        "police": _("Handed over to the police"),
        "left": _("Left without waiting"),
        "mistake": _("Held by mistake"),
    },
}
MISTAKE, KEYED_IN = "mistake", "keyed_in"  # of a decision, and of a whole declaration
# A release by one of these lets the next officer see green again; the others end the waiting, not the doubt.
CLEARING = frozenset({MISTAKE, *REASONS["override"]})
HANDED_OVER = frozenset({"found_positive", "health_post", "police"})  # others had them then, whatever the hold was for
# Who was found ill is cleared only by being found well, of what that tells: no thermometer disproves a test, and neither an incubation.
OF_ILLNESS = {"fever": "symptoms", "positive": "positive", "found_positive": "positive"}
FOUND_WELL = {"well": frozenset({"symptoms"}), "negative": frozenset({"symptoms", "positive"})}
OTHER_PERSON = "other_person"  # whoever stands here is not whom it is about, who stays what they are
DOUBTS_WHO = frozenset({OTHER_PERSON, "other_holder"})
_AS_GRAVE = {"fever": frozenset({"symptoms"}), "positive": frozenset({"symptoms", "positive"})}
_POSITIVE_WORDS = re.compile(r"\b(duong tinh|test duong|positive|f0)\b|\(\+\)")  # as folding.fold has them

_WORDS: dict[str, Words] = {code: words for kind in REASONS.values() for code, words in kind.items()}


@dataclass(frozen=True)
class Reason:
    """Why: a code of these, words of one's own, or both."""

    code: str = ""
    written: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.written.strip())


NO_REASON = Reason()


def reasons_to_revoke(declared: Mapping[str, Any]) -> dict[str, Words]:
    """Those for which the pass of a declaration (a row) may be revoked: only what an official keyed in was keyed in by mistake."""
    return {code: words for code, words in REASONS["revoke"].items() if code != KEYED_IN or declared["official_id"]}


def signs_of(stop: Mapping[str, Any]) -> set[str]:
    """What of an illness a stop (a row) says: why they were stopped, and what was found while they waited (`endings`: codes)."""
    return {OF_ILLNESS[code] for code in (stop["reason_code"], *(stop["endings"] or ())) if code in OF_ILLNESS}


def may_be_of(stop: Mapping[str, Any]) -> set[str]:
    """What of an illness a stop (a row) is of or may be of: an officer's own words, alone or beside a code, at the stop or where the waiting
    ended (`notes`), may tell of a fever, or of a positive test where they name one.
    """
    ill = signs_of(stop)
    written = [words for words in (stop.get("reason"), *(stop.get("notes") or ())) if words and words.strip()]
    if any(_POSITIVE_WORDS.search(fold(words)) for words in written):
        return ill | {"symptoms", "positive"}
    return ill | {"symptoms"} if written else ill


def answers(stop: Mapping[str, Any], reason: Reason, decision: str) -> bool:
    """Whether a decision for this reason settles a stop (a row), so that nobody is asked about it again: who is let through, by what
    tells of it; who is stopped, by a later stop that is as grave. Words of one's own beside a code, or instead of one, heal nobody.
    """
    ill = may_be_of(stop)
    if decision == "through":
        return ill <= FOUND_WELL.get(reason.code, frozenset()) if ill else reason.code != MISTAKE
    if not ill:
        return reason.code != MISTAKE
    as_grave = _AS_GRAVE.get(reason.code, frozenset())
    later = as_grave | may_be_of({"reason_code": reason.code, "reason": reason.written, "endings": ()})
    return signs_of(stop) <= as_grave and ill <= later


def outlasts(ending: Mapping[str, Any]) -> bool:
    """Whether how a waiting ended (a row) stands although the hold was pressed by mistake, or for another reason: others had them then, or
    something was written, which may be of a fever.
    """
    return ending["reason_code"] in HANDED_OVER or bool(ending["reason"] and ending["reason_code"] != MISTAKE)


def in_words(code: str, written: str = "") -> str:
    """A reason in the reader's language, with what was written besides; "" where there is none."""
    known = str(_WORDS[code]) if code in _WORDS else ""
    if known and written:
        return _now("%(reason)s: %(written)s") % {"reason": known, "written": written}
    return known or written

"""Why a decision was taken, as codes that can be counted and that every reader sees in their own language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

Words = str | Promise
LONGEST = 200  # letters of what is written besides

# What officers give most, one press each; `override`: let through though the verdict is to stop, or somebody was stopped before.
REASONS: dict[str, dict[str, Words]] = {
    "secondary": {
        "fever": _("Fever or other symptoms"),
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
        "health_post": _("Handed over to the health post or a hospital"),
        "police": _("Handed over to the police"),
        "left": _("Left without waiting"),
        "mistake": _("Held by mistake"),
    },
}
# A release by one of these lets the next officer see green again; the others end the waiting, not the doubt.
FOUND_WELL = frozenset({"well", "negative"})  # what an officer found weighs more than what was declared before
CLEARING = frozenset({"mistake", *REASONS["override"]})
# Who was found ill is cleared only by being found well, or by having been somebody else: by no paper, and by no other stop.
OF_ILLNESS = {"fever": "symptoms", "positive": "positive"}
HEALING = frozenset({*FOUND_WELL, "other_person"})

_WORDS: dict[str, Words] = {code: words for kind in REASONS.values() for code, words in kind.items()}


@dataclass(frozen=True)
class Reason:
    """Why: a code of these, words of one's own, or both."""

    code: str = ""
    written: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.written.strip())


NO_REASON = Reason()


def answers(stop_code: str, reason: Reason, decision: str) -> bool:
    """Whether a decision for this reason settles a stop for that one, so that nobody is asked about it again."""
    if stop_code not in OF_ILLNESS:
        return True
    if decision == "through":
        return reason.code in HEALING
    return reason.code in OF_ILLNESS and (stop_code != "positive" or reason.code == "positive")  # as grave, and later


def in_words(code: str, written: str = "") -> str:
    """A reason in the reader's language, with what was written besides; "" where there is none."""
    known = str(_WORDS[code]) if code in _WORDS else ""
    if known and written:
        return _now("%(reason)s: %(written)s") % {"reason": known, "written": written}
    return known or written

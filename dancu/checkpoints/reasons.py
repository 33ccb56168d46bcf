"""Why a decision was taken, as codes that can be counted and that every reader sees in their own language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.rows import Declaration, RememberedCrossing, Stop, StopRelease

Words = str | Promise
LONGEST = 200  # letters of what is written besides

# What officers give most, one press each; `override`: let through though the verdict is to stop, or somebody
# was stopped before.
REASONS: dict[str, dict[str, Words]] = {
    "secondary": {
        "fever": _("Fever or other symptoms"),
        "positive": _("Tested positive"),
        "differs": _("Declared details do not match the card"),
        "no_paper": _("No card or other document"),
        "no_test": _("Test missing or too old"),
        "other_holder": _("Code may belong to someone else"),
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
        "other_person": _("Someone else with the same name: card checked"),
        "code_old": _("Person and card match; the code is old"),
    },
    "revoke": {
        "used_by_other": _("Used by someone else"),
        "shared": _("Photo of a code shared with others"),
        "false": _("False declaration"),
        "confiscated": _("Confiscated at the checkpoint"),
        "keyed_in": _("Entered by mistake"),
    },
    "release": {
        "found_positive": _("Tested positive: handed over to the health station or a hospital"),
        "health_post": _("Handed over to the health station or a hospital"),
        "police": _("Handed over to the police"),
        "left": _("Left without waiting"),
        "mistake": _("Held by mistake"),
    },
}
MISTAKE, KEYED_IN = "mistake", "keyed_in"  # of a decision, and of a whole declaration
# A release by one of these lets the next officer see green again; the others end the waiting, not the doubt.
CLEARING = frozenset({MISTAKE, *REASONS["override"]})
HANDED_OVER = frozenset(
    {"found_positive", "health_post", "police"}
)  # others had them then, whatever the hold was for
# What an officer says of words of their own, which nobody can read an illness out of.
NOT_ILL = "none"
PAST = "past"  # in place of a contact that counts no more
ABOUT: dict[str, Words] = {
    "positive": _("A positive test"),
    "contact": _("Contact with a case"),
    "symptoms": _("Fever or symptoms"),
    NOT_ILL: _("Not an illness"),
}
# And of those with which they let somebody through who was ill, or may have been: that they were found well,
# for which there is a code, or nothing of it.
NO_FINDING = "no_finding"
FINDINGS: dict[str, Words] = {
    "well": _("No fever or symptoms now"),
    "negative": _("A negative test"),
    NO_FINDING: _("Does not clear an illness"),
}
# Who was found ill is cleared only by being found well, of what that tells: no thermometer disproves a test,
# and neither an incubation.
OF_ILLNESS = {"fever": "symptoms", "positive": "positive", "found_positive": "positive"}
FOUND_WELL = {"well": frozenset({"symptoms"}), "negative": frozenset({"symptoms", "positive"})}
OTHER_PERSON = "other_person"  # whoever stands here is not whom it is about, who stays what they are
DOUBTS_WHO = frozenset({OTHER_PERSON, "other_holder"})
_OWN_WORDS = ""
# By what a stop is answered that is of no illness: by whatever tells of papers, persons and permission, but
# by no thermometer and no test.
_ANSWERS_A_DOUBT = frozenset({_OWN_WORDS, *REASONS["override"]} - {*FOUND_WELL})
_ANSWERED_BESIDES = {"no_test": frozenset({"negative"}), "refuses": frozenset(FOUND_WELL)}
_MILDER = {"symptoms"}  # than a positive test
_GRAVITY = ("through", "secondary", "back")

_WORDS: dict[str, Words] = {code: words for kind in REASONS.values() for code, words in kind.items()}


@dataclass(frozen=True)
class Reason:
    """Why: a code of these, words of one's own, or both; `about`: of what illness the words are (ABOUT),
    or that they tell of no recovery (NO_FINDING), where that was said.
    """

    code: str = ""
    written: str = ""
    about: str = ""

    def __bool__(self) -> bool:
        return bool(self.code or self.written.strip())

    def kept(self) -> "Reason":
        """As it is recorded."""
        return Reason(self.code, self.written.strip()[:LONGEST], self.about)

    def stopping(self, decision: str) -> Stop:
        """What a stop for this reason is of, before its waiting has ended."""
        return {
            "decision": decision,
            "reason_code": self.code,
            "reason": self.written,
            "about": self.about,
            "endings": None,
            "notes_about": None,
        }


NO_REASON = Reason()


def reasons_to_revoke(declared: Declaration) -> dict[str, Words]:
    """Those for which the pass of a declaration (a row) may be revoked: only what an official keyed in
    was keyed in by mistake.
    """
    return {
        code: words
        for code, words in REASONS["revoke"].items()
        if code != KEYED_IN or declared["official_id"]
    }


def asks_about(reason: Reason, decision: str, *, may_be_recovered: bool = False) -> bool:
    """Whether an officer must still say of what illness their words are: those with which somebody is
    stopped, or is handed over ("release"). Where the code says that a test is positive nothing is graver, and
    who was held by mistake is not ill for it. Who lets somebody through says whether the words are that they
    were found well, where they may have been (`may_be_recovered`, recovery.py).
    """
    if decision == "through":
        return (
            may_be_recovered
            and bool(reason.written.strip())
            and not reason.code
            and reason.about != NO_FINDING
        )
    stops = decision in ("secondary", "back", "release") and reason.code != MISTAKE
    return (
        stops
        and bool(reason.written.strip())
        and reason.about not in ABOUT
        and OF_ILLNESS.get(reason.code) != "positive"
    )


def signs_of(stop: Stop) -> set[str]:
    """What of an illness a stop (a row) says: why they were stopped, what was found while they waited
    (`endings`: codes), and of what the officers said that their words are (`about`, of the stop, and
    `notes_about`).
    """
    told = {stop["about"], *(stop["notes_about"] or ())} & {"positive", "contact", "symptoms"}
    return {
        OF_ILLNESS[code] for code in (stop["reason_code"], *(stop["endings"] or ())) if code in OF_ILLNESS
    } | told


def may_be_of(stop: Stop) -> set[str]:
    """What of an illness a stop (a row) is of or may be of: where nobody said of what their words are, alone
    or beside a code, at the stop or where the waiting ended (`notes_about`), they may be of anything.
    """
    is_unsaid = bool(stop["reason"].strip() and not stop["about"]) or "" in (stop["notes_about"] or ())
    return signs_of(stop) | ({"symptoms", "positive"} if is_unsaid else set())


def answered_by(stop: Stop) -> frozenset[str]:
    """The reasons to let through that answer a stop (a row), as codes; "": words of one's own. A contact
    is answered by none, but by its time.
    """
    if ill := may_be_of(stop):
        return frozenset(code for code, disproved in FOUND_WELL.items() if ill <= disproved)
    return _ANSWERS_A_DOUBT | _ANSWERED_BESIDES.get(stop["reason_code"], frozenset())


def answers(stop: Stop, reason: Reason, decision: str) -> bool:
    """Whether a decision for this reason settles a stop (a row), so that nobody is asked about it again: who
    is let through, by what tells of it; who is stopped, by a later stop that is as grave, and that nothing
    answers but what answers this one too.
    """
    if decision == "through":
        return reason.code in answered_by(stop)
    as_grave = _GRAVITY.index(decision) >= _GRAVITY.index(stop["decision"])
    later = reason.stopping(decision)
    told = signs_of(later)
    return (
        as_grave
        and signs_of(stop) - told <= (_MILDER if "positive" in told else set())
        and _is_answered_with(stop, later)
    )


def was_mistaken(stop: RememberedCrossing) -> bool:
    """Whether all that there was of a stop (a row) is that it was a mistake."""
    return bool(stop["cleared"]) and stop["handed_to"] == MISTAKE


def outlasts(ending: StopRelease) -> bool:
    """Whether how a waiting ended (a row) stands although the hold was pressed by mistake, or for another
    reason: others had them then, or something was written, which may be of an illness.
    """
    is_of_illness = bool(ending["reason"]) and ending["about"] != NOT_ILL and ending["reason_code"] != MISTAKE
    return ending["reason_code"] in HANDED_OVER or is_of_illness


def _is_answered_with(stop: Stop, later: Stop) -> bool:
    """Whether whatever answers the later one answers this one."""
    return answered_by(later) <= answered_by(stop) and bool(answered_by(later) or not answered_by(stop))


def in_words(code: str, written: str = "", about: str = "") -> str:
    """A reason in the reader's language, with what was written besides, and what that counts as; "" where
    there is none.
    """
    known = str(_WORDS[code]) if code in _WORDS else ""
    if written and (counts_as := {**ABOUT, **FINDINGS}.get(about)):
        written = f"{written} [{str(counts_as).lower()}]"
    if known and written:
        return _now("%(reason)s: %(written)s") % {"reason": known, "written": written}
    return known or written

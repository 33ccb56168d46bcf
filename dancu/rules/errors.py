"""What can be wrong with a rule. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class RuleError(TranslatedError):
    """The rule could not be taken."""


class BadRule(RuleError):
    """{0}: {1}"""

    # the place in the document, such as clauses[2].when, and what is wrong there


class NoSuchRule(RuleError):
    """There is no such version of a rule."""


class NotTheNext(RuleError):
    """The next version of this rule is number {0}. A version is never edited: what you change is a new version."""


class RuleElsewhere(RuleError):
    """You may only make rules for your own area. Name it, or a unit below it, as the rule’s area."""


class TooLate(RuleError):
    """The rule would begin in the past, or within a minute. Choose a later time: every server has to know it by then, and what was decided stays explained by the rule of that time."""


class AnotherRuleThere(RuleError):
    """“{0}” already decides this in that area. Make a new version of it."""


class SameBeginning(RuleError):
    """Version {0}, which is signed, begins at the same moment and answers otherwise: nobody could say which counts. Choose another time."""


class OwnDraft(RuleError):
    """You drafted this version yourself. Somebody else has to sign it."""


class OneHand(RuleError):
    """The same hand is behind your account and that of whoever drafted this: one of you made the other’s account, or an administrator made both. Somebody else has to sign it."""


class AlreadySigned(RuleError):
    """This version is signed already."""


class DraftEnded(RuleError):
    """This draft was refused or withdrawn. Draft the next version."""


class WordsNeeded(RuleError):
    """Say in a few words why you refuse it, so that whoever drafted it can change it."""


class NewerSigned(RuleError):
    """Version {0} was signed after this one was drafted. Draft it again as the version after that."""


class BadSpan(RuleError):
    """Choose a day that has been, or several in a row: at most {0}, and the first of them first."""


class TooMuchAtOnce(RuleError):
    """{0} decisions were made in that time, and at most {1} are looked at in one go. Choose fewer days, or one place."""


class NothingKept(RuleError):
    """What was decided by rules of this kind is not kept."""


class NoLongerNext(RuleError):
    """This version’s time to begin has passed without a second signature. Draft it again with a time that has not come."""

"""What can be wrong with a decision on levels of risk. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class RiskError(TranslatedError):
    """The decision could not be taken."""


class NoSuchDecision(RiskError):
    """There is no such decision on levels of risk."""


class EmptyDecision(RiskError):
    """Name at least one commune or province and its level."""


class NoCitation(RiskError):
    """Enter the number and date of the decision, in at most {0} letters."""


class NoLevel(RiskError):
    """A level is a whole number from 1 (green) to 4 (red)."""


class NoUnitOfLevels(RiskError):
    """“{0}” is neither a commune nor a province: levels are set for these."""


class NamedTwice(RiskError):
    """“{0}” is named twice. Name it once, with one level."""


class AreaEnded(RiskError):
    """“{0}” is no unit of that day. Name what took its place: {1}."""


class AreaElsewhere(RiskError):
    """“{0}” does not lie in your area. You may only set levels there."""


class BeginsTooSoon(RiskError):
    """The decision would begin in the past, or within a minute. Choose a later time: servers and devices have to know it by then."""


class CannotBeWithdrawn(RiskError):
    """Only a signed decision that sets levels can be withdrawn, and only once."""


class OwnRiskDecision(RiskError):
    """You drafted this decision yourself. Somebody else has to sign it."""


class OneHandSigns(RiskError):
    """The same hand is behind your account and that of whoever drafted this: one of you made the other’s account, or an administrator made both. Somebody else has to sign it."""


class SignedAlready(RiskError):
    """This decision is signed already."""


class BegunUnsigned(RiskError):
    """This decision’s time to begin has passed without a second signature. Draft it again with a time that has not come."""


class NotAsDrafted(RiskError):
    """This is not the decision that was shown to you. Read it again."""


class NoLevelFile(RiskError):
    """This file cannot be read as a list of levels. Save it as CSV (UTF-8) whose first line names two columns: code and level."""

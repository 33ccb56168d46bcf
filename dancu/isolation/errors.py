"""What can go wrong with arrivals. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class IsolationError(TranslatedError):
    """The arrival could not be changed."""


class NoSuchArrival(IsolationError):
    """There is no such arrival in your area."""


class NotSeenYet(IsolationError):
    """You can only see all journeys of this person if, within 14 days, a checkpoint has seen them on the way here or from here, or you have met them and they declared that journey while signed in or with an officer."""


class ReasonMissing(IsolationError):
    """Choose a reason or write one. The person can read it."""


class AlreadyMet(IsolationError):
    """This person has already been met."""


class NotExpected(IsolationError):
    """This person is no longer expected: they were turned back or cancelled the journey. If they came anyway, write a note."""

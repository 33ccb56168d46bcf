"""What can go wrong in clerical review. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class ReviewError(TranslatedError):
    """This could not be recorded."""


class NoSuchCase(ReviewError):
    """There is no such case in your area."""


class HeldByAnother(ReviewError):
    """This case has gone to somebody else in the meantime. Your answer was not recorded; here is another case."""


class AlreadyDecided(ReviewError):
    """This case is decided already. Your answer was not recorded; here is another case."""


class WhichPerson(ReviewError):
    """Say which of the persons on the right it is."""


class UnknownDecision(ReviewError):
    """“{0}” is no answer. Answer same, different or not sure."""


class NothingToUndo(ReviewError):
    """There is no answer of yours of the last hour to take back."""


class TooLateToUndo(ReviewError):
    """Somebody else has answered this case since, or has it before them: your answer cannot be taken back any more."""

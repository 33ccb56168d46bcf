"""What can go wrong in clerical review. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class ReviewError(TranslatedError):
    """This could not be recorded."""


class NoSuchCase(ReviewError):
    """There is no such case in your area."""


class HeldByAnother(ReviewError):
    """This case is now with someone else. Your answer was not recorded. Here is another case."""


class AlreadyDecided(ReviewError):
    """This case has already been decided. Your answer was not recorded. Here is another case."""


class WhichPerson(ReviewError):
    """Choose which person on the right it is."""


class UnknownDecision(ReviewError):
    """“{0}” is not an answer. Choose same person, different people or not sure."""


class NothingToUndo(ReviewError):
    """You have no answer from the last hour to undo."""


class TooLateToUndo(ReviewError):
    """Your answer can no longer be undone, because someone else has answered this case or has it open."""

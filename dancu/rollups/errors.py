"""What can go wrong with sums. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class NoSuchRollup(TranslatedError):
    """There are no sums called “{0}”. Those that are kept: {1}."""

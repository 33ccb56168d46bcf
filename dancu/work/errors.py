"""What can go wrong with background work. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class NoSuchJob(TranslatedError):
    """There is no work called “{0}”."""

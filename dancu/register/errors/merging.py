"""Which records cannot become one, or not be parted."""

from dancu.register.errors.base import RegisterError


class SamePerson(RegisterError):
    """Record no. {0} cannot be merged with itself."""


class AlreadyMerged(RegisterError):
    """Record no. {0} has already been merged. It is now record no. {1}."""


class CloseRelatives(RegisterError):
    """Record no. {1} is recorded as a parent or spouse of record no. {0}, so they are two people. If this is wrong, correct it first."""


class ForebearOf(RegisterError):
    """Record no. {1} is recorded as a grandparent or earlier ancestor of record no. {0}, so they are two people. If this is wrong, correct it first."""


class NoSuchMerge(RegisterError):
    """There is no such merge."""


class AlreadyUndone(RegisterError):
    """This merge was already undone at {0:%H:%M %d/%m/%Y}."""


class LaterMerge(RegisterError):
    """Record no. {0} has since been merged into record no. {1}. Undo that merge first."""


class EventSinceMerge(RegisterError):
    """“{0}” of {1} was recorded for {2} after the merge, and concerns a marriage that goes back to the other record. Undo that event first, then the merge, then record the event again for the right person."""


class MovedRowGone(RegisterError):
    """Some of the data that moved is no longer there ({0}), so the two records cannot be separated again."""

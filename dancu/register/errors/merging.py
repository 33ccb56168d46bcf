"""Which records cannot become one, or not be parted."""

from dancu.register.errors.base import RegisterError


class SamePerson(RegisterError):
    """Record no. {0} cannot be merged with itself."""


class AlreadyMerged(RegisterError):
    """Record no. {0} is merged already: it is record no. {1} now."""


class CloseRelatives(RegisterError):
    """Record no. {1} is recorded as a parent or the spouse of record no. {0}, so they are two people. If that is the mistake, correct it first."""


class ForebearOf(RegisterError):
    """Record no. {1} is recorded as a grandparent or an earlier forebear of record no. {0}, so they are two people. If that is the mistake, correct it first."""


class NoSuchMerge(RegisterError):
    """There is no such merge."""


class AlreadyUndone(RegisterError):
    """This merge was undone already, at {0:%H:%M %d/%m/%Y}."""


class LaterMerge(RegisterError):
    """Record no. {0} was merged into record no. {1} since. Undo that merge first."""


class EventSinceMerge(RegisterError):
    """“{0}” of {1} was recorded of {2} after the merge, and concerns a marriage that goes back to the other record. Undo it first, then the merge, and record it again of the one whom it concerns."""


class MovedRowGone(RegisterError):
    """Not all that was moved is still there ({0}), so the two records cannot be parted as they were."""

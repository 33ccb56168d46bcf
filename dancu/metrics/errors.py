"""What can go wrong with figures. An exception's docstring is its message."""

from dancu.errors import DancuError


class TooManySeries(DancuError):
    """{0} has {1} series; {2} at most, or its labels are no kinds of things."""

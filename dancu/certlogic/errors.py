"""What can be wrong with a rule, or with the data it meets. An exception's docstring is its message."""

from dancu.errors import DancuError


class CertLogicError(DancuError):
    """This rule cannot be evaluated: {0}."""

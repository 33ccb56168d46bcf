"""What can go wrong here: a docstring is what is said."""

from dancu.errors import TranslatedError


class NobodyHere(TranslatedError):
    """We cannot tell who in your area has this number. Check it, or search by name."""

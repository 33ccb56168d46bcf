"""What can go wrong here: a docstring is what is said."""

from dancu.errors import TranslatedError


class UnreadableList(TranslatedError):
    """This file is no text in UTF-8."""

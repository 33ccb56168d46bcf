"""What can be wrong with something declared. An exception's docstring is its message."""

from dancu.values.errors import BadValue


class MatchingError(BadValue):
    """This cannot be compared with the register."""


class NoName(MatchingError):
    """Name: nothing was given. Write it as on the identity card."""


class NameTooLong(MatchingError):
    """Name: {0} characters; a name has at most {1}. Write it as on the identity card."""


class NameHasControlCharacters(MatchingError):
    """Name: it holds characters that are no text (U+{0:04X}). Type it again, or save the file as UTF-8."""


class NotAName(MatchingError):
    """Name: it holds no letters. Write it as on the identity card."""


class NameLostLetters(MatchingError):
    """Name: letters of "{0}" were lost, shown as � or ?. Type it again as on the identity card, or save the file as UTF-8."""


class NameGarbled(MatchingError):
    """Name: "{0}" was read in another alphabet (code page) than it was written in. Type it again as on the identity card, or save the file as UTF-8."""


class NameNotLatin(MatchingError):
    """Name: "{0}" is not in Latin letters. Write it as in the passport or on the identity card, in Latin letters."""


class NameOfAParent(MatchingError):
    """Name: "{0}" says whose child or relative this is, or that there is no name yet. Write the person's own name; if a child has none yet, the birth date and the commune tell who it is."""


class PassportsNotHeld(MatchingError):
    """The register holds no passport numbers. Search by the name and birth date, or by the number of the identity card."""

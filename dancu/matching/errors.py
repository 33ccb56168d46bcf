"""What can be wrong with something declared. An exception's docstring is its message."""

from dancu.values.errors import BadValue


class MatchingError(BadValue):
    """This cannot be compared with the register."""


class NoName(MatchingError):
    """Name: missing. Enter it as on the identity card."""


class NameTooLong(MatchingError):
    """Name: {0} characters. A name has {1} characters or fewer. Enter it as on the identity card."""


class NameHasControlCharacters(MatchingError):
    """Name: it contains invalid characters (U+{0:04X}). Type it again, or save the file as UTF-8."""


class NotAName(MatchingError):
    """Name: it contains no letters. Enter it as on the identity card."""


class NameLostLetters(MatchingError):
    """Name: “{0}” has lost letters, shown as � or ?. Type it again as on the identity card, or save the file as UTF-8."""


class NameGarbled(MatchingError):
    """Name: “{0}” was read with the wrong character encoding. Type it again as on the identity card, or save the file as UTF-8."""


class NameNotLatin(MatchingError):
    """Name: “{0}” is not in the Latin alphabet. Enter it as in the passport or on the identity card, in the Latin alphabet."""


class NameOfAParent(MatchingError):
    """Name: “{0}” only says whose child or relative this is, or that there is no name yet. Enter the person’s own name. A child without a name is recognised by birth date and commune."""


class PassportsNotHeld(MatchingError):
    """The register does not hold passport numbers. Search by name and birth date, or by identity card number."""


class NothingToSearchBy(MatchingError):
    """This was not understood. Enter, for example, Nguyễn Văn An 12/3/1985, or a number of 12 or 9 digits."""

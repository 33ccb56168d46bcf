"""What can be wrong with a value that somebody wrote. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class BadValue(TranslatedError):
    """This cannot be used."""


class BadNumber(BadValue):
    """{0} is not a personal number: {1}"""


class BadCardNumber(BadValue):
    """{0} is not the number of an old identity card: {1}"""


class NumberRounded(BadValue):
    """Number: a spreadsheet has rounded it to "{0}", and its last digits are lost. Copy it again from a column formatted as text."""


class BadPassport(BadValue):
    """“{0}” is not a passport number. It has 5 to 20 letters and digits only, such as C1234567."""


class BadPhone(BadValue):
    """Phone number: “{0}” is not one. It has 10 digits and starts with 0, such as 0912 345 678; a foreign one starts with +."""


class BadEmail(BadValue):
    """“{0}” is not an email address. Enter one such as ten@example.vn, or leave it empty."""


class BadSex(BadValue):
    """“{0}” is not a sex. Write Nam or Nữ, male or female, or 1 for male and 2 for female."""


class BadPlate(BadValue):
    """“{0}” is not a number plate. Write it as it is painted, such as 59X1-234.56."""


class BadBirthDate(BadValue):
    """This birth date cannot be used."""


class NoBirthDate(BadBirthDate):
    """Birth date: nothing was given. Write day/month/year, such as 12/03/1985, or the year alone."""


class NotABirthDate(BadBirthDate):
    """Birth date: "{0}" is no date. Write day/month/year, such as 12/03/1985, or the year alone."""


class NoSuchDay(BadBirthDate):
    """Birth date: there is no day "{0}". Write day/month/year, such as 12/03/1985, or the year alone."""


class BirthDateOutOfRange(BadBirthDate):
    """Birth date: "{0}" lies before {1} or in the future."""

"""What can go wrong with discrepancies. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class DiscrepancyError(TranslatedError):
    """This could not be recorded."""


class UnknownVerdict(DiscrepancyError):
    """“{0}” is no verdict. Choose one of the four."""


class NobodyFound(DiscrepancyError):
    """Nobody is found for this record yet. Enter the person's number first, or answer that one cannot tell."""


class NoSuchCorrection(DiscrepancyError):
    """There is no such record in the list of your area."""


class NobodyHasNumber(DiscrepancyError):
    """Nobody in your area of work has this number. Check it digit by digit."""


class FileTooLarge(DiscrepancyError):
    """The file is larger than {0} MB. Divide it into several files."""


class NotText(DiscrepancyError):
    """This is not a CSV file, or it is damaged. In Excel choose “Save as”, “CSV UTF-8”, and send that file."""


class ColumnsMissing(DiscrepancyError):
    """The file lacks these columns: {0}. Its first line has to name the columns, as in the empty list that you can download here."""


class ColumnsDoubled(DiscrepancyError):
    """The file has more than one column of a name: {0}. Leave the right one and remove the others."""


class TooManyRows(DiscrepancyError):
    """The file has more than {0} rows. Divide it into several files."""

"""What can go wrong with discrepancies. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class DiscrepancyError(TranslatedError):
    """This could not be recorded."""


class UnknownVerdict(DiscrepancyError):
    """“{0}” is not a verdict. Choose one of the four."""


class NobodyFound(DiscrepancyError):
    """No person has been found for this record yet. Find the person first, or choose “Cannot tell”."""


class NoSuchCorrection(DiscrepancyError):
    """There is no such discrepancy in your area."""


class NotOfYourArea(DiscrepancyError):
    """This person does not live in your area. Choose somebody who does."""


class FileTooLarge(DiscrepancyError):
    """The file is larger than {0} MB. Split it into smaller files."""


class NotText(DiscrepancyError):
    """This is not a CSV file, or it is damaged. In Excel, choose “Save as”, then “CSV UTF-8”, and send that file."""


class ColumnsMissing(DiscrepancyError):
    """These columns are missing from the file: {0}. Its first line must name the columns, as in the template you can download here."""


class ColumnsDoubled(DiscrepancyError):
    """These column names appear more than once in the file: {0}. Keep the right column and remove the others."""


class TooManyRows(DiscrepancyError):
    """The file has more than {0} rows. Split it into smaller files."""

"""What can go wrong in clerical review. An exception's docstring is its message."""

from django.utils.translation import gettext as _


class ReviewError(Exception):
    """This could not be recorded."""

    def __str__(self) -> str:
        return _(self.__doc__ or "").format(*self.args)


class NoSuchCase(ReviewError):
    """There is no such case in your area."""


class HeldByAnother(ReviewError):
    """This case has gone to somebody else in the meantime. Your answer was not recorded; here is another case."""


class AlreadyDecided(ReviewError):
    """This case is decided already. Your answer was not recorded; here is another case."""


class WhichPerson(ReviewError):
    """Say which of the persons on the right it is."""


class UnknownDecision(ReviewError):
    """“{0}” is no answer. Answer same, different or not sure."""


class NothingToUndo(ReviewError):
    """There is no answer of yours of the last hour to take back."""


class TooLateToUndo(ReviewError):
    """Somebody else has answered this case since, or has it before them: your answer cannot be taken back any more."""


class UnknownVerdict(ReviewError):
    """“{0}” is no verdict. Choose one of the four."""


class NobodyFound(ReviewError):
    """Nobody is found for this record yet. Enter the person's number first, or answer that one cannot tell."""


class NoSuchCorrection(ReviewError):
    """There is no such record in the list of your area."""


class NobodyHasNumber(ReviewError):
    """Nobody in your area of work has this number. Check it digit by digit."""


class FileTooLarge(ReviewError):
    """The file is larger than {0} MB. Divide it into several files."""


class NotText(ReviewError):
    """This is not a CSV file, or it is damaged. In Excel choose “Save as”, “CSV UTF-8”, and send that file."""


class ColumnsMissing(ReviewError):
    """The file lacks these columns: {0}. Its first line has to name the columns, as in the empty list that you can download here."""


class ColumnsDoubled(ReviewError):
    """The file has more than one column of a name: {0}. Leave the right one and remove the others."""


class TooManyRows(ReviewError):
    """The file has more than {0} rows. Divide it into several files."""

"""What can go wrong in the register. An exception's docstring is its message."""

from django.utils.translation import gettext as _


class RegisterError(Exception):
    """The register refused."""

    def __str__(self) -> str:
        return _(self.__doc__ or "").format(*self.args)


class NoSuchPerson(RegisterError):
    """There is no person {0} in the register."""


class NumberTaken(RegisterError):
    """The number {0} belongs to another person."""


class UnknownField(RegisterError):
    """A person's record has no field {0}."""


class NothingChanged(RegisterError):
    """The record says so already."""


class BadNumber(RegisterError):
    """{0} is not a personal number: {1}"""


class NoRoomForCopy(RegisterError):
    """A copy of the register takes {1} MB in {0}, where {2} MB are free."""


class LaterResidence(RegisterError):
    """Another residence of this kind began on {0:%d/%m/%Y}. A move cannot be recorded before that day."""


class NoBasis(RegisterError):
    """Enter the basis: the paper, its number and date, or how it was established."""


class SamePerson(RegisterError):
    """Record no. {0} cannot be merged with itself."""


class AlreadyMerged(RegisterError):
    """Record no. {0} is merged already: it is record no. {1} now."""


class CloseRelatives(RegisterError):
    """Record no. {1} is recorded as a parent or the spouse of record no. {0}, so they are two people. If that is the mistake, correct it first."""


class NoSuchMerge(RegisterError):
    """There is no such merge."""


class AlreadyUndone(RegisterError):
    """This merge was undone already, at {0:%H:%M %d/%m/%Y}."""


class LaterMerge(RegisterError):
    """Record no. {0} was merged into record no. {1} since. Undo that merge first."""


class MovedRowGone(RegisterError):
    """Not all that was moved is still there ({0}), so the two records cannot be parted as they were."""


class OutsideJurisdiction(RegisterError):
    """The record that would come back belongs to an area outside your work. A data steward of that area can undo the merge."""


class NotYourArea(RegisterError):
    """This area lies outside your work. Choose one within it."""


class NotAPopulationFile(RegisterError):
    """{0} is neither a CSV file in UTF-8 nor a Parquet file, or it is damaged. Save it as "CSV UTF-8" and try again."""


class NoPopulationFiles(RegisterError):
    """There is no .parquet or .csv file in {0}."""


class MissingColumns(RegisterError):
    """{0} lacks these columns: {1}. docs/population-file.md lists them all."""


class ImportRunning(RegisterError):
    """Another import is loading people at this moment. Wait until it is done."""


class LoadUnfinished(RegisterError):
    """A load of {0} that began at {1:%H:%M %d/%m/%Y} broke off with {2} of its {3} parts in. To go on with it, import the same files as then with --on {4}. To give it up and load these files instead, add --begin-anew."""


class PeopleMeanwhile(RegisterError):
    """Somebody was added to the register while the files were loaded beside it. Import them again: they are compared row by row then."""


class NoAreas(RegisterError):
    """There are no administrative units yet, so no code can be checked. Run `dancu areas import` first."""


class NoCard(RegisterError):
    """Scan the square code on the card, or paste its text."""


class NotACard(RegisterError):
    """This is not an identity card's code. Scan the square code on the front of the card, or type the number."""


class CardDamaged(RegisterError):
    """The card's code could not be read in full. Scan it again, or type the number instead."""


class CardGarbled(RegisterError):
    """The scanner is set to another alphabet (code page), so letters on the card came out wrong. Set it to UTF-8 (Unicode) and scan again, or type the number instead."""


class CardNumberWrong(RegisterError):
    """The number in this code is not a personal number. Scan an identity card, or type the number instead."""

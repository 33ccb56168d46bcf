"""Population files, and copies of the register, that cannot be taken."""

from dancu.register.errors.base import RegisterError


class NoRoomForCopy(RegisterError):
    """A copy of the register takes {1} MB in {0}, where {2} MB are free."""


class NotAPopulationFile(RegisterError):
    """{0} is neither a CSV file in UTF-8 nor a Parquet file, or it is damaged. Save it as "CSV UTF-8" and try again."""


class NoPopulationFiles(RegisterError):
    """There is no .parquet or .csv file in {0}."""


class MissingColumns(RegisterError):
    """{0} lacks these columns: {1}. docs/population-file.md lists them all."""


class DoubledColumns(RegisterError):
    """{0} has more than one column of a name: {1}. Leave the right one, or give the others names of their own."""


class ImportRunning(RegisterError):
    """Another import is loading people at this moment. Wait until it is done."""


class NoDayOfFiles(RegisterError):
    """The register holds people, and nothing says of which day these files tell. Give that day with --on (2026-11-30): what the register has from later stays then. Without it an old list would undo whatever was recorded since."""


class LoadUnfinished(RegisterError):
    """A load of {0} that began at {1:%H:%M %d/%m/%Y} broke off with {2} of its {3} parts in. To go on with it, import the same files as then with --on {4}. To give it up and load these files instead, add --begin-anew."""


class PeopleMeanwhile(RegisterError):
    """Somebody was added to the register while the files were loaded beside it. Import them again: they are compared row by row then."""


class NoAreas(RegisterError):
    """There are no administrative units yet, so no code can be checked. Run `dancu areas import` first."""

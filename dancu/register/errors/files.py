"""Population files, and copies of the register, that cannot be taken."""

from dancu.register.errors.base import RegisterError


class NoRoomForCopy(RegisterError):
    """A copy of the register needs {1} MB in {0}, but only {2} MB are free."""


class NotAPopulationFile(RegisterError):
    """{0} is not a CSV file in UTF-8 or a Parquet file, or it is damaged. Save it as “CSV UTF-8” and try again."""


class NoPopulationFiles(RegisterError):
    """There is no .parquet or .csv file in {0}."""


class MissingColumns(RegisterError):
    """{0} lacks these columns: {1}. For the full list, see docs/population-file.md."""


class DoubledColumns(RegisterError):
    """These column names appear more than once in {0}: {1}. Keep the right column, or rename the others."""


class ImportRunning(RegisterError):
    """Another import is running. Wait until it has finished."""


class NoDayOfFiles(RegisterError):
    """The register already holds people, so say which day these files describe, with --on (such as 2026-11-30). Anything the register has from later is kept. Without that day, an old list would undo what was recorded since."""


class LoadUnfinished(RegisterError):
    """A load of {0} that began at {1:%H:%M %d/%m/%Y} stopped after {2} of its {3} parts. To continue it, import the same files again with --on {4}. To give it up and load these files instead, add --begin-anew."""


class PeopleMeanwhile(RegisterError):
    """Someone was added to the register while the files were being loaded. Import the files again. They will then be compared row by row."""


class NoAreas(RegisterError):
    """There are no administrative units yet, so codes cannot be checked. Run `dancu areas import` first."""

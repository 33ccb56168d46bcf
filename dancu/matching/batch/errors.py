"""Why a file cannot be compared with the register. An exception's docstring is its message."""

from dancu.errors import DancuError


class BatchError(DancuError):
    """This file cannot be compared with the register."""


class BadFileMapping(BatchError):
    """The mapping {0} is not understood: {1}."""


class FileColumnsMissing(BatchError):
    """{0} has no column {1}. It has: {2}. Say what each column holds in a mapping file (--mapping)."""


class NumbersNotTaken(BatchError):
    """{0}: no column was recognised as the number, but these columns contain 12-digit numbers: {1}. If they are the people's own numbers, say so in a mapping file (--mapping): number = "{2}". If not, use a mapping without a number."""


class NamesNotTaken(BatchError):
    """{0}: no column was recognised as the name, but these columns contain names: {1}. If they are the people's own names, say so in a mapping file (--mapping): full_name = "{2}". If not, use a mapping without a name."""


class FileColumnsDoubled(BatchError):
    """{0} has more than one column for {1}: {2}. Say in a mapping file (--mapping) which is right, or rename the others."""


class NothingToCompare(BatchError):
    """{0}: the mapping names neither a number nor a name. It needs at least one of them."""


class FileNotText(BatchError):
    """{0}: the column {1} has the type {2}. It must be text, a whole number or a date."""


class WhichResult(BatchError):
    """{0}: the result must be a .parquet or .csv file."""


class OverItself(BatchError):
    """{0} is the file being read. Give the result another name."""


class NobodyToCompareWith(BatchError):
    """The register is empty. Load a population first (dancu population import)."""


class BeingCompared(BatchError):
    """{0} is being written by another process."""

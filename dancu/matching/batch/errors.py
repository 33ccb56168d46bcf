"""Why a file cannot be compared with the register. An exception's docstring is its message."""

from dancu.errors import DancuError


class BatchError(DancuError):
    """This file cannot be compared with the register."""


class BadMapping(BatchError):
    """The mapping {0} is not understood: {1}."""


class MissingColumns(BatchError):
    """{0} has no column {1}. It has: {2}. Say in a mapping file (--mapping) which column is which."""


class NumbersNotTaken(BatchError):
    """{0}: no column is taken for the number, but there are 12-digit numbers in: {1}. If they are the people's own, say so in a mapping file (--mapping): number = "{2}"; if they are not, a mapping without a number says that."""


class NamesNotTaken(BatchError):
    """{0}: no column is taken for the name, but there are names in: {1}. If they are the people's own, say so in a mapping file (--mapping): full_name = "{2}"; if they are not, a mapping without a name says that."""


class DoubledColumns(BatchError):
    """{0} has more than one column for {1}: {2}. Say in a mapping file (--mapping) which is right, or give the others names of their own."""


class NothingToCompare(BatchError):
    """{0}: the mapping names neither a number nor a name. One of them has to be there."""


class NotText(BatchError):
    """{0}: the column {1} is of the type {2}; it has to be text, a whole number or a date."""


class WhichResult(BatchError):
    """{0}: the result is written as .parquet or .csv; give it one of these endings."""


class OverItself(BatchError):
    """{0} is what is read; give the result another name."""


class NobodyToCompareWith(BatchError):
    """The register is empty. Load a population first (dancu population import)."""


class BeingCompared(BatchError):
    """{0} is being written by another process."""

"""What can be wrong with files, mappings and labels. An exception's docstring is its message."""

from dancu.errors import DancuError


class LinkageError(DancuError):
    """These records cannot be linked."""


class BadMapping(LinkageError):
    """The mapping {0}: {1}."""


class BadLabels(LinkageError):
    """The labels {0}: {1}."""


class TooFewRecords(LinkageError):
    """The file {0} has {1} records that can be compared, but at least two are needed."""


class NoSpark(LinkageError):
    """--spark needs the package pyspark (3.5 or later) and Java 17: pip install pyspark."""

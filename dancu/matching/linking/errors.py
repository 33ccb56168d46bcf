"""What can be wrong with files, mappings and labels. An exception's docstring is its message."""

from dancu.matching.errors import MatchingError


class BadMapping(MatchingError):
    """The mapping {0}: {1}."""


class BadLabels(MatchingError):
    """The labels {0}: {1}."""


class TooFewRecords(MatchingError):
    """The file {0} has {1} records that can be compared: at least two are needed."""


class NoSpark(MatchingError):
    """--spark needs the package pyspark (3.5 or later) and Java 17: pip install pyspark."""

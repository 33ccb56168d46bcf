"""What can go wrong with the database's own upkeep. An exception's docstring is its message."""

from django.core.exceptions import ImproperlyConfigured

from dancu.errors import DancuError


class BadMigrationHeader(DancuError, ImproperlyConfigured):
    """{0}, line {1}: “{2}” does not say after what this migration comes. Its first line is “-- depends: MODULE NAME, MODULE NAME”, as in “-- depends: areas 0001_area”, or “-- depends: nothing”."""


class NoSuchMigration(DancuError, ImproperlyConfigured):
    """{0}, line {1}: no module “{2}” has a migration “{3}”."""


class EmptyMigration(DancuError, ImproperlyConfigured):
    """{0} has no statement yet."""


class NotUtf8Migration(DancuError, ImproperlyConfigured):
    """{0} is not in UTF-8: {1}."""


class BadMigrationName(DancuError):
    """“{0}”: a migration is named in small letters, digits and _, as in named_relatives."""


class NoSuchModule(DancuError):
    """There is no module “{0}”. Those that are: {1}."""


class TwoNewest(DancuError):
    """{0} has two migrations of one number, {1} and {2}: give one of them the next."""


class MonthInUse(DancuError):
    """Somebody is using the tables of {0}, which are kept no more: they go when the table can be had."""

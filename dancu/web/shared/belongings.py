"""What hangs on a person, besides the record itself, in words: "3 crossings", "1 pass". Each module says what
the rows of its tables are called.
"""

from collections.abc import Mapping

from django.utils.translation import ngettext

from dancu import modules
from dancu.modules import PersonTable

TABLES: Mapping[str, PersonTable] = modules.brought(lambda module: module.person_tables)


def belongings(counts: Mapping[str, int]) -> list[str]:
    """Of how many rows each table has, the most first. A test finds the tables that have no words."""
    most_first = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [_rows(table, count) for table, count in most_first]


def ones_own(counts: Mapping[str, int]) -> list[str]:
    """The same as the person reads it: without what their record shows already, or does not tell them."""
    return belongings(
        {table: count for table, count in counts.items() if table in TABLES and not TABLES[table].unseen}
    )


def _rows(table: str, count: int) -> str:
    if table in TABLES:
        return str(TABLES[table].rows % {"count": count})
    told = ngettext("%(count)s row of “%(table)s”", "%(count)s rows of “%(table)s”", count)
    return told % {"count": count, "table": table}

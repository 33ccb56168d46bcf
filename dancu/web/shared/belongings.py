"""What hangs on a person, besides the record itself, in words: "3 crossings", "1 pass". Each module says what
the rows of its tables are called.
"""

from collections.abc import Mapping

from django.utils.translation import ngettext

from dancu import modules
from dancu.modules import PersonTable, Words

TABLES: Mapping[str, PersonTable] = modules.brought(lambda module: module.person_tables)


def belongings(counts: Mapping[str, int]) -> list[str]:
    """Of how many rows each table has, the most first. A test finds the tables that have no words."""
    most_first = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [_rows(table, count) for table, count in most_first]


def kinds_kept(counts: Mapping[str, int]) -> list[Words]:
    """What else is kept of a person, as they read it: kinds of data, not rows, which are the program's."""
    return list(
        dict.fromkeys(
            TABLES[table].told for table in sorted(counts) if table in TABLES and TABLES[table].told
        )
    )


def _rows(table: str, count: int) -> str:
    if table in TABLES:
        return str(TABLES[table].rows % {"count": count})
    told = ngettext("%(count)s row of “%(table)s”", "%(count)s rows of “%(table)s”", count)
    return told % {"count": count, "table": table}

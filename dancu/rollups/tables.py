"""The tables of sums, for the migration of the module that declares them (modules.Rollup). What a migration
says stays as it was said, whatever is declared later.
"""

from collections.abc import Mapping, Sequence

from django.db.migrations import RunSQL

_TABLES = """
-- {code}: see dancu/rollups/sums.py. Distributed by {first}, but for {code}_sum.
CREATE TABLE {code}_change ({cells}, noted_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE {code}_count ({cells}, PRIMARY KEY ({key}));
"""
_WIDER = """
CREATE TABLE {code}_sum ({cells}, PRIMARY KEY ({key}));
"""


def rollup_tables(
    code: str, dimensions: Mapping[str, str], measures: Sequence[str], wider: str = ""
) -> RunSQL:
    """What makes them. `wider`: what the unit of the wider sums is called, if there are such.

    A module whose tables hold something already appends a count of it to {code}_change afterwards.
    """
    first, *others = dimensions

    def filled(statement: str, where: str) -> str:
        columns = {where: "integer", **{one: dimensions[one] for one in others}}
        columns |= dict.fromkeys(measures, "integer")
        cells = ", ".join(f"{column} {kind} NOT NULL" for column, kind in columns.items())
        return statement.format(code=code, first=first, cells=cells, key=", ".join((where, *others)))

    return RunSQL(filled(_TABLES, first) + (filled(_WIDER, wider) if wider else ""))

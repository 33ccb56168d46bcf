"""Marriages that end by a file for the one of the two whom no file names: with a death, as by a divorce,
as the events have it (register/events).
"""

from datetime import date

from dancu.db.queries import Queries

_sql = Queries(__file__, "ending.sql")


def end(on: date) -> int:
    """After the files' own rows are written: who was left is widowed since the death, divorced since the
    day of the files (`on`); how many they are.
    """
    if not (_sql.one("any") or {})["some"]:
        return 0
    left = _sql.run("find", on=on)
    if left:
        for name in ("keep_history", "part_history", "end", "note"):
            _sql.run(name)
    return left

"""Pairs that share a key: what is scored, in training and after, in DuckDB."""

from collections.abc import Iterable, Sequence

LARGEST_BLOCK = 3_000  # a value that more records share is no key: it finds nobody


def pairs_sql(blocks: Iterable[Sequence[str]], two_files: bool, table: str = "records") -> str:
    """SELECT of the pairs (l, r), each once, l < r or l of the first file. `blocks`: prepared columns
    each; [] is every pair.
    """
    between = "l.side = 0 AND r.side = 1" if two_files else "l.rid < r.rid"
    return " UNION ".join(_one(block, between, table) for block in blocks)


def _one(block: Sequence[str], between: str, table: str) -> str:
    if not block:
        return f"SELECT l.rid AS l, r.rid AS r FROM {table} l JOIN {table} r ON {between}"
    columns = ", ".join(block)
    known = " AND ".join(f"{column} IS NOT NULL" for column in block)
    narrow = (
        f"(SELECT rid, side, {columns} FROM {table} WHERE {known} QUALIFY count(*) OVER "
        f"(PARTITION BY {columns}) BETWEEN 2 AND {LARGEST_BLOCK})"
    )
    shared = " AND ".join(f"l.{column} = r.{column}" for column in block)
    return f"SELECT l.rid AS l, r.rid AS r FROM {narrow} l JOIN {narrow} r ON {shared} AND {between}"

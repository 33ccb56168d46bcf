"""How frequent the values of a column are, of all records that have one: frequent ones by name, the
others by what they are on average.
"""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from dancu.linkage.model.model import Model

LISTED = 4  # a value that fewer records have is one of the others: how often it came is chance
MOST = 20_000  # values listed


@dataclass(frozen=True)
class Frequencies:
    """`listed`: value → share; `others`: the share of all records with other values; `alike`: probability
    that two random records agree in one of those.
    """

    listed: dict[str, float]
    others: float
    alike: float
    rarest: float

    def other(self, by_matches: float) -> float:
        """How often one of the others is, where `by_matches` of random pairs agree in one since they are
        the same.
        """
        return max((self.alike - by_matches) / self.others, self.rarest) if self.others > 0 else self.rarest


def frequencies_of(db: DuckDBPyConnection, model: Model) -> dict[str, Frequencies]:
    """The frequencies of each column that a level of the model names, over the table `records`."""
    return {column: _of(db, column) for column in model.frequency_columns}


def _of(db: DuckDBPyConnection, column: str) -> Frequencies:
    counts = (
        f"(SELECT {column} AS value, count(*)::DOUBLE AS n FROM records WHERE {column} IS NOT "
        f"NULL GROUP BY 1)"
    )
    total = db.execute(f"SELECT coalesce(sum(n), 0) FROM {counts}").fetchall()[0][0]
    if total < 2:
        return Frequencies({}, 1.0, 0.0, 1.0)
    often = db.execute(
        f"SELECT value, n FROM {counts} WHERE n >= {LISTED} ORDER BY n DESC, value LIMIT {MOST}"
    ).fetchall()
    least = often[-1][1] if len(often) == MOST else LISTED
    listed = {value: n / total for value, n in often}
    others, alike = db.execute(
        f"SELECT coalesce(sum(n), 0), coalesce(sum(n * (n - 1)), 0) FROM {counts} WHERE n < {least}"
    ).fetchall()[0]
    return Frequencies(listed, others / total, alike / (total * (total - 1)), 0.2 / total)

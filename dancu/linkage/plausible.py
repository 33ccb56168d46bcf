"""Warnings about clusters that are probably wrong: where members of a household, or albums of one artist,
were joined, clusters are many and their records differ.

In some files a person has many records (historical sources, citations), so a large share of records in
clusters proves nothing by itself; but such records seldom differ in the fields that tell much.
"""

from collections.abc import Mapping

from duckdb import DuckDBPyConnection

from dancu.linkage.model.fitting import level_number_sql
from dancu.linkage.model.model import Model, used_columns

_SHARE, _LARGE = (
    0.3,
    12,
)  # of the records in clusters; records of one cluster: from here on it is looked at what they differ in
_DIFFER = 0.5  # of the pairs joined. Measured: at most 0.42 in nine files that came out right
_WITHIN = 0.1  # of all records in one cluster: no person, nor any thing
_LOOKED_AT = 2_000  # clusters, of each its first record beside each other


def cluster_warnings(
    db: DuckDBPyConnection, model: Model, cluster_of: Mapping[int, int], records: int
) -> list[str]:
    """The warnings about these clusters, one sentence each. `db`: with the table `records`; `records`: how
    many there are.
    """
    sizes: dict[int, int] = {}
    for cluster in cluster_of.values():
        sizes[cluster] = sizes.get(cluster, 0) + 1
    largest, share = max(sizes.values(), default=1), len(cluster_of) / max(records, 1)
    told = []
    if largest > _LARGE and largest > _WITHIN * records:
        told.append(f"one cluster has {largest:,} of {records:,} records; check it before you use the result")
    if share < _SHARE and largest <= _LARGE:
        return told
    differ = {field: of for field, of in _differing(db, model, cluster_of).items() if of >= _DIFFER}
    if differ:
        most = sorted(differ.items(), key=lambda each: -each[1])[:3]
        fields = ", ".join(f"{field} ({of:.0%} of the pairs)" for field, of in most)
        told.append(
            f"{share:.0%} of the records are in clusters, the largest with {largest:,}, and the records in "
            f"them mostly differ in {fields}; check some before you use the result; --near keeps apart "
            f"records that only share a household, an artist or the like"
        )
    return told


def _differing(db: DuckDBPyConnection, model: Model, cluster_of: Mapping[int, int]) -> dict[str, float]:
    """For each comparison the share of joined pairs that differ in it, where both have a value."""
    pairs: list[tuple[int, int]] = []
    clusters: set[int] = set()
    for record, cluster in cluster_of.items():
        if record != cluster and (cluster in clusters or len(clusters) < _LOOKED_AT):
            clusters.add(cluster)
            pairs.append((cluster, record))
    columns = sorted({column for each in model.comparisons for column in used_columns(each)})
    both = ", ".join(f"a.{column} AS {column}_l, b.{column} AS {column}_r" for column in columns)
    counted = ", ".join(
        f"avg(CASE WHEN level_{n} = 0 THEN NULL WHEN level_{n} >= {each.differs_from} THEN 1.0 ELSE 0.0 END)"
        for n, each in enumerate(model.comparisons)
    )
    levels = ", ".join(f"{level_number_sql(each)} AS level_{n}" for n, each in enumerate(model.comparisons))
    row = db.execute(
        f"SELECT {counted} FROM (SELECT {levels} FROM (SELECT {both} FROM (SELECT unnest(?::INTEGER[]) AS "
        f"l, unnest(?::INTEGER[]) AS r) p "
        "JOIN records a ON a.rid = p.l JOIN records b ON b.rid = p.r))",
        [[one for one, _other in pairs], [other for _one, other in pairs]],
    ).fetchall()[0]
    return {each.field: float(of) for each, of in zip(model.comparisons, row, strict=True) if of is not None}

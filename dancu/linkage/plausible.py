"""Whether the clusters found can be what the file holds: members of a household, or albums of one artist,
taken for one are many, and differ.

Files of many records a person exist (historical sources, citations), so a large share in clusters says
nothing alone; their records seldom differ in what tells much.
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


def implausible(
    db: DuckDBPyConnection, model: Model, cluster_of: Mapping[int, int], records: int
) -> list[str]:
    """What a person should look at before the clusters are used, one sentence each. `db`: with the table
    `records`; `records`: how many.
    """
    sizes: dict[int, int] = {}
    for cluster in cluster_of.values():
        sizes[cluster] = sizes.get(cluster, 0) + 1
    largest, share = max(sizes.values(), default=1), len(cluster_of) / max(records, 1)
    told = []
    if largest > _LARGE and largest > _WITHIN * records:
        told.append(f"one cluster holds {largest:,} of {records:,} records; look at it before you use this")
    if share < _SHARE and largest <= _LARGE:
        return told
    differ = {field: of for field, of in _differing(db, model, cluster_of).items() if of >= _DIFFER}
    if differ:
        most = sorted(differ.items(), key=lambda each: -each[1])[:3]
        fields = ", ".join(f"{field} ({of:.0%} of the pairs)" for field, of in most)
        told.append(
            f"{share:.0%} of the records are in clusters, the largest of {largest:,}, whose records mostly "
            f"differ in {fields}; "
            "look at some before you use this: --near tells apart who only shares a household, an artist or "
            "the like"
        )
    return told


def _differing(db: DuckDBPyConnection, model: Model, cluster_of: Mapping[int, int]) -> dict[str, float]:
    """Of each comparison in how many of the pairs that were joined, where both have it, nothing agrees."""
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

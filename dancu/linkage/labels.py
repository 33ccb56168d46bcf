"""The truth about some pairs or records, for reports and, where somebody decided, for training."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from dancu.files.source import opened
from dancu.linkage.errors import BadLabels

_PAIR_NAMES = (
    ("id_l", "id_r"),
    ("unique_id_l", "unique_id_r"),
    ("left", "right"),
    ("left_id", "right_id"),
    ("id1", "id2"),
    ("id_1", "id_2"),
    ("ltable_id", "rtable_id"),
    ("l", "r"),
    ("a", "b"),
    ("id_a", "id_b"),
)
_ENTITY_NAMES = (
    "cluster",
    "cluster_id",
    "entity",
    "entity_id",
    "label",
    "true_id",
    "trueid",
    "class",
    "person_id",
    "group",
)
_SCORE_NAMES = ("clerical_match_score", "match", "is_match", "same", "gold", "label", "score", "decision")


@dataclass
class Truth:
    """`entity`: record → what it is; or `same`: the pairs that are the same, and `decided`: all pairs
    that somebody decided on, None where the others count as different.
    """

    entity: dict[int, str] | None = None
    same: set[tuple[int, int]] = field(default_factory=set)
    decided: set[tuple[int, int]] | None = None
    unknown_ids: int = 0


def own_labels(db: DuckDBPyConnection) -> Truth:
    """The truth that a column of the files themselves holds."""
    return Truth(dict(db.execute("SELECT rid, _label FROM ids WHERE _label IS NOT NULL").fetchall()))


def load_labels(db: DuckDBPyConnection, path: Path, two_files: bool) -> Truth:
    """Labels of a file: pairs (two columns of ids, or four with their data sets, and perhaps a score) or
    clusters (id, cluster).

    Raises BadLabels, UnreadableFile.
    """
    with opened(path) as source:
        kind, columns = _layout(path, source.columns, two_files)
        frames = list(source.batches(columns))
    rows = pl.concat(frames) if frames else pl.DataFrame()
    by_id: dict[tuple[int, str], int] = {
        (side, name): rid for side, name, rid in db.execute("SELECT side, _id, rid FROM ids").fetchall()
    }
    if kind == "clusters":
        sides = (0, 1) if two_files else (0,)
        entity = {
            by_id[side, name]: of
            for name, of in rows.select("id", "entity").drop_nulls().iter_rows()
            for side in sides
            if (side, name) in by_id
        }
        if not entity:
            raise BadLabels(path.name, f'none of the ids in its column "{columns["id"]}" belongs to a record')
        return Truth(entity, unknown_ids=len(rows) - len(entity))
    return _pairs(path, rows, by_id, two_files)


def _pairs(path: Path, rows: pl.DataFrame, by_id: dict[tuple[int, str], int], two_files: bool) -> Truth:
    truth, decided, negatives = Truth(), set(), 0
    other = 1 if two_files else 0
    for row in rows.iter_rows(named=True):
        a, b = by_id.get((0, row["l"])), by_id.get((other, row["r"]))
        if a is None or b is None:
            truth.unknown_ids += 1
            continue
        pair = (min(a, b), max(a, b))
        is_same = _is_same(path, row["score"]) if "score" in row else True
        negatives += not is_same
        decided.add(pair)
        if is_same:
            truth.same.add(pair)
    if not decided:
        raise BadLabels(path.name, "none of its pairs has the ids of two records")
    truth.decided = decided if negatives else None
    return truth


def _is_same(path: Path, score: str | None) -> bool:
    word = (score or "").strip().casefold()
    if word in ("true", "yes", "y", "match", "same", "t"):
        return True
    if word in ("false", "no", "n", "", "different", "non-match", "nonmatch", "f", "not sure"):
        return False
    try:
        return float(word) >= 0.5
    except ValueError as error:
        raise BadLabels(
            path.name,
            f'the decision "{score}" is not understood: use 1 or 0, true or false, or a probability',
        ) from error


def _layout(path: Path, columns: list[str], two_files: bool) -> tuple[str, dict[str, str]]:
    by_key = {_key(column): column for column in columns}
    score = next((by_key[name] for name in _SCORE_NAMES if name in by_key), None)
    for left, right in _PAIR_NAMES:
        if left in by_key and right in by_key:
            return "pairs", {"l": by_key[left], "r": by_key[right]} | ({"score": score} if score else {})
    entity = next((by_key[name] for name in _ENTITY_NAMES if name in by_key), None)
    if (entity and not two_files) or (entity and len(columns) == 2):
        rest = [column for column in columns if column != entity]
        name = next(
            (
                column
                for column in rest
                if _key(column) in ("id", "unique_id", "rec_id", "record_id", "record")
            ),
            rest[0] if rest else "",
        )
        if name:
            return "clusters", {"id": name, "entity": entity}
    ids = [column for column in columns if column != score]
    if len(ids) == 2:
        return "pairs", {"l": ids[0], "r": ids[1]} | ({"score": score} if score else {})
    raise BadLabels(
        path.name,
        f"has the columns {', '.join(columns)}: it needs either two columns of ids (id_l, id_r, and perhaps "
        f"match with 1 or 0) or id and cluster",
    )


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")

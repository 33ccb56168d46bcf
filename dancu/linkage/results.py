"""The files of a result: clusters, links, scored pairs with their waterfalls, rejected rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from dancu import private
from dancu.files.source import Troubles
from dancu.linkage.finding import LinkResult
from dancu.linkage.model.scoring import Score, Scorer

_BATCH = 20_000  # pairs explained at a time


def write_clusters(result: LinkResult, path: Path) -> None:
    """Write id, cluster (the id of its first record), size, and weight of the record's strongest pair in it:
    for every record of a file, or for those people of the register who are in a cluster.
    """
    ids: dict[int, str] = dict(result.db.execute("SELECT rid, _id FROM ids ORDER BY rid").fetchall())
    cluster_of: dict[int, int] = result.cluster_of
    sizes: dict[int, int] = {}
    for cluster in cluster_of.values():
        sizes[cluster] = sizes.get(cluster, 0) + 1
    nearest: dict[int, float] = {}
    for a, b, weight in zip(result.left.tolist(), result.right.tolist(), result.weight.tolist(), strict=True):
        if a in cluster_of and cluster_of[a] == cluster_of.get(b):
            for record in (a, b):
                nearest[record] = max(nearest.get(record, weight), weight)
    rows = []
    written = ids if result.records is None else {rid: ids[rid] for rid in sorted(cluster_of)}
    for rid, name in written.items():
        first = cluster_of.get(rid, rid)
        rows.append(
            (name, ids[first], sizes.get(first, 1), round(nearest[rid], 2) if rid in nearest else None)
        )
    schema = {"id": pl.String, "cluster": pl.String, "size": pl.Int32, "weight": pl.Float64}
    _write(pl.DataFrame(rows, schema=schema, orient="row").sort("cluster", maintain_order=True), path)


def write_links(result: LinkResult, path: Path) -> None:
    """Write left, right, weight and waterfall of the links, the strongest first."""
    _write_pairs(result, result.links, path, ("left", "right"))


def write_pairs(result: LinkResult, path: Path, two_files: bool) -> None:
    """Write all scored pairs of −6 bits or more with their waterfalls, the strongest first."""
    _write_pairs(
        result, np.arange(len(result.weight)), path, ("left", "right") if two_files else ("id_l", "id_r")
    )


def write_rejects(troubles: Sequence[Troubles], names: Sequence[str], path: Path) -> None:
    """Write file, row, column and reason, and whether the row was left out or a value changed on reading."""
    with io.TextIOWrapper(private.opened(path), "utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("file", "row", "column", "reason", "left_out"))
        for name, of_file in zip(names, troubles, strict=True):
            for each in sorted(of_file.kept, key=lambda trouble: trouble.row):
                writer.writerow((name, each.row, each.column, each.reason, "yes" if each.left_out else "no"))


def as_text(score: Score) -> str:
    """A waterfall in one line: "prior -13.1; surname same +9.2; dob one_digit +3.7"."""
    return "; ".join(
        f"{of.field} {of.level} {of.weight:+.1f}".replace("  ", " ") for of in score.waterfall if of.weight
    )


def _write_pairs(found: LinkResult, chosen: np.ndarray, path: Path, heads: tuple[str, str]) -> None:
    ids = dict(found.db.execute("SELECT rid, _id FROM ids").fetchall())
    frames = [
        pl.DataFrame(
            [(ids[a], ids[b], round(score.weight, 3), as_text(score)) for a, b, score in batch],
            schema={heads[0]: pl.String, heads[1]: pl.String, "weight": pl.Float64, "waterfall": pl.String},
            orient="row",
        )
        for batch in explained(found, chosen)
    ]
    empty = pl.DataFrame(
        schema={heads[0]: pl.String, heads[1]: pl.String, "weight": pl.Float64, "waterfall": pl.String}
    )
    _write(pl.concat([empty, *frames]), path)


def explained(result: LinkResult, chosen: np.ndarray) -> Iterator[list[tuple[int, int, Score]]]:
    """The scored pairs of these numbers with their waterfalls, some thousands at a time."""
    scorer = result.scorer or Scorer(result.model, result.weights)
    columns = sorted(result.model.columns)
    for start in range(0, len(chosen), _BATCH):
        numbers = chosen[start : start + _BATCH]
        left, right = result.left[numbers].tolist(), result.right[numbers].tolist()
        result.db.register(
            "wanted", pl.DataFrame({"rid": sorted({*left, *right})}, schema={"rid": pl.Int32}).to_arrow()
        )
        rows = result.db.execute(
            f"SELECT rid, {', '.join(columns)} FROM records SEMI JOIN wanted USING (rid)"
        ).fetchall()
        records: dict[int, dict[str, Any]] = {
            row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows
        }
        yield [(a, b, scorer.score(records[a], records[b])) for a, b in zip(left, right, strict=True)]


def _write(frame: pl.DataFrame, path: Path) -> None:
    with private.opened(path) as target:
        if path.suffix.casefold() in (".parquet", ".pq"):
            frame.write_parquet(target)
        else:
            frame.write_csv(target)


def table(lines: Iterable[Sequence[object]]) -> str:
    """Rows as text, columns below each other."""
    rows = [[str(cell) for cell in line] for line in lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )

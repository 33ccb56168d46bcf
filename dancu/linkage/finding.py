"""From files and a mapping to clusters or links: load, choose keys, train, score, decide and summarise."""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from dancu.files.source import Troubles
from dancu.linkage.blocking import BlockChoice, choose_blocks
from dancu.linkage.building import key_choices
from dancu.linkage.clusters import clusters_of, links_of, scored_pairs, stand_once
from dancu.linkage.labels import Truth, load_labels, own_labels
from dancu.linkage.mapping import Mapping
from dancu.linkage.measuring import Measured, curve, of_clusters, of_links, same_in_all
from dancu.linkage.model.candidates import pairs_sql
from dancu.linkage.model.model import Model, model_of
from dancu.linkage.model.own import leave_out_others
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.training import train_on
from dancu.linkage.model.weights import Weights
from dancu.linkage.placeholders import Placeholder
from dancu.linkage.plausible import cluster_warnings
from dancu.linkage.records import load_records
from dancu.linkage.scoring import score_neighbours, score_pairs
from dancu.linkage.spark import score_on_spark
from dancu.linkage.thresholds import chosen_threshold

Tell = Callable[[str], None]
SHARE = 2_000_000  # people of the register compared at once


@dataclass
class LinkOptions:
    """How to link the files. `threshold`: in bits (None: chosen); `once`: whether a record is linked once at
    most (None: detected); `near`: whether many records are similar but different (None: detected); `limit`:
    roughly how many pairs to compare at most; `share`: people of the register compared at a time.
    """

    labels: Path | None = None
    threshold: float | None = None
    once: bool | None = None
    near: bool | None = None
    chains: bool = False
    limit: int | None = None
    memory: str = "4GB"
    seed: int = 1
    model: Model | None = None
    weights: Weights | None = None
    spark: bool = False
    learn_from_labels: bool = False
    share: int = SHARE


@dataclass
class LinkResult:
    """The result of linking. `left`, `right`, `weight`: the scored pairs; `cluster_of`: record → cluster, for
    clusters of two or more; `links`: the scored pairs that are links, by their index.

    `records`: how many records were compared, where `db` holds only those in a pair; `scorer`: set where the
    prior was not the weights' own; `accuracy`, `curve`, `best_threshold`: where there are labels; `missing`:
    the values that counted as missing.
    """

    db: duckdb.DuckDBPyConnection
    model: Model
    weights: Weights
    choice: BlockChoice
    troubles: list[Troubles]
    threshold: float
    candidates: int
    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    cluster_of: dict[int, int] = field(default_factory=dict)
    links: np.ndarray = field(default_factory=lambda: np.array([], dtype=np.int64))
    once: tuple[bool, bool] = (False, False)
    accuracy: Measured | None = None
    curve: list[Measured] = field(default_factory=list)
    best_threshold: float | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    scorer: Scorer | None = None
    records: int | None = None
    missing: Sequence[Placeholder] = ()


@contextmanager
def working_database(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A temporary DuckDB database on disk, where everything beyond `memory` goes."""
    with (
        tempfile.TemporaryDirectory(prefix="dancu-match-") as folder,
        duckdb.connect(
            f"{folder}/work.duckdb", config={"memory_limit": memory, "temp_directory": folder}
        ) as db,
    ):
        db.execute("SET enable_progress_bar = false")
        yield db


def find(
    db: duckdb.DuckDBPyConnection, paths: Sequence[Path], mapping: Mapping, options: LinkOptions, tell: Tell
) -> LinkResult:
    """Find duplicates in one file, or links between two. `tell`: called with each line of progress. Raises
    UnreadableFile, BadLabels, TooFewRecords, NoSpark.
    """
    two_files, seconds, started = len(paths) == 2, {}, time.monotonic()

    def done(what: str) -> None:
        nonlocal started
        seconds[what], started = round(time.monotonic() - started, 2), time.monotonic()

    model, troubles, missing = load_records(db, paths, mapping, options.model)
    done("read")
    records = db.execute("SELECT count(*) FROM ids").fetchall()[0][0]
    tell(f"{records:,} records read, {sum(each.left_out for each in troubles):,} left out")
    for each in missing.listed:
        tell(
            f'counted as missing: {each.column} "{each.value}" ({each.share:.1%} of rows); to keep such '
            f"values, write missing = [] in the mapping"
        )
    truth = (
        load_labels(db, options.labels, two_files)
        if options.labels
        else own_labels(db)
        if any(mapping.labels)
        else None
    )
    choice = BlockChoice([list(block) for block in model.blocks], pairs=[])
    if not model.blocks:
        choice = choose_blocks(db, key_choices(model), two_files, options.limit)
        model = model_of(model.name, {**(model.source or {}), "blocks": choice.blocks})
    for block, pairs in sorted(choice.left_out.items(), key=lambda each: -each[1])[:5]:
        tell(f"key not used, too many pairs: {block} ({pairs:,} pairs)")
    done("keys")
    weights = options.weights
    if weights is None:
        tell(f"{len(model.comparisons)} comparisons, {len(choice.blocks)} keys; learning the weights")
        decided = _decisions(truth) if options.learn_from_labels and truth else []
        provenance = {
            "files": [{"name": path.name, "sha256": _digest(path)} for path in paths],
            "labels": len(decided),
        }
        weights = train_on(
            db, model, two_files, seed=options.seed, labels=decided, provenance=provenance, near=options.near
        )
        if weights.households:
            tell(
                "people share telephones or homes: records that differ in given name and birth date do not "
                "match"
            )
        if weights.even:
            tell(
                f"many records are similar but different: a match needs {weights.even:.1f} bits; with "
                f"--no-near they count as the same"
            )
    elif not options.spark:
        db.execute(f"CREATE OR REPLACE TABLE pairs AS {pairs_sql(model.blocks, two_files)}")
    done("train")
    scorer = Scorer(model, weights)
    if options.spark:
        candidates = score_on_spark(db, scorer, two_files)
    else:
        score_pairs(db, scorer)
        if weights.households:
            leave_out_others(db, model, weights)
        if not two_files:
            score_neighbours(db, scorer)
        candidates = db.execute("SELECT count(*) FROM pairs").fetchall()[0][0]
    if weights.households:
        leave_out_others(db, model, weights)
    left, right, weight = scored_pairs(db)
    tell(f"{candidates:,} pairs compared")
    done("score")
    threshold = options.threshold
    if threshold is None:
        threshold = chosen_threshold(weights.prior, records, two_files, weights.even)
    found = LinkResult(
        db,
        model,
        weights,
        choice,
        troubles,
        threshold,
        candidates,
        left,
        right,
        weight,
        seconds=seconds,
        missing=missing.listed,
    )
    decide(found, two_files, options)
    done("decide")
    if truth is not None:
        measure(found, truth, two_files, options)
        done("measure")
    return found


def decide(result: LinkResult, two_files: bool, options: LinkOptions) -> None:
    """Make clusters, or links between two files, of the scored pairs at the threshold of `result`."""
    if two_files:
        result.once = (
            (stand_once(result.left, result.weight), stand_once(result.right, result.weight))
            if options.once is None
            else (options.once, options.once)
        )
        result.links = links_of(result.left, result.right, result.weight, result.threshold, *result.once)
    else:
        result.cluster_of = clusters_of(
            result.left, result.right, result.weight, result.threshold, options.chains
        )


def measure(result: LinkResult, truth: Truth, two_files: bool, options: LinkOptions) -> None:
    """Measure precision and recall at the threshold, which was chosen without labels; and find the threshold
    that is best for the labels.
    """
    sides = dict(result.db.execute("SELECT rid, side FROM ids").fetchall())
    if two_files:
        links = zip(result.left[result.links].tolist(), result.right[result.links].tolist(), strict=True)
        result.accuracy = of_links(links, truth, sides)
    else:
        result.accuracy = of_clusters(result.cluster_of, truth)
    result.curve = curve(
        result.left, result.right, result.weight, truth, same_in_all(truth, sides, two_files)
    )
    result.best_threshold = (
        max(result.curve, key=lambda each: each["f1"])["threshold"] if result.curve else None
    )


def _decisions(truth: Truth) -> list[tuple[int, int, bool]]:
    decided = truth.decided if truth.decided is not None else truth.same
    return [(*pair, pair in truth.same) for pair in sorted(decided)]


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def summary(result: LinkResult, two_files: bool) -> dict[str, Any]:
    """The object that `--json` prints."""
    records = dict(result.db.execute("SELECT side, count(*) FROM ids GROUP BY side").fetchall())
    sizes = (
        np.unique(list(result.cluster_of.values()), return_counts=True)[1]
        if result.cluster_of
        else np.array([])
    )
    said: dict[str, Any] = {
        "records": [records.get(0, 0), records.get(1, 0)] if two_files else records.get(0, 0),
        "pairs": result.candidates,
        "threshold": round(result.threshold, 2),
    }
    if two_files:
        said |= {"links": len(result.links), "once": {"left": result.once[0], "right": result.once[1]}}
    else:
        in_all = records.get(0, 0) if result.records is None else result.records
        said |= {
            "records": in_all,
            "clusters": len(sizes),
            "in_clusters": int(sizes.sum()),
            "largest": int(sizes.max()) if len(sizes) else 1,
            "people": in_all - int(sizes.sum()) + len(sizes),
            "warnings": cluster_warnings(result.db, result.model, result.cluster_of, in_all),
        }
    measured = {
        name: value
        for name, value in (result.accuracy or {}).items()
        if name in ("precision", "recall", "f1")
    }
    said |= {"precision": None, "recall": None, "f1": None} | measured
    if result.accuracy:
        said["labels"] = {
            "pairs": result.accuracy["there"],
            "best_threshold": result.best_threshold,
            "curve": result.curve,
        }
    said |= {
        "rejected": sum(each.left_out for each in result.troubles),
        "read_otherwise": sum(each.read_otherwise for each in result.troubles),
        "missing": [asdict(each) for each in result.missing],
        "seconds": round(sum(result.seconds.values()), 2),
        "steps": result.seconds,
        "model": {
            "fields": dict(result.model.fields),
            "comparisons": [comparison.field for comparison in result.model.comparisons],
            "keys": [" + ".join(block) or "every pair" for block in result.model.blocks],
            "keys_left_out": result.choice.left_out,
            "prior": result.weights.prior,
            "digest": result.model.digest,
        },
    }
    return said

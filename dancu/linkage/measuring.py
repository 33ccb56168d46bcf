"""Precision, recall and F1 over pairs, against labels that had no part in what is measured."""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from dancu.linkage.labels import Truth

Measured = dict[str, float]


def of_clusters(cluster_of: Mapping[int, int], truth: Truth) -> Measured:
    """Over all pairs of records in one cluster; records without a label are left aside."""
    if truth.entity is not None:
        labelled = truth.entity
        found = _pairs(Counter(cluster for record, cluster in cluster_of.items() if record in labelled))
        right = _pairs(
            Counter(
                (cluster, labelled[record]) for record, cluster in cluster_of.items() if record in labelled
            )
        )
        return _measured(right, found, _pairs(Counter(labelled.values())))
    if truth.decided is not None:
        found = {(a, b) for a, b in truth.decided if a in cluster_of and cluster_of[a] == cluster_of.get(b)}
        return _measured(len(found & truth.same), len(found), len(truth.same))
    right = sum(1 for a, b in truth.same if a in cluster_of and cluster_of[a] == cluster_of.get(b))
    return _measured(right, _pairs(Counter(cluster_of.values())), len(truth.same))


def of_links(
    links: Iterable[tuple[int, int]], truth: Truth, sides: Mapping[int, int] | None = None
) -> Measured:
    """Over pairs of one record of each file. `sides`: record → 0 or 1, needed where the truth is of
    entities.
    """
    links = set(links)
    if truth.entity is not None:
        labelled = truth.entity
        links = {(a, b) for a, b in links if a in labelled and b in labelled}
        right = sum(1 for a, b in links if labelled[a] == labelled[b])
        by_side = [
            Counter(of for record, of in labelled.items() if (sides or {}).get(record, 0) == side)
            for side in (0, 1)
        ]
        return _measured(right, len(links), sum(count * by_side[1][of] for of, count in by_side[0].items()))
    if truth.decided is not None:
        links &= truth.decided
    return _measured(len(links & truth.same), len(links), len(truth.same))


def curve(
    left: np.ndarray, right: np.ndarray, weight: np.ndarray, truth: Truth, total: int
) -> list[Measured]:
    """Precision and recall of the scored pairs themselves at every few bits, before clusters or best
    links are made of them.
    """
    if not len(weight):
        return []
    same = is_same(left, right, truth)
    steps = np.arange(np.floor(weight.min() / 2) * 2, min(weight.max(), 40) + 2, 2.0)
    found = [(step, weight >= step) for step in steps]
    return [
        {"threshold": float(step), **_measured(int(same[there].sum()), int(there.sum()), total)}
        for step, there in found
        if there.any()
    ]


def is_same(left: np.ndarray, right: np.ndarray, truth: Truth) -> np.ndarray:
    """Whether each pair is of the same, by the labels."""
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    if truth.entity is not None:
        of = truth.entity
        return np.fromiter((a in of and of[a] == of.get(b) for a, b in pairs), bool, len(left))
    return np.fromiter((pair in truth.same for pair in pairs), bool, len(left))


def same_in_all(truth: Truth, sides: Mapping[int, int], two_files: bool) -> int:
    """How many pairs are the same by the labels."""
    if truth.entity is None:
        return len(truth.same)
    if not two_files:
        return _pairs(Counter(truth.entity.values()))
    by_side = [Counter(of for record, of in truth.entity.items() if sides[record] == side) for side in (0, 1)]
    return sum(count * by_side[1][of] for of, count in by_side[0].items())


def _pairs(counts: Counter) -> int:  # type: ignore[type-arg]
    return sum(count * (count - 1) // 2 for count in counts.values())


def _measured(right: int, found: int, there: int) -> Measured:
    precision = right / found if found else 1.0
    recall = right / there if there else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 5),
        "recall": round(recall, 5),
        "f1": round(f1, 5),
        "right": right,
        "found": found,
        "there": there,
    }

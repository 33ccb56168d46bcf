"""Who belongs together, of scored pairs: clusters in a file, links between two."""

from collections import defaultdict

import numpy as np
from duckdb import DuckDBPyConnection

UNKNOWN = -3.0  # bits that a pair counts which no key brought together
LIMIT = 12.0  # bits, up or down, beyond which one pair says no more in a mean


def clusters_of(
    left: np.ndarray, right: np.ndarray, weight: np.ndarray, threshold: float, chains: bool = False
) -> dict[int, int]:
    """Record → the smallest number of its cluster, for records of clusters of two and more.

    Records that pairs of at least `threshold` bits connect are taken together, strongest pairs first, as long
    as the mean over all pairs of the two sides stays above 0: one wrong pair does not chain two people's
    records. `chains`: leave that out.
    """
    above = weight >= threshold
    component = components(left[above], right[above])
    if chains or not len(component):
        among = np.flatnonzero(np.bincount(component, minlength=len(component))[component] > 1)
        return dict(zip(among.tolist(), component[among].tolist(), strict=True))
    last = len(component) - 1
    inside = (left <= last) & (right <= last)
    left, right, weight = left[inside], right[inside], weight[inside]
    inside = component[left] == component[right]
    left, right, weight = left[inside], right[inside], weight[inside]
    order = np.lexsort((-weight, component[left]))
    left, right, weight = left[order], right[order], weight[order]
    starts = np.flatnonzero(np.diff(component[left], prepend=-1))
    found: dict[int, int] = {}
    for start, end in zip(starts, [*starts[1:], len(left)], strict=True):
        if end - start == 1:
            found |= {int(left[start]): int(left[start]), int(right[start]): int(left[start])}
        else:
            found |= _joined(
                left[start:end].tolist(), right[start:end].tolist(), weight[start:end].tolist(), threshold
            )
    return found


def components(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Of each number from 0 to the largest the smallest that pairs connect it with."""
    if not len(left):
        return np.array([], dtype=np.int64)
    first = np.arange(max(left.max(), right.max()) + 1, dtype=np.int64)
    while True:
        least = np.minimum(first[left], first[right])
        before = first.copy()
        for side in (left, right):
            np.minimum.at(first, first[side], least)
            np.minimum.at(first, side, least)
        first = first[first]
        if np.array_equal(first, before):
            return first


def _joined(left: list[int], right: list[int], weight: list[float], threshold: float) -> dict[int, int]:
    """The clusters within one component, of its pairs from the strongest on."""
    parent: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    between: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)

    def root(of: int) -> int:
        while parent.setdefault(of, of) != of:
            parent[of] = of = parent[parent[of]]
        return of

    for one, other, w in zip(left, right, weight, strict=True):
        between[one][other] = between[other][one] = (max(-LIMIT, min(LIMIT, w - threshold)), 1)
    for one, other, w in zip(left, right, weight, strict=True):
        if w < threshold:
            break
        a, b = root(one), root(other)
        if a == b:
            continue
        if len(members.get(a, (a,))) < len(members.get(b, (b,))):
            a, b = b, a
        size_a, size_b = len(members.get(a, (a,))), len(members.get(b, (b,)))
        total, known = between[a].get(b, (0.0, 0))
        if size_a * size_b > 1 and total + (size_a * size_b - known) * UNKNOWN < 0:
            continue
        for third, (added, count) in between.pop(b).items():
            between[third].pop(b, None)
            if third != a:
                before, many = between[a].get(third, (0.0, 0))
                between[a][third] = between[third][a] = (before + added, many + count)
        between[a].pop(b, None)
        parent[b] = a
        members[a] = members.pop(a, [a]) + members.pop(b, [b])
    return {record: min(group) for group in members.values() for record in group}


def links_of(
    left: np.ndarray,
    right: np.ndarray,
    weight: np.ndarray,
    threshold: float,
    once_left: bool,
    once_right: bool,
) -> np.ndarray:
    """The numbers of the pairs that are links: at least `threshold`; of a record that may be linked once, its
    best pair.

    Pairs are taken from the strongest on, so that a record's second best may be linked where its best belongs
    to another.
    """
    order = np.argsort(-weight, kind="stable")
    order = order[weight[order] >= threshold]
    if not (once_left or once_right):
        return order
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    kept = []
    for n, one, other in zip(order.tolist(), left[order].tolist(), right[order].tolist(), strict=True):
        if (once_left and one in taken_left) or (once_right and other in taken_right):
            continue
        taken_left.add(one)
        taken_right.add(other)
        kept.append(n)
    return np.array(kept, dtype=np.int64)


def stand_once(records: np.ndarray, weight: np.ndarray, sure: float = 10.0, few: float = 0.03) -> bool:
    """Whether each of `records` seems to have one counterpart at most: few of those with a sure pair have
    a second.
    """
    sure_ones = records[weight >= sure]
    _, counts = np.unique(sure_ones, return_counts=True)
    return len(counts) == 0 or float((counts > 1).mean()) <= few


def scored_pairs(db: DuckDBPyConnection, table: str = "scored") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs (l, r, weight), in one order whenever asked."""
    found = db.execute(f"SELECT l, r, weight FROM {table} ORDER BY weight DESC, l, r").fetchnumpy()
    return np.asarray(found["l"]), np.asarray(found["r"]), np.asarray(found["weight"])

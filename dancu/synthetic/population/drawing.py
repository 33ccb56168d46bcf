"""Drawing from lists of weighted items, a hundred thousand at a time."""

import numpy as np


class Draw:
    """Rows of weighted items. Each row is laid out as a table of `cells` cells, an item filling its share of
    them, so that a draw is one look-up; shares finer than one cell are lost."""

    def __init__(self, weights: np.ndarray, cells: int = 4096) -> None:
        """`weights`: rows × items, none negative, no row all zero."""
        running = weights.cumsum(axis=1, dtype=float)
        steps = (np.arange(cells) + 0.5) / cells
        found = [np.searchsorted(row / row[-1], steps, side="right") for row in running]
        self._table = np.stack(found).astype(np.min_scalar_type(weights.shape[1]))

    def __call__(self, rng: np.random.Generator, rows: np.ndarray) -> np.ndarray:
        """An item for each of `rows`."""
        return self._table[rows, rng.integers(0, self._table.shape[1], len(rows))].astype(np.int64)


class RangeDraw:
    """Weighted items in one long list, drawn from stretches of it that differ from draw to draw."""

    def __init__(self, weights: np.ndarray) -> None:
        self._running = np.concatenate([[0.0], weights.cumsum(dtype=float)])

    def __call__(self, rng: np.random.Generator, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """An item from each stretch, `start` included, `stop` not. Every stretch must hold some weight."""
        low, high = self._running[start], self._running[stop]
        found = np.searchsorted(self._running, low + rng.random(len(low)) * (high - low), side="right") - 1
        return np.clip(found, start, stop - 1)

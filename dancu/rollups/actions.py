"""What others may do with sums."""

from collections.abc import Iterable, Sequence
from typing import Any

from dancu.db.queries import Queries
from dancu.rollups.folding import arrays, fold, fold_all, recount, sum_up
from dancu.rollups.sums import sums

__all__ = ["fold", "fold_all", "note", "recount", "sum_up"]

_sql = Queries(__file__)


def note(code: str, changes: Iterable[Sequence[Any]]) -> None:
    """In the transaction that changes something: what comes to cells and leaves them, each row a cell's
    dimensions and then how much more (or less) of each measure. What comes to nothing is not written.

    Raises NoSuchRollup. Whoever changes many things at once may as well append to NAME_change in a statement
    of their own.
    """
    of = sums(code)
    width = len(of.said.dimensions)
    cells: dict[tuple[Any, ...], list[int]] = {}
    for change in changes:
        cell, many = tuple(change[:width]), change[width:]
        before = cells.get(cell, [0] * len(many))
        cells[cell] = [a + b for a, b in zip(before, many, strict=True)]
    rows = [(*cell, *many) for cell, many in cells.items() if any(many)]
    if rows:
        _sql.run("note", of.parts, **arrays(rows))

"""A list on paper: so many lines to a sheet of A4, each sheet with its title, heads and number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dancu.web.kit.cells import cell
from dancu.web.kit.columns import PAPER
from dancu.web.kit.lists import Listing

A_SHEET = 25
MOST = 40 * A_SHEET  # more paper than that nobody carries


@dataclass(frozen=True)
class PaperSheet:
    """`before`: how many lines stand on the sheets before it."""

    number: int
    before: int
    rows: Sequence[Any]


@dataclass(frozen=True)
class ListOnPaper:
    """What kit/paper.html prints. `about`: what was asked for, by whom and when; `back`: the list's address;
    `is_cut`: whether there are more than `most`.
    """

    title: str
    about: str
    back: str
    listing: Listing[Any]
    rows: Sequence[Any]
    most: int = MOST
    is_cut: bool = False

    @property
    def sheets(self) -> list[PaperSheet]:
        """The sheets, in order."""
        starts = range(0, len(self.rows), A_SHEET)
        return [
            PaperSheet(number, start, self.rows[start : start + A_SHEET])
            for number, start in enumerate(starts, 1)
        ]

    @property
    def columns(self) -> list[Any]:
        """Those that stand on paper."""
        return self.listing.on(PAPER)

    def cells(self, row: Any) -> list[Any]:
        """What stands in them; it cannot be pressed."""
        return [cell(column.value(row)) for column in self.columns]

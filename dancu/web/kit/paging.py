"""Pages of a list: numbered ones where the whole is counted, or only the next where a list has no end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from django.core.paginator import Paginator

T = TypeVar("T")


@dataclass(frozen=True)
class Pages:
    """The numbered pages of a list of `total` lines, `size` to a page; `page` is shown. kit/pages.html
    shows them.
    """

    page: int
    size: int
    total: int

    @property
    def skip(self) -> int:
        """How many lines stand before this page."""
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(ceil(self.total / self.size), 1)

    @property
    def numbers(self) -> Iterable[int | str]:
        """Those to be offered, with “…” for those left out; none where there is but one."""
        paginator = Paginator(range(self.total), self.size)
        return paginator.get_elided_page_range(self.page) if self.last > 1 else []  # pyright: ignore


def first(found: Sequence[T], size: int) -> tuple[Sequence[T], T | None]:
    """A page of what was `found` by asking for one more than a page holds; and its last line, after which the
    next page begins, None where there is none.
    """
    return found[:size], found[size - 1] if len(found) > size else None

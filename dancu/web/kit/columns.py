"""A column of a list, said once: what stands in it on the page, in files and on paper, and how the list is
ordered by it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import QueryDict
from django.utils.functional import Promise

from dancu.web.kit import address

Words = str | Promise
Row = TypeVar("Row")

PAGE, FILE, PAPER = "page", "file", "paper"
EVERYWHERE = (PAGE, FILE, PAPER)


@dataclass(frozen=True)
class ListColumn(Generic[Row]):
    """`value`: what files hold: text, a whole number, a day or a moment; None for nothing. `shown`: what the
    page shows where that is another thing (dancu.web.kit.cells). `on`: where the column stands.

    `order`: its name in an address, where the list can be ordered by it; `key`: by what, where the rows are
    ordered here and not by the database (None: unknown, and last). `falling`: the greatest come first when
    its head is pressed.
    """

    name: str
    words: Words
    value: Callable[[Row], Any] = lambda _row: None
    shown: Callable[[Row], Any] | None = None
    on: tuple[str, ...] = EVERYWHERE
    order: str = ""
    key: Callable[[Row], Any] | None = None
    falling: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class ListOrder:
    """What a list is ordered by. In an address “name” or, falling, “-name”."""

    by: str
    falling: bool = False

    def __str__(self) -> str:
        return f"-{self.by}" if self.falling else self.by


@dataclass(frozen=True)
class ListHead:
    """A column's head. `url`: the same list in this order, and once it has it the other way round; "" where
    there is none. `sorted`: the value of aria-sort, "" for another order.
    """

    name: str
    words: Words
    url: str
    sorted: str
    numeric: bool


def order_in(query: QueryDict, columns: Iterable[ListColumn[Any]], otherwise: ListOrder) -> ListOrder:
    """The order that an address asks for with `sort`."""
    sort = query.get("sort", "")
    asked = ListOrder(sort.removeprefix("-"), sort.startswith("-"))
    return asked if asked.by and asked.by in {column.order for column in columns} else otherwise


def heads(
    query: QueryDict, columns: Iterable[ListColumn[Any]], order: ListOrder, anchor: str = ""
) -> list[ListHead]:
    """The heads of the list that `query` asks for, which is in this order."""
    return [_head(query, column, order, anchor) for column in columns]


def in_order(rows: Iterable[Row], columns: Sequence[ListColumn[Row]], order: ListOrder) -> list[Row]:
    """The rows by that column's key; what is not known comes last, either way."""
    key = next(column.key for column in columns if column.order == order.by and column.key)
    rows = list(rows)
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=order.falling)
    return known + [row for row in rows if key(row) is None]


def _head(query: QueryDict, column: ListColumn[Any], order: ListOrder, anchor: str) -> ListHead:
    if not column.order:
        return ListHead(column.name, column.words, "", "", column.numeric)
    is_current = column.order == order.by
    asked = address.without_page(query)
    asked["sort"] = str(ListOrder(column.order, not order.falling if is_current else column.falling))
    now = ("descending" if order.falling else "ascending") if is_current else ""
    return ListHead(column.name, column.words, f"?{asked.urlencode()}{anchor}", now, column.numeric)

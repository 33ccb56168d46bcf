"""A list, said once: its columns stand on the page, in CSV and XLSX, and on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from dancu.web.kit import address, columns, filters
from dancu.web.kit.cells import cell
from dancu.web.kit.columns import FILE, PAGE, ListColumn, ListHead, ListOrder, Row, Words
from dancu.web.kit.filters import ListFilter, ShownFilter
from dancu.web.sheets import csv_file, xlsx_file


@dataclass(frozen=True)
class ShownLine:
    """A line of the page: the row, and its cells, each with its head."""

    row: Any
    cells: Sequence[tuple[ListHead, Any]]


@dataclass(frozen=True)
class ShownList:
    """A list as kit/list.html shows it. `query`: of the same list in files and on paper; `following`: the
    address of what follows, "" where nothing does.
    """

    caption: Words
    heads: Sequence[ListHead]
    lines: Sequence[ShownLine]
    filters: Sequence[ShownFilter]
    query: str
    following: str = ""

    @property
    def has_deeds(self) -> bool:
        """Whether a line has a button."""
        return any("formaction" in str(value) for line in self.lines for _head, value in line.cells)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """`title`: what it is a list of; the sheet of a workbook is called so. `file`: what a file of it is
    called, before its day. `order`: the one it has where none is asked for, as an address says it.
    """

    title: Words
    columns: Sequence[ListColumn[Row]]
    file: str = ""
    filters: Sequence[ListFilter] = ()
    size: int = 50
    order: str = ""

    def on(self, place: str) -> list[ListColumn[Row]]:
        """The columns that stand there."""
        return [column for column in self.columns if place in column.on]

    def order_in(self, query: QueryDict) -> ListOrder:
        """The order that an address asks for."""
        otherwise = ListOrder(self.order.removeprefix("-"), self.order.startswith("-"))
        return columns.order_in(query, self.columns, otherwise)

    def in_order(self, rows: Iterable[Row], query: QueryDict) -> list[Row]:
        """All rows as an address orders them."""
        return columns.in_order(rows, self.columns, self.order_in(query))

    def heads(self, query: QueryDict, anchor: str = "") -> list[ListHead]:
        """The heads of the page's columns."""
        return columns.heads(query, self.on(PAGE), self.order_in(query), anchor)

    def asked(self, request: HttpRequest) -> dict[str, str]:
        """What an address asks for, by the names of the filters, and `after` what; "" where it asks for
        nothing.
        """
        return filters.asked(request, self.filters)

    def lead_on(self, request: HttpRequest) -> HttpResponse:
        """To the list that the form above it asks for, which sends by POST."""
        return filters.lead_on(request, self.filters)

    def shown(
        self, request: HttpRequest, rows: Iterable[Row], anchor: str = "", after: str = ""
    ) -> ShownList:
        """A page of it. `anchor`: where on the page it stands, such as “#areas”. `after`: after what the next
        page begins, where there is one; it stands sealed in the address.
        """
        heads = self.heads(request.GET, anchor)
        lines = [
            ShownLine(row, [(head, cell((each.shown or each.value)(row))) for head, each in by_head])
            for row in rows
            for by_head in [list(zip(heads, self.on(PAGE), strict=True))]
        ]
        fields = filters.shown(request, self.filters)
        query = address.without_page(request.GET).urlencode()
        more = filters.following(request, self.filters, after) if after else ""
        return ShownList(self.title, heads, lines, fields, query, more)

    def table(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        """Heads in the reader's language, then a line for each row, as dancu.web.sheets takes them."""
        in_files = self.on(FILE)
        yield [str(column.words) for column in in_files]
        for row in rows:
            yield [_plain(column.value(row)) for column in in_files]

    def as_file(
        self, kind: str, rows: Iterable[Row], about: str = "", name: str = "", title: Words = ""
    ) -> HttpResponse:
        """All rows as a file, `kind` “csv” or “xlsx”, however many there are. `about`: a line above the heads
        of a workbook. `name`, `title`: what file and sheet are called where that is not always the same.
        """
        called = f"dancu-{name or self.file}-{timezone.localtime():%Y-%m-%d-%H%M}"
        if kind == "csv":
            return csv_file(self.table(rows), called)
        return xlsx_file(self.table(rows), called, str(title or self.title), about)


def _plain(value: Any) -> Any:
    """Lazy words are text; nothing is an empty cell."""
    return "" if value is None else str(value) if isinstance(value, Words) else value

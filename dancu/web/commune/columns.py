"""The heads of the list's columns; those it can be ordered by are links that do so, pressed again the
other way round.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dancu.isolation.lookups import Filters
from dancu.web.commune.wording import Words

_COLUMNS: list[tuple[str, Words, str]] = [  # (name of the column, its head, what it is ordered by)
    ("why", _("Points to check"), "attention"),
    ("who", _("Person"), "name"),
    ("phone", pgettext_lazy("column of a list", "Phone"), ""),
    ("state", pgettext_lazy("of an arrival", "Status"), "news"),
    ("journey", _("Journey"), ""),
    ("expected", _("Expected"), "expected"),
]
_UPWARDS = ("name", "expected")  # what begins with its least


@dataclass(frozen=True)
class ListColumn:
    """A column's head. `url`: the same list in this order, "" where there is none; `sorted`: the value of
    aria-sort, "" for another order.
    """

    name: str
    words: Words
    url: str
    sorted: str


def columns(query: QueryDict, filters: Filters) -> list[ListColumn]:
    """The heads of the list that `query` asks for."""
    return [_column(query, filters, *column) for column in _COLUMNS]


def _column(query: QueryDict, filters: Filters, name: str, words: Words, order: str) -> ListColumn:
    if not order:
        return ListColumn(name, words, "", "")
    is_current = filters.order == order
    upwards = (order in _UPWARDS) != filters.backwards
    asked = query.copy()
    asked.pop("page", None)
    asked["sort"] = f"-{order}" if is_current and not filters.backwards else order
    is_sorted = ("ascending" if upwards else "descending") if is_current else ""
    return ListColumn(name, words, f"?{asked.urlencode()}", is_sorted)

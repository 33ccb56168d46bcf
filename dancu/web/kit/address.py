"""What a page's address asks for. Anybody may have written it: what means nothing there is passed over."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.http import QueryDict

_YEARS = range(2000, 2101)  # outside of these no list has anything
_DIGITS, _MOST_PAGES = 9, 100_000


def number(text: str, known: Collection[int] | None = None, digits: int = _DIGITS) -> int | None:
    """A whole number of at most so many digits; None for anything else, or one that is not `known`."""
    if not (text.isascii() and text.isdigit() and len(text) <= digits):
        return None
    value = int(text)
    return value if known is None or value in known else None


def numbers(texts: Iterable[str], digits: int = 18) -> list[int]:
    """Those of the texts that are numbers, each once."""
    found = (number(text, digits=digits) for text in texts)
    return list(dict.fromkeys(value for value in found if value is not None))


def day(text: str) -> dt.date | None:
    """A day as a date field sends it."""
    try:
        value = dt.date.fromisoformat(text.strip()) if len(text) < 12 else None
    except ValueError:
        return None
    return value if value and value.year in _YEARS else None


def known(values: Collection[str], all_known: Iterable[str]) -> tuple[str, ...]:
    """Those of what is known that stand among the values, in the order in which they are known."""
    return tuple(value for value in all_known if value in values)


def page(query: QueryDict) -> int:
    """Which page of a list is asked for, from 1."""
    return min(number(query.get("page", "")) or 1, _MOST_PAGES)


def without_page(query: QueryDict) -> QueryDict:
    """The same list from its beginning, to be asked for otherwise or elsewhere."""
    asked = query.copy()
    for name in ("page", "before", "after"):
        asked.pop(name, None)
    return asked

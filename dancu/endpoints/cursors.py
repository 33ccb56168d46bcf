"""Long lists, page by page: `next` of one page is the `cursor` of the next.

A cursor is the key of the last row that was given, and what the list was asked for: no page is lost or given
twice where rows are added meanwhile, as with an offset, and the thousandth page costs what the first does. It
is not signed: whoever makes one up begins elsewhere in a list that they may read anyway, since each page is
asked for by the same rights as the first.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from django.utils.translation import gettext_noop

from dancu.endpoints.problems import BAD_CURSOR, Refusal

T = TypeVar("T")
LONGEST: Final = 500  # letters of a cursor
MOST: Final = 1000  # rows of a page


class PagedQuery(msgspec.Struct, kw_only=True):
    """What every list in pages may be asked besides."""

    cursor: Annotated[
        str,
        msgspec.Meta(
            max_length=LONGEST,
            description=gettext_noop("“next” of the page before; none for the first"),
        ),
    ] = ""
    limit: Annotated[
        int,
        msgspec.Meta(ge=1, le=MOST, description=gettext_noop("how many at most; a page may have fewer")),
    ] = 100


class CursorPage(msgspec.Struct, Generic[T]):
    """A page of a list. `next`: the cursor of the next page, null on the last."""

    items: list[T]
    next: str | None = None


def written(key: Sequence[Any]) -> str:
    """The cursor that stands for a row's key: texts, whole numbers, dates, UUIDs."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode("ascii")


def read(cursor: str, of: type[T]) -> T | None:
    """The key that a cursor stands for, a tuple of such types; None for the first page. Raises Refusal."""
    if not cursor:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=of)
    except (binascii.Error, UnicodeEncodeError, msgspec.DecodeError, RecursionError):
        raise Refusal(BAD_CURSOR, field="cursor") from None


def page(rows: Sequence[T], limit: int, key: Callable[[T], Sequence[Any]]) -> tuple[Sequence[T], str | None]:
    """The page and the cursor of the next, out of rows of which one more than `limit` was asked for. `key`:
    of a row, all by which the list is ordered.
    """
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], written(key(rows[limit - 1]))

"""What officials asked of the register, kept in their session for a while: what is asked is in no address
and no log.
"""

import secrets
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict

from django.http import HttpRequest

from dancu.accounts.sessions import short_lived
from dancu.matching.lookups import PartialDate, ReadLine
from dancu.register.lookups import Position

KEPT = 900  # seconds, so that the way back from a record leads to what was found
_MOST, _NAME = 6, short_lived("register_searches")


class SearchBoxes(TypedDict):
    """What stands in the form of a search."""

    line: str
    number: str
    phone: str
    name: str
    birth_date: list[Any] | None  # year, month and day, as far as they are known
    commune: int | None


@dataclass
class KeptSearch:
    """A search. `boxes`: what stands in the form; `lines`: its readings, the one that found somebody first
    once that is known. `starts`: where each page after the first begins.
    """

    boxes: SearchBoxes
    lines: list[ReadLine]
    settled: bool = False
    starts: list[Position] = field(default_factory=list)


def keep(request: HttpRequest, asked: KeptSearch, token: str = "") -> str:
    """Keep it, and return the name by which it is found again. The oldest are forgotten."""
    token = token or secrets.token_urlsafe(8)
    kept = {name: row for name, row in _all(request).items() if name != token}
    kept[token] = {
        "at": int(time.time()),
        "boxes": asked.boxes,
        "lines": [_plain(line) for line in asked.lines],
        "settled": asked.settled,
        "starts": [[at.otherwise, at.born.isoformat(), at.person_id] for at in asked.starts],
    }
    request.session[_NAME] = dict(list(kept.items())[-_MOST:])
    return token


def saved_search(request: HttpRequest, token: str) -> KeptSearch | None:
    """The search of this name; None where it is no longer kept."""
    row = _all(request).get(token)
    if row is None:
        return None
    starts = [
        Position(otherwise, date.fromisoformat(born), person_id)
        for otherwise, born, person_id in row["starts"]
    ]
    return KeptSearch(row["boxes"], [_line(line) for line in row["lines"]], row["settled"], starts)


def last(request: HttpRequest, token: str = "") -> str:
    """The name of the search that somebody came from, or of the last one; "" where none is kept."""
    found = _all(request)
    return token if token in found else next(reversed(found), "")


def _all(request: HttpRequest) -> dict[str, Any]:
    found = request.session.get(_NAME, {})
    return {name: row for name, row in found.items() if time.time() - row["at"] <= KEPT}


def _plain(line: ReadLine) -> dict[str, Any]:
    born = line.birth_date
    return vars(line) | {"birth_date": born and [born.year, born.month, born.day]}


def _line(row: dict[str, Any]) -> ReadLine:
    born = row["birth_date"] and PartialDate(*row["birth_date"])
    several = {name: tuple(row.get(name, ())) for name in ("places", "unread", "passports")}
    values: dict[str, Any] = row | several | {"birth_date": born}
    return ReadLine(**values)

"""Reading who is coming to a commune and who has left it, within the official's jurisdiction and on the record."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.areas.errors import UnknownArea
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.isolation.errors import NoSuchArrival
from dancu.register import lookups as register

_sql = Queries(__file__)
_PARTS = {
    "listed": _sql.text("listed").split("\n", 1)[1],  # before `attention`, which stands in it
    "attention": f"({_sql.text('attention').split(chr(10), 1)[1]})",
}

STATES = ("declared", "told_to_stay", "on_the_way", "held", "turned_back", "met", "withdrawn")
SEEN_WITHIN = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Filters:
    """What of the list to show. `leaving`: who left our communes instead of who comes. `attention`: only what to look at
    first. `text`: part of a name, plate or telephone. `area_id`: one unit of the jurisdiction, and what is below it."""

    leaving: bool = False
    states: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    attention: bool = False
    warned: bool = False
    text: str = ""
    days: int = 7
    area_id: int | None = None


def arrivals(
    acting: Acting, filters: Filters, most: int = 100, skip: int = 0, refreshed: bool = False
) -> list[dict[str, Any]]:
    """Arrivals of the official's communes, what needs attention first (`attention` 3 … 0); `total`: how many in all.

    Each person listed is written to the audit; where the list `refreshed` itself, only those whom this official's lists
    have not shown within the hour.
    """
    rows = _sql.all("arrivals", _PARTS, most=most, skip=skip, **_asked(acting, filters))
    people = [row["person_id"] for row in rows]
    if refreshed:
        audit.record_unless_within(SEEN_WITHIN, acting, "arrivals.list", people)
    else:
        audit.record(acting, "arrivals.list", people)
    return rows


def every_arrival(acting: Acting, filters: Filters, kind: str) -> Iterator[dict[str, Any]]:
    """The whole list in the same order, for a file of this kind; whoever is handed out is written to the audit first."""
    for rows in _sql.batches("arrivals", _PARTS, most=None, skip=0, **_asked(acting, filters)):
        audit.record(acting, "arrivals.export", [row["person_id"] for row in rows], detail=kind)
        yield from rows


def news(acting: Acting, filters: Filters) -> dict[str, Any]:
    """What tells that the list has changed: `latest`, the time of its last news, and `people`, its length. Nobody's data."""
    return _sql.one("news", _PARTS, **_asked(acting, filters)) or {}


def summary(acting: Acting, filters: Filters) -> dict[str, int]:
    """How many arrivals in each state, with `attention` for those that need looking at first and `all`. Counts only."""
    counts: dict[str, int] = dict.fromkeys((*STATES, "attention", "all"), 0)
    for row in _sql.all("summary", _PARTS, **_asked(acting, filters)):
        counts[row["state"]] += row["people"]
        counts["all"] += row["people"]
        counts["attention"] += row["people"] if row["attention"] == 3 else 0
    return counts


def by_area(acting: Acting, filters: Filters) -> list[dict[str, Any]]:
    """The same counts for each commune that has any: rows of area_id, people, attention, declared, on_the_way, met."""
    return _sql.all("by_area", _PARTS, **_asked(acting, filters))


def arrival(acting: Acting, declaration_id: UUID) -> dict[str, Any]:
    """One arrival from or to the official's communes. Raises NoSuchArrival. Written to the audit."""
    row = _sql.one(
        "of_declaration", _PARTS, declaration_id=declaration_id, areas=register.visible_areas(acting), today=_today()
    )
    if row is None:
        raise NoSuchArrival
    audit.record(acting, "arrivals.view", [row["person_id"]], detail=str(declaration_id))
    return row


def journeys(acting: Acting, person_id: int) -> list[dict[str, Any]]:
    """All journeys of a person who lives in the official's communes or came to or left one of them, latest first.

    Raises NoSuchArrival for anyone else. Written to the audit.
    """
    rows, own = arrivals_of(person_id), register.visible_areas(acting)
    near = own is None or any(row["origin_area"] in own or row["destination_area"] in own for row in rows)
    if not (rows and near) and not (person_id > 0 and register.may_see(acting, person_id)):
        audit.record(acting, "movements.refused", [person_id])
        raise NoSuchArrival
    audit.record(acting, "movements.view", [person_id])
    return rows


def arrivals_of(person_id: int) -> list[dict[str, Any]]:
    """A person's journeys, latest first, for modules that answer for the reader themselves."""
    return _sql.all("of_person", _PARTS, person_id=person_id, today=_today())


def _asked(acting: Acting, filters: Filters) -> dict[str, Any]:
    text = _like(fold(filters.text))
    number = "".join(letter for letter in text if letter not in " .-")
    return {
        "areas": _within(acting, filters.area_id),
        "since": timezone.now() - dt.timedelta(days=filters.days),
        "today": _today(),
        "leaving": filters.leaving,
        "states": list(filters.states) or None,
        "outcomes": list(filters.outcomes) or None,
        "attention": filters.attention,
        "warned": filters.warned,
        "name": f"%{text}%" if text else None,
        "number": f"%{number}%" if number else None,
    }


def _within(acting: Acting, area_id: int | None) -> list[int] | None:
    """The areas asked for, as far as they are the official's own."""
    own = register.visible_areas(acting)
    if area_id is None:
        return own
    try:
        asked = areas.ids_below(area_id)
    except UnknownArea:
        return []
    return asked if own is None else sorted(set(own).intersection(asked))


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _today() -> dt.date:
    return timezone.localdate()

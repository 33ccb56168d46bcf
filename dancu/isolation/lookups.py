"""Reading who is coming to a commune and who has left it, within the official's jurisdiction and on the record."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.isolation.errors import NoSuchArrival
from dancu.register.lookups import visible_areas

_sql = Queries(__file__)
_PARTS = {"attention": f"({_sql.text('attention').split(chr(10), 1)[1]})"}

STATES = ("declared", "on_the_way", "held", "turned_back", "met", "withdrawn")


@dataclass(frozen=True)
class Filters:
    """What of the list to show. `leaving`: who left our communes instead of who comes. `text`: part of a name, plate or telephone."""

    leaving: bool = False
    states: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    warned: bool = False
    text: str = ""
    days: int = 7


def arrivals(acting: Acting, filters: Filters, most: int = 100, skip: int = 0) -> list[dict[str, Any]]:
    """Arrivals of the official's communes, what needs attention first (`attention` 3 … 0). Each person listed is written to the audit."""
    text = filters.text.strip().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    rows = _sql.all(
        "arrivals", _PARTS, areas=visible_areas(acting), since=_since(filters), leaving=filters.leaving,
        states=list(filters.states) or None, outcomes=list(filters.outcomes) or None, warned=filters.warned,
        name=f"%{text}%" if text else None, most=most, skip=skip,
    )  # fmt: skip
    audit.record(acting, "arrivals.list", [row["person_id"] for row in rows])
    return rows


def summary(acting: Acting, filters: Filters) -> dict[str, int]:
    """How many arrivals in each state, with `attention` for those that need looking at first and `all`. Counts only, nobody's data."""
    counts: dict[str, int] = dict.fromkeys((*STATES, "attention", "all"), 0)
    for row in _sql.all("summary", _PARTS, areas=visible_areas(acting), since=_since(filters), leaving=filters.leaving):
        counts[row["state"]] += row["people"]
        counts["all"] += row["people"]
        counts["attention"] += row["people"] if row["attention"] == 3 else 0
    return counts


def arrival(acting: Acting, declaration_id: UUID) -> dict[str, Any]:
    """One arrival from or to the official's communes. Raises NoSuchArrival. Written to the audit."""
    row = _sql.one("of_declaration", _PARTS, declaration_id=declaration_id, areas=visible_areas(acting))
    if row is None:
        raise NoSuchArrival
    audit.record(acting, "arrivals.view", [row["person_id"]], detail=str(declaration_id))
    return row


def arrivals_of(person_id: int) -> list[dict[str, Any]]:
    """A person's journeys, latest first, for modules that answer for the reader themselves."""
    return _sql.all("of_person", _PARTS, person_id=person_id)


def _since(filters: Filters) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=filters.days)

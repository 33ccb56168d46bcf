"""Reading who is coming to a commune and who has left it, within the official's jurisdiction and on the
record.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.isolation.asking import ORDERS, PARTS, Filters, graded, question, today
from dancu.isolation.errors import NoSuchArrival
from dancu.isolation.movements import (
    LONGEST_REASON,
    REASONS,
    Journeys,
    arrivals_of,
    ask_for_journeys,
    journeys,
    reason_in_words,
)
from dancu.isolation.people import as_it_counts, hundreds, ids, people
from dancu.isolation.rows import (
    GradedArrival,
    HeldAtStation,
    ListedArrival,
    ListNews,
    ShownArrival,
    WarnedPeople,
)
from dancu.isolation.sums import CODES
from dancu.register import lookups as register

__all__ = [
    "LIVE",
    "LONGEST_REASON",
    "ORDERS",
    "REASONS",
    "SEEN_WITHIN",
    "STATES",
    "ArrivalsPage",
    "Filters",
    "Journeys",
    "News",
    "arrival",
    "arrivals",
    "arrivals_of",
    "ask_for_journeys",
    "by_area",
    "ended_since",
    "every_arrival",
    "held",
    "how_many",
    "journeys",
    "listing",
    "news",
    "number",
    "person",
    "reason_in_words",
    "registered_phone",
    "state_of",
    "summary",
    "warned",
    "whose_journeys",
]

_sql = Queries(__file__)

STATES = tuple(CODES)
LIVE = ("declared", "told_to_stay", "on_the_way", "held")  # still expected, or to be looked after
SEEN_WITHIN = dt.timedelta(hours=1)


@dataclass(frozen=True)
class ArrivalsPage:
    """A page of the list, how many people are on all pages, and how many there are whatever the filters
    (as `summary`).
    """

    people: list[ListedArrival]
    total: int
    counts: dict[str, int]


def listing(
    acting: Acting, filters: Filters, most: int = 100, skip: int = 0, refreshed: bool = False
) -> ArrivalsPage:
    """The people who come to the official's communes (or have left them), each once, what needs attention
    first (`attention` 4 … 0).

    A person is the row of their newest journey that is still expected (else of their newest), with
    `attention`, `state`, `outcome` the worst of what counts, `warnings` all of theirs, `warned_elsewhere`
    (last at `warned_at`) those of journeys of no concern to the communes, of them `found_elsewhere` (last at
    `found_elsewhere_at`) those that a station found, `overdue_since`, `others` their other journeys, and
    `phone_differs`: whether a telephone was declared that is not the register's.

    Each person listed is written to the audit; where the list `refreshed` itself, only those whom this
    official's lists have not shown within the hour.
    """
    asked = question(acting, filters)
    rows = _sql.of(ListedArrival).all("arrivals", asked.parts, most=most, skip=skip, **asked.values)
    found = people(row for row in rows if row["place"])
    seen = list(ids(found))
    if refreshed:
        audit.record_unless_within(SEEN_WITHIN, acting, "arrivals.list", seen)
    else:
        audit.record(acting, "arrivals.list", seen)
    return ArrivalsPage(found, rows[0]["total"] or 0, _counted(rows[0]["counts"]))


def arrivals(acting: Acting, filters: Filters, most: int = 100, skip: int = 0) -> list[ListedArrival]:
    """The people of a page of the list."""
    return listing(acting, filters, most, skip).people


def every_arrival(
    acting: Acting, filters: Filters, kind: str, most: int | None = None
) -> Iterator[ListedArrival]:
    """The whole list in the same order, for a file or a sheet of this kind; whoever is handed out is
    written to the audit first.
    """
    asked = question(acting, filters)
    batches = _sql.of(ListedArrival).batches("arrivals", asked.parts, most=most, skip=0, **asked.values)
    journeys = (row for rows in batches for row in rows if row["place"])
    for found in hundreds(group for _place, group in groupby(journeys, key=lambda row: row["place"])):
        audit.record(acting, "arrivals.export", ids(found), detail=kind)
        yield from found


class News(NamedTuple):
    """What tells that the list has changed: its `latest` time (None for nobody) and length, and those
    with a health warning in the other.
    """

    latest: dt.datetime | None
    journeys: int
    warned_elsewhere: int
    latest_elsewhere: dt.datetime | None


def news(acting: Acting, filters: Filters) -> News:
    """What there is now. Nobody's data."""
    asked = question(acting, filters, everybody=True)
    (here,) = _sql.of(ListNews).all("news", asked.parts, **asked.values)
    there = warned(acting, not filters.leaving)
    return News(here["latest"], here["journeys"], there["people"], there["latest"])


def warned(acting: Acting, leaving: bool) -> WarnedPeople:
    """How many `people` with a health warning come to the official's communes or leave them, and the
    `latest` news of them. Counts only.
    """
    asked = question(acting, Filters(leaving=leaving))
    (found,) = _sql.of(WarnedPeople).all("warned", asked.parts, **asked.values)
    return found


def summary(acting: Acting, filters: Filters) -> dict[str, int]:
    """How many people in each state, which together are `all`; apart from that `attention`, those who need
    looking at first, `warned` and `overdue`. Counts only.
    """
    asked = question(acting, filters, everybody=True)
    return _counted((_sql.one("summary", asked.parts, **asked.values) or {})["counts"])


def how_many(acting: Acting, filters: Filters) -> int:
    """The people on all pages of the list. A count only."""
    asked = question(acting, filters)
    return (_sql.one("how_many", asked.parts, **asked.values) or {})["people"]


def by_area(acting: Acting, filters: Filters) -> list[dict[str, int]]:
    """The same counts for each commune that has any: rows of area_id, people, attention and the number in
    each state.

    Whoever goes to two communes is counted in each of them.
    """
    asked = question(acting, filters, by_area=True, everybody=True)
    return _sql.all("by_area", asked.parts, **asked.values)


def arrival(acting: Acting, declaration_id: UUID) -> GradedArrival:
    """One arrival from or to the official's communes. Raises NoSuchArrival. Written to the audit."""
    row = _of_declaration(acting, declaration_id)
    audit.record(acting, "arrivals.view", [row["person_id"]], detail=str(declaration_id))
    return row


def person(acting: Acting, filters: Filters, declaration_id: UUID) -> ShownArrival:
    """The person of an arrival as `listing` shows them in that list's period and area, whether the other
    filters fit or not.

    Raises NoSuchArrival. Written to the audit.
    """
    one = arrival(acting, declaration_id)
    asked = question(acting, filters, everybody=True)
    parts = asked.parts | {"within": asked.parts["within"] + " AND {who} = %(who)s", "chosen": "fits"}
    rows = _sql.of(ListedArrival).all("arrivals", parts, most=1, skip=0, who=one["who"], **asked.values)
    found = people(row for row in rows if row["place"])
    return found[0] if found else one


def number(acting: Acting, declaration_id: UUID) -> str:
    """The number that was declared, in full: on the record by itself, since a page shows it masked.
    Raises NoSuchArrival.
    """
    row = _of_declaration(acting, declaration_id)
    audit.record(acting, "arrivals.number_shown", [row["person_id"]], detail=str(declaration_id))
    return row["number"]


def state_of(person_id: int, declaration_id: UUID) -> str | None:
    """How far the journey of a declaration is (a state of `arrival`), for modules that answer for the
    reader themselves.
    """
    row = _sql.one("state", person_id=person_id, declaration_id=declaration_id)
    return row["state"] if row else None


def ended_since(moment: dt.datetime) -> list[UUID]:
    """Declarations whose journey has ended since then: somebody met the traveller."""
    return [row["declaration_id"] for row in _sql.all("ended_since", since=moment)]


def whose_journeys(declaration_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Under whom these declarations' journeys stand, somebody unknown under one id for all that is surely
    theirs; for modules that answer for the reader themselves.
    """
    rows = _sql.all("whose_journeys", PARTS, declarations=list(declaration_ids))
    return {row["declaration_id"]: row["who"] for row in rows}


def held(declaration_ids: Iterable[UUID], since: dt.datetime) -> list[HeldAtStation]:
    """Who of those whose arrivals these are is being held at a station, since then or later, with whatever
    pass.

    The caller has met them, which is on the record.
    """
    return _sql.of(HeldAtStation).all("held", PARTS, declarations=list(declaration_ids), since=since)


def unknown_as(person_id: int) -> list[UUID]:
    """The declarations of those whom the register did not recognise who are surely this person."""
    return [row["declaration_id"] for row in _sql.all("unknown_as", person_id=person_id)]


def registered_phone(acting: Acting, person_id: int) -> str:
    """The register's telephone of a person of the official's jurisdiction; "" of anyone else. The caller has
    written the audit, of what was declared beside it.
    """
    if person_id < 0 or not register.may_see(acting, person_id):
        return ""
    return register.people([person_id]).get(person_id, {}).get("phone") or ""


def _of_declaration(acting: Acting, declaration_id: UUID) -> GradedArrival:
    areas = register.visible_areas(acting)
    row = _sql.of(GradedArrival).one(
        "of_declaration", graded(), declaration_id=declaration_id, areas=areas, **_now()
    )
    if row is None:
        raise NoSuchArrival
    return as_it_counts(row, timezone.now())


def _now() -> dict[str, Any]:
    return {"today": today(), "now": timezone.now()}


def _counted(of_states: dict[str, dict[str, int]] | str | None) -> dict[str, int]:
    found = json.loads(of_states) if isinstance(of_states, str) else of_states or {}
    counts: dict[str, int] = dict.fromkeys(("attention", "warned", "overdue", "all", *STATES), 0)
    for state, numbers in found.items():
        counts[state] += numbers["people"]
        counts["all"] += numbers["people"]
        for kind in ("attention", "warned", "overdue"):
            counts[kind] += numbers[kind]
    return counts

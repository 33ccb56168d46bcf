"""Rows of journeys as people: each person once, with the worst of what counts, and by what to call them."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from django.utils import timezone

from dancu.db.queries import Queries
from dancu.isolation.asking import PARTS
from dancu.isolation.rows import LastTelephone, ListedArrival, ShownArrival
from dancu.register import lookups as register

_sql = Queries(__file__)

_Shown = TypeVar("_Shown", bound=ShownArrival)

_WORST = ("disagrees", "not_found", "unreadable", "passport", "differences", "confirmed")


def as_it_counts(row: _Shown, now: dt.datetime) -> _Shown:
    """A journey (a row) with those signs of an illness that count: what a station found, and what was
    declared, each sign for its own time. What was declared for the journey itself is still told when all of
    it is over.
    """
    own, elsewhere = _left(row["each_until"], now), _left(row["elsewhere_until"], now)
    counted = row.copy()
    counted["warnings"] = [sign for sign in row["warnings"] if sign in own or sign in row["found"]] or row[
        "warnings"
    ]
    counted["warned_elsewhere"] = [
        sign for sign in row["warned_elsewhere"] if sign in elsewhere or sign in row["found_elsewhere"]
    ]
    return counted


def people(rows: Iterable[ListedArrival]) -> list[ListedArrival]:
    """Rows of journeys, each person's one after the other, as people."""
    return with_phones(
        [_person(list(group)) for _place, group in groupby(rows, key=lambda row: row["place"])]
    )


def hundreds(groups: Iterable[Iterable[ListedArrival]], many: int = 500) -> Iterator[list[ListedArrival]]:
    """People, five hundred at a time."""
    found = []
    for group in groups:
        found.append(_person(list(group)))
        if len(found) == many:
            yield with_phones(found)
            found = []
    if found:
        yield with_phones(found)


def ids(found: Iterable[ListedArrival]) -> Iterator[int]:
    """Under whom their journeys stand: of somebody unknown each under an id of its own."""
    return (row["person_id"] for person in found for row in (person, *person.get("others", ())))


def _person(found: list[ListedArrival]) -> ListedArrival:
    """One person of their journeys there, the one to be shown first."""
    now = timezone.now()
    shown, *others = found = [as_it_counts(row, now) for row in found]
    standing = next((row for row in found if row["state"] == shown["stands"]), shown)  # whose state it is
    counting = [row for row in found if row["attention"] > 0] or [shown]
    # Also of what was met or called off: it heals nobody
    warnings = list(dict.fromkeys(warning for row in found for warning in row["warnings"]))
    elsewhere = {warning for row in found for warning in row["warned_elsewhere"]} - set(warnings)
    telling = [row for row in found if elsewhere.intersection(row["warned_elsewhere"])]
    outcomes = [row["outcome"] for row in counting if row["state"] not in ("turned_back", "withdrawn")] or [
        shown["outcome"]
    ]
    outcome = min(outcomes, key=_WORST.index)
    return {
        **shown,
        "attention": shown["worst"],
        "state": shown["stands"],
        "outcome": outcome,
        "differing": next(
            (row["differing"] for row in found if row["outcome"] == outcome), shown["differing"]
        ),
        "warnings": warnings,
        "warned_elsewhere": sorted(elsewhere),
        "found_elsewhere": sorted({sign for row in found for sign in row["found_elsewhere"]} & elsewhere),
        "warned_at": _last(row["warned_at"] for row in telling),
        "found_elsewhere_at": _last(row["found_elsewhere_at"] for row in telling),
        "note": next((row["met_note"] for row in found if row["met_note"]), ""),
        "moved_at": max(row["moved_at"] for row in found),
        "crossed_at": standing["crossed_at"],
        "station_id": standing["station_id"],
        "ended_as": standing["ended_as"],
        "met_at": standing["met_at"],
        "met_by": standing["met_by"],
        "stood_at": standing["moved_at"],
        "others": others,
    }


def with_phones(rows: list[_Shown]) -> list[_Shown]:
    """Whether each declared a telephone other than the register's; and who declared none may be called by the
    last one that is known of them (`call`: a row of telephones), which may be that of whoever declared for
    them.
    """
    known = register.people({row["person_id"] for row in rows if row["person_id"] > 0 and row["phone"]})
    for row in rows:
        held = known.get(row["person_id"], {}).get("phone")
        row["phone_differs"] = bool(held and row["phone"] and held != row["phone"])
    without = {_who(row) for row in rows if not row["phone"]}
    last = _sql.of(LastTelephone).all("telephones", PARTS, whose=sorted(without)) if without else []
    given = {one["who"]: one for one in last}
    for row in rows:
        row["call"] = None if row["phone"] else given.get(_who(row))
    return rows


def _last(times: Iterable[dt.datetime | None]) -> dt.datetime | None:
    return max((at for at in times if at), default=None)


def _left(until: str | dict[str, str], now: dt.datetime) -> set[str]:
    """Which signs count still; `until`: when each ends."""
    ends = json.loads(until) if isinstance(until, str) else until
    return {sign for sign, end in ends.items() if dt.datetime.fromisoformat(end) > now}


def _who(row: ShownArrival) -> int:
    """As the statements say it."""
    if row["person_id"] > 0:
        return row["person_id"]
    return row["decided_as"] or row["stranger"] or row["person_id"]

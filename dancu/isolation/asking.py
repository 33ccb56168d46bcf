"""What of the commune's list is asked for, as the statements of queries.sql want it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.areas.errors import UnknownArea
from dancu.db.queries import Queries
from dancu.isolation.rule_kinds import ATTENTION
from dancu.register.lookups import visible_areas
from dancu.rules import lookups as rules
from dancu.text.folding import fold
from dancu.values.digits import clean_number
from dancu.values.phones import clean_phone

_sql = Queries(__file__)

AHEAD = dt.timedelta(days=45)  # nobody declares a journey longer before its end
REMEMBERED_FOR = dt.timedelta(
    days=14
)  # an illness is marked on what is over, if it was news not longer before
ILL_FOR = dt.timedelta(days=180)  # an older finding of a station is no news for a list of who comes
SHORTEST_NUMBER = 7  # letters and digits: a passport's

# What the list may be ordered by: the columns, what they need of each person beside the rest, and of each
# arrival
ORDERS = {
    "attention": ("attention DESC, moved_at DESC, who", "", ""),
    "news": ("moved_at DESC, who", "", ""),
    "name": (
        "substring(name_key FROM '[^ ]+$'), name_key, who",
        "max(name_key) AS name_key,",
        ", a.name_key",
    ),
    "expected": ("expected, attention DESC, who", "min(arrives_on) FILTER (WHERE rank > 3) AS expected,", ""),
    "declared": ("declared_at DESC, who", "max(declared_at) AS declared_at,", ", a.declared_at"),
}


@dataclass(frozen=True)
class Filters:
    """What of the list to show. `leaving`: who left our communes instead of who comes. A person is shown
    whole where any journey fits.

    `days`: with news of that many, or who may be ill by what still counts; where `arrives_from` or
    `arrives_until` is given, those who arrive then, whenever they declared. `states`, `attention` (only what
    to look at first) and `overdue`: of the person. `text`: a name or parts of it in any order, part of a
    plate or telephone, or a whole number as declared. `area_id`: one unit of the jurisdiction, and what is
    below it; `other_area_id`: a unit at the other end.
    """

    leaving: bool = False
    states: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    attention: bool = False
    warned: bool = False
    overdue: bool = False
    companions: bool = False
    text: str = ""
    days: int = 7
    arrives_from: dt.date | None = None
    arrives_until: dt.date | None = None
    area_id: int | None = None
    other_area_id: int | None = None
    order: str = "attention"
    backwards: bool = False


@dataclass(frozen=True)
class ListQuestion:
    """The parts that a statement leaves open, outermost first, and its values."""

    parts: dict[str, str]
    values: dict[str, Any]


def question(
    acting: Acting, filters: Filters, by_area: bool = False, everybody: bool = False
) -> ListQuestion:
    """What these filters ask for within the official's jurisdiction. `everybody`: only its period and
    area; `by_area`: for each commune.
    """
    ends = ("destination_area", "origin_area")
    end, other_end = reversed(ends) if filters.leaving else ends
    arriving = filters.arrives_from is not None or filters.arrives_until is not None
    order, extra, columns = ORDERS.get(filters.order, ORDERS["attention"])
    parts = {
        "people": _part("people"),
        "chosen": _part("chosen"),
        "graded": _part("graded"),
        "asked": _part("asked"),
        "still_ill": _part("still_ill"),
        "within": _part("within") + (_part("arriving") if arriving else ""),
        "columns": f", a.{end} AS area_id" if by_area else columns,
        "fits": "true",
        "counts": _part("no_counts" if by_area else "counts_of_people"),
        "order": _backwards(order) if filters.backwards else order,
        "extra": "area_id," if by_area else extra,
        "by": "1, 2" if by_area else "1",
        "end": end,
        "other_end": other_end,
    }
    if not everybody and (fitting := _fitting(filters)):
        parts |= {"columns": f"{parts['columns']}, (TRUE{fitting}) AS fits", "fits": "bool_or(fits)"}
    return ListQuestion(parts | graded(), _values(acting, filters))


def today() -> dt.date:
    return timezone.localdate()


def _part(name: str) -> str:
    """A statement's text without its caption."""
    lines = _sql.text(name).split("\n")
    return "\n".join(line for line in lines if not line.startswith("--"))


# Small parts that stand in others
PARTS = {
    name: f"({_part(name)})" for name in ("turned_last", "off_last", "rank", "live", "who", "kin", "ours")
}


def graded() -> dict[str, str]:
    """The same, and whom to look at first, by the rule that is in force."""
    return PARTS | {"attention": f"({rules.statement(ATTENTION.code)})"}


def _fitting(filters: Filters) -> str:
    asked_for = {
        "by_text": bool(filters.text),
        "by_outcome": bool(filters.outcomes),
        "by_warning": filters.warned,
        "by_companions": filters.companions,
        "by_other_end": filters.other_area_id is not None,
    }
    return "".join(_part(name) for name, is_asked in asked_for.items() if is_asked)


def _backwards(order: str) -> str:
    """The same columns from their other end."""
    return ", ".join(
        part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC" for part in order.split(", ")
    )


def _values(acting: Acting, filters: Filters) -> dict[str, Any]:
    text = _like(fold(filters.text))
    part = "".join(letter for letter in fold(filters.text) if letter.isalnum())
    number = clean_number(filters.text).replace(" ", "").upper()
    first = filters.arrives_from or dt.date(1, 1, 1)
    return {
        "areas": _within(acting, filters.area_id),
        "since": _since(filters),
        "ill_since": timezone.now() - ILL_FOR,
        "today": today(),
        "now": timezone.now(),
        "arrives_from": first,
        "arrives_until": filters.arrives_until or dt.date.max,
        "states": list(filters.states) or None,
        "attention": 3 if filters.attention else 0,
        "overdue": filters.overdue,
        "outcomes": list(filters.outcomes),
        "name": f"%{text}%",
        "words": [f"% {word}%" for word in text.split()],
        "phones": [f"%{form}%" for form in {part, clean_phone(part)}] if part else ["-"],
        "part": f"%{part}%" if part else "-",  # of a text of signs alone: of no plate and no telephone
        "number": number if len(number) >= SHORTEST_NUMBER else "-",
        "other_areas": _below(filters.other_area_id) if filters.other_area_id is not None else [],
    }


def _since(filters: Filters) -> dt.datetime:
    """The first news that counts: an index is read from there on."""
    if filters.arrives_from:
        midnight = dt.datetime.combine(filters.arrives_from, dt.time(), timezone.get_current_timezone())
        return midnight - AHEAD
    if filters.arrives_until:
        return timezone.now() - 2 * AHEAD
    return timezone.now() - dt.timedelta(days=filters.days)


def _within(acting: Acting, area_id: int | None) -> list[int] | None:
    """The areas asked for, as far as they are the official's own."""
    own = visible_areas(acting)
    if area_id is None:
        return own
    asked = _below(area_id)
    return asked if own is None else sorted(set(own).intersection(asked))


def _below(area_id: int) -> list[int]:
    try:
        return areas.ids_below(area_id)
    except UnknownArea:
        return []


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")

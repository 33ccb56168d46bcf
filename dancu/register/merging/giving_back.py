"""What a merge took from the other record, the kept one gives back: it says its own again of all the time
until something else happened.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from dancu.db.queries import Queries
from dancu.register import versions
from dancu.register.codes import DEAD
from dancu.register.errors import LaterEvent, NothingChanged
from dancu.register.events import checks
from dancu.register.merging import homes
from dancu.register.merging.catalogue import RELATIVES
from dancu.register.merging.lookups import TOGETHER, current_ids
from dancu.register.words import EVENTS, meaning

_sql = Queries(__file__)

_BELONGS_TO = {part: name for name, parts in TOGETHER.items() for part in parts}

Taken = Mapping[
    str, Mapping[str, Any]
]  # field: the other's `value`, and the kept record's own ones `before`, each since its day
Line = list[tuple[dt.date, Any]]  # since when it was so, beginning with date.min


def give_back(keep_id: int, taken: Taken) -> dict[str, list[Any]]:
    """The kept record's own values, period by period, until the day from which somebody changed them since;
    return field: [old, new].

    What belongs together (a home, its day and its address) is given back together. Raises LaterEvent where
    who would be dead again has moved since.
    """
    was = current(keep_id)
    groups: dict[str, dict[str, Any]] = {}
    for name, each in taken.items():
        groups.setdefault(_BELONGS_TO.get(name, name), {})[name] = each
    for group in _in_order(groups, was):
        _give_group_back(keep_id, group)
    now = current(keep_id)
    if now["status"] == DEAD != was["status"] and now["home_since"]:
        since = versions.as_day(now["home_since"])
        raise LaterEvent(meaning(EVENTS, "move"), checks.told_day(since))
    return {name: [was[name], now[name]] for name in taken if was[name] != now[name]}


def take_numbers(keep_id: int, added: Collection[Mapping[str, Any]]) -> None:
    """What the merge made a former number (entries of `carrying`) is none, now that one of the two bears
    it again.
    """
    numbers = [key for entry in added if entry["table"] == "former_number" for key in entry["keys"]]
    if numbers:
        _sql.all("take_numbers_back", person_id=keep_id, numbers=json.dumps(numbers))


def current(person_id: int) -> dict[str, Any]:
    """The row as JSON has it."""
    return _standing(person_id)[-1][1]


def _in_order(groups: Mapping[str, dict[str, Any]], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Nobody dies before their birth, between two steps either: the death that the other one brought goes
    before an own later birth comes back.
    """
    born = groups.get("birth_date", {}).get("birth_date", {}).get("before") or [[None, ""]]
    is_first = "status" if now["status_on"] and now["status_on"] < born[-1][1] else ""
    return [groups[name] for name in sorted(groups, key=lambda name: name != is_first)]


def _give_group_back(keep_id: int, taken: Taken) -> None:
    said = _standing(keep_id)
    own = {
        name: _line([(versions.as_day(day), value) for day, value in each["before"]])
        for name, each in taken.items()
    }
    its = _meant({name: each["value"] for name, each in taken.items()})
    changed = next(
        (
            day
            for day, record in said
            if any(record[name] not in (its[name], _at(own[name], day)) for name in taken)
        ),
        None,
    )
    if all(said[-1][1][name] == its[name] for name in taken):
        changed = None  # whatever was said in between is as the merge left it now
    if changed == dt.date.min:
        return
    later = [(day, record) for day, record in said if changed and day >= changed]
    days = {day for line in own.values() for day, _value in line if not changed or day < changed}
    told = {day: {name: _at(line, day) for name, line in own.items()} for day in days}
    mine = told[max(told)]
    for day, record in later:
        told[day] = {name: record[name] for name in taken}
        if "home_area" in taken and not record["home_since"] and record["home_area"] == its["home_area"]:
            told[day]["home_area"] = mine[
                "home_area"
            ]  # who lives nowhere any more lived last where they lived
    for day in sorted(told):
        with suppress(NothingChanged):
            versions.change(keep_id, told[day], day)
    if "home_area" in taken and changed:
        homes.lived_there(keep_id, instead_of=its, home=mine)


def _standing(person_id: int) -> Line:
    return _line(
        [(row["valid_from"], json.loads(row["record"])) for row in _sql.all("standing", person_id=person_id)]
    )


def _line(told: Line) -> Line:
    return [(day if nth else dt.date.min, value) for nth, (day, value) in enumerate(told)]


def _at(line: Line, day: dt.date) -> Any:
    return [value for since, value in line if since <= day][-1]


def _meant(values: Mapping[str, Any]) -> dict[str, Any]:
    """Relatives by the records that they are now."""
    now = current_ids(value for name, value in values.items() if name in RELATIVES and value)
    return {name: now.get(value, value) if name in RELATIVES else value for name, value in values.items()}

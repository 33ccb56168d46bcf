"""What an event does to people's records, in lines of old and new."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.areas import lookups as areas
from dancu.register import lookups
from dancu.register.actions import Effect
from dancu.register.events.lookups import household_numbers
from dancu.register.lookups import PersonFacts, RegisteredPerson, View
from dancu.web.office.records.record import FIELDS, value
from dancu.web.templatetags.dancu import day, pin

_HOME = ("home_area", "home_since", "home_address")
_PEOPLE = {
    "spouse_id": gettext_lazy("Husband or wife"),
    "mother_id": gettext_lazy("Mother"),
    "father_id": gettext_lazy("Father"),
}


@dataclass(frozen=True)
class ChangeLine:
    """One line of what will change. `whose`: the name, where it is not the person whose record this is."""

    label: str | Promise
    old: Any
    new: Any
    whose: str = ""


@dataclass(frozen=True)
class _Known:
    """What the ids in rows mean."""

    areas: Mapping[int, areas.Area]
    people: Mapping[int, RegisteredPerson]
    households: Mapping[int, str]


def lines_of(effects: Sequence[Effect], view: View) -> list[ChangeLine]:
    """What would happen to whom, the person whose record this is first, a new record last."""
    own = view.person["person_id"]
    known = _known(effects)
    ordered = sorted(effects, key=lambda effect: (effect.is_new, effect.person_id != own))
    return [
        line
        if effect.person_id == own or effect.is_new or effect.is_gone
        else ChangeLine(line.label, line.old, line.new, effect.row["full_name"])
        for effect in ordered
        for line in _of_one(effect, known)
    ]


def _of_one(effect: Effect, known: _Known) -> Iterator[ChangeLine]:
    if effect.is_gone:
        return _of_gone(effect.row)
    return _of_new(effect.row, known) if effect.is_new else _of_changed(effect, known)


def _of_gone(row: PersonFacts) -> Iterator[ChangeLine]:
    yield ChangeLine(
        _("Record of %(name)s") % {"name": row["full_name"]},
        row["full_name"],
        _("is removed from the register"),
    )
    if row["pin"]:
        yield ChangeLine(
            FIELDS["pin"], pin(row["pin"]), _("is cancelled and will not be given to anyone else")
        )


def _of_changed(effect: Effect, known: _Known) -> Iterator[ChangeLine]:
    old = {**effect.row, **{name: pair[0] for name, pair in effect.changes.items()}}
    new = {**effect.row, **{name: pair[1] for name, pair in effect.changes.items()}}
    for name in FIELDS:
        if name in effect.changes and name not in _HOME:
            yield ChangeLine(FIELDS[name], *(_told(name, row, known) for row in (old, new)))
    if effect.changes.keys() & set(_HOME):
        yield ChangeLine(FIELDS["home_area"], _home(old, known), _home(new, known) or _("ends"))
    for name, label in _PEOPLE.items():
        if name in effect.changes:
            yield ChangeLine(label, *(_name(row[name], known) for row in (old, new)))
    if "household_id" in effect.changes:
        yield ChangeLine(_("Household"), *(_household(row["household_id"], known) for row in (old, new)))


def _of_new(row: PersonFacts, known: _Known) -> Iterator[ChangeLine]:
    yield ChangeLine(_("New record"), "", row["full_name"])
    for name in ("birth_date", "sex", "birth_area", "ethnicity"):
        yield ChangeLine(FIELDS[name], "", _told(name, row, known))
    yield ChangeLine(_("Mother"), "", _name(row["mother_id"], known) or row["mother_name"] or "")
    yield ChangeLine(_("Father"), "", _name(row["father_id"], known) or row["father_name"] or "")
    yield ChangeLine(FIELDS["home_area"], "", _home(row, known))
    yield ChangeLine(_("Household"), "", _household(row["household_id"], known))
    yield ChangeLine(FIELDS["pin"], "", _("given when the birth is recorded"))


def _told(name: str, row: Mapping[str, Any], known: _Known) -> Any:
    return pin(row[name]) if name == "pin" else value(name, row[name], row, known.areas)


def _home(row: Mapping[str, Any], known: _Known) -> str:
    """Where somebody lives, and since when; nothing where no home lasts."""
    if not row["home_since"]:
        return ""
    area = known.areas.get(row["home_area"])
    place = ", ".join(part for part in (row["home_address"], area.path if area else "") if part)
    since = row["home_since"]
    on = since if isinstance(since, dt.date) else dt.date.fromisoformat(since)
    return _("%(place)s, since %(day)s") % {"place": place, "day": day(on)}


def _name(person_id: int | None, known: _Known) -> str:
    return known.people[person_id]["full_name"] if person_id and person_id in known.people else ""


def _household(household_id: int | None, known: _Known) -> str:
    if household_id is None:
        return ""
    return known.households.get(household_id) or _("a new household")


def _known(effects: Sequence[Effect]) -> _Known:
    def ids(*names: str) -> set[int]:
        rows = [effect.row[name] for effect in effects for name in names]
        changed = [each for effect in effects for name in names for each in effect.changes.get(name, ())]
        return {each for each in (*rows, *changed) if each}

    return _Known(
        areas.get_many(ids("home_area", "birth_area", "native_area")),
        lookups.people(ids(*_PEOPLE)),
        household_numbers(ids("household_id")),
    )

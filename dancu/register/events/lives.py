"""A birth date beside what the register knows of the person's own life: what happened, where they lived, when they married, their card."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.db.queries import Queries
from dancu.register import lasting
from dancu.register.codes import ALIVE, DEAD
from dancu.register.errors import BeforeBirth, BornAfterEvent, Question
from dancu.register.events import checks, kin
from dancu.register.rules import is_before_birth, last_day_of_birth, least_age_to_marry, years
from dancu.register.words import EVENTS

_sql = Queries(__file__)

Row = Mapping[str, Any]

_OWN = [
    "move",
    "split",
    "head",
    "marriage",
    "divorce",
    "spouse_death",
    "missing",
    "return",
    "spouse_return",
    "new_number",
]
_ON_BIRTH = {"birth_date", "birth_precision", "sex"}


def refuse_before_birth(person: Row, birth_date: dt.date) -> None:
    """Nothing happened to anybody before their birth. Raises InTheFuture, BornTooEarly, BeforeBirth, BornAfterEvent."""
    checks.can_be_born(birth_date)
    if person["status"] != ALIVE and person["status_on"] and is_before_birth(person["status_on"], birth_date):
        raise BeforeBirth(person["status_on"], person["full_name"])
    for event in reversed(_happened(person, _OWN)):  # the first first
        if is_before_birth(event["happened_on"], birth_date):
            raise BornAfterEvent(EVENTS[event["kind"]], event["happened_on"], person["full_name"])


def questions(person: Row, after: Row, changed: Collection[str]) -> Iterator[Question]:
    """What a corrected birth, sex or card makes doubtful of homes, marriages and the card. `changed`: the fields that are corrected."""
    if _ON_BIRTH & set(changed):
        yield from _lived_before(person, after)
        yield from _married_young(person, after)
    card = after["card_issued_on"]
    if card and "birth_date" in changed and is_before_birth(card, after["birth_date"]):
        words = _("The card was issued on %(day)s, before this birth date. Is that right?")
        yield Question("card_before_birth", words % {"day": checks.told_day(card)})
    if (
        card
        and "card_issued_on" in changed
        and after["status"] == DEAD
        and after["status_on"]
        and card > after["status_on"]
    ):
        words = _("%(name)s died on %(day)s, before this card was issued. Is that right?")
        yield Question(
            "card_after_death", words % {"name": person["full_name"], "day": checks.told_day(after["status_on"])}
        )


def _lived_before(person: Row, after: Row) -> Iterator[Question]:
    """A home that is recorded from the birth on only follows the birth date as it was."""
    began = [
        row["valid_from"]
        for row in lasting.residences(person["person_id"])
        if is_before_birth(row["valid_from"], after["birth_date"]) and row["valid_from"] != person["birth_date"]
    ]
    if began:
        words = _("A residence of %(name)s began on %(day)s, before this birth date. Is that right?")
        yield Question("lived_before", words % {"name": person["full_name"], "day": checks.told_day(min(began))})


def _married_young(person: Row, after: Row) -> Iterator[Question]:
    """Who would have been too young at a wedding that is recorded or, of a marriage whose day is not known, would be even now."""
    days = [event["happened_on"] for event in _happened(person, ["marriage"])]
    if not days and kin.is_married(person):
        ended = person["status_on"] if person["status"] == DEAD else None
        days = [ended or timezone.localdate()]
    born = last_day_of_birth(after["birth_date"], after["birth_precision"])
    for on in sorted(days):
        age = years(born, on)
        if age < least_age_to_marry(after["sex"], on):
            words = _(
                "%(name)s would have been %(age)d years old on %(day)s, and is recorded as married then. Is that right?"
            )
            told = {"name": person["full_name"], "age": max(age, 0), "day": checks.told_day(on)}
            yield Question("age_at_marriage", words % told, (person["person_id"],))
            return


def _happened(person: Row, kinds: list[str]) -> list[dict[str, Any]]:
    found = _sql.all("standing_events", person_id=person["person_id"], kinds=kinds)
    return sorted(found, key=lambda event: event["happened_on"], reverse=True)

"""Birth, sex, death and card beside what the register knows of the person's own life: what happened, where
they lived, when they married.

One rule for all who change them: an event, a correction, a merge of two records, a population file.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.db.queries import Queries
from dancu.register.codes import ALIVE, DEAD
from dancu.register.errors import BeforeBirth, BornAfterEvent, DeathBeforeEvent, Question
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
    "death",
    "missing",
    "return",
    "spouse_return",
    "new_number",
]
_OF_THE_LIVING = ("marriage", "divorce")
_ON_BIRTH, _ON_DEATH = {"birth_date", "birth_precision", "sex"}, {"status", "status_on"}
FIELDS = (*sorted(_ON_BIRTH | _ON_DEATH), "card_issued_on")
"""What of a record these rules are about."""


@dataclass(frozen=True)
class Life:
    """What the register tells of one's own life: kind and day of the events that stand, the first first,
    and the days on which homes began.
    """

    events: tuple[tuple[str, dt.date], ...] = ()
    homes: tuple[dt.date, ...] = ()

    def days(self, *kinds: str) -> list[dt.date]:
        """When events of these kinds happened, the first first."""
        return [on for kind, on in self.events if kind in kinds]


def lives_of(person_ids: Collection[int]) -> dict[int, Life]:
    """The lives of these people, by id."""
    ids = list(person_ids)
    events: dict[int, list[tuple[str, dt.date]]] = {person_id: [] for person_id in ids}
    homes: dict[int, list[dt.date]] = {person_id: [] for person_id in ids}
    for row in _sql.all("own_events", person_ids=ids, kinds=_OWN):
        events[row["person_id"]].append((row["kind"], row["happened_on"]))
    for row in _sql.all("homes_began", person_ids=ids):
        homes[row["person_id"]].append(row["began"])
    return {each: Life(tuple(events[each]), tuple(sorted(homes[each]))) for each in ids}


def refuse(person: Row, after: Row, life: Life | None = None) -> None:
    """Nothing happened to anybody before their birth, and nobody marries after their death. `after`: the
    record as it would be.

    Where nothing of it changes nothing is refused. Raises InTheFuture, BornTooEarly, BeforeBirth,
    BornAfterEvent, DeathBeforeEvent.
    """
    changed = _changed(person, after)
    is_born_anew, goes_anew = "birth_date" in changed, bool(changed & _ON_DEATH) and after["status"] != ALIVE
    if is_born_anew:
        checks.can_be_born(after["birth_date"])
    gone = after["status_on"] if after["status"] != ALIVE else None
    if gone and goes_anew:
        checks.has_come(gone)
    if gone and (is_born_anew or goes_anew) and is_before_birth(gone, after["birth_date"]):
        raise BeforeBirth(gone, person["full_name"])
    if not is_born_anew and not goes_anew:
        return
    for kind, on in (life or _life(person)).events:
        if is_born_anew and is_before_birth(on, after["birth_date"]):
            raise BornAfterEvent(EVENTS[kind], on, person["full_name"])
        if goes_anew and after["status"] == DEAD and gone and kind in _OF_THE_LIVING and on > gone:
            raise DeathBeforeEvent(EVENTS[kind], on, person["full_name"], gone)


def questions(person: Row, after: Row, life: Life | None = None) -> list[Question]:
    """What a birth, sex, death or card that changes makes doubtful of homes, marriages and the card.
    `after`: the record as it would be.
    """
    changed = _changed(person, after)
    if not changed:
        return []
    life = life or _life(person)
    asked: list[Question] = []
    if changed & _ON_BIRTH:
        asked += [*_lived_before(person, after, life), *_married_young(person, after, life)]
    if changed & _ON_DEATH:
        asked += _lived_after(after, life)
    return [*asked, *_card(after, changed)]


def _changed(person: Row, after: Row) -> set[str]:
    return {name for name in FIELDS if after[name] != person[name]}


def _life(person: Row) -> Life:
    return lives_of([person["person_id"]])[person["person_id"]]


def _lived_before(person: Row, after: Row, life: Life) -> Iterator[Question]:
    """A home that is recorded from the birth on only follows the birth date as it was."""
    began = [
        on for on in life.homes if is_before_birth(on, after["birth_date"]) and on != person["birth_date"]
    ]
    if began:
        words = _("A residence of %(name)s began on %(day)s, before this birth date. Is that right?")
        yield Question("lived_before", words % {"name": after["full_name"], "day": checks.told_day(began[0])})


def _lived_after(after: Row, life: Life) -> Iterator[Question]:
    died_on = after["status_on"] if after["status"] == DEAD else None
    if died_on and life.homes and life.homes[-1] > died_on:
        words = _("A residence of %(name)s began on %(day)s, after this day. Is the date of death right?")
        yield Question(
            "lived_after", words % {"name": after["full_name"], "day": checks.told_day(life.homes[-1])}
        )


def _married_young(person: Row, after: Row, life: Life) -> Iterator[Question]:
    """Who would have been too young at a wedding that is recorded or, of a marriage whose day is not
    known, would be even now.
    """
    days = life.days("marriage", "divorce", "spouse_death")
    if not days and kin.is_married(after):
        ended = after["status_on"] if after["status"] == DEAD else None
        days = [ended or timezone.localdate()]
    born = last_day_of_birth(after["birth_date"], after["birth_precision"])
    for on in days:
        age = years(born, on)
        if age < least_age_to_marry(after["sex"], on):
            words = _(
                "%(name)s would have been %(age)d years old on %(day)s, but is recorded as married then. Is "
                "that right?"
            )
            told = {"name": after["full_name"], "age": max(age, 0), "day": checks.told_day(on)}
            yield Question("age_at_marriage", words % told, (person["person_id"],))
            return


def _card(after: Row, changed: Collection[str]) -> Iterator[Question]:
    card, died_on = after["card_issued_on"], after["status_on"] if after["status"] == DEAD else None
    if card and "birth_date" in changed and is_before_birth(card, after["birth_date"]):
        words = _("The card was issued on %(day)s, before this birth date. Is that right?")
        yield Question("card_before_birth", words % {"day": checks.told_day(card)})
    if card and died_on and card > died_on and {"card_issued_on", *_ON_DEATH} & set(changed):
        words = _("%(name)s died on %(day)s, before this card was issued. Is that right?")
        yield Question(
            "card_after_death", words % {"name": after["full_name"], "day": checks.told_day(died_on)}
        )

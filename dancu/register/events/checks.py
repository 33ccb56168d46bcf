"""The register's own checks of an event: what cannot be is refused, what is unlikely is asked."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.areas import lookups as areas
from dancu.register import facts
from dancu.register.codes import DEAD, MISSING
from dancu.register.errors import (
    AlreadyDead,
    AskFirst,
    BeforeBirth,
    BornTooEarly,
    InTheFuture,
    IsMissing,
    ParentBornLater,
    ParentDead,
    ParentTooYoung,
    Question,
    TooYoungToBeMarried,
    UnitDidNotStand,
    WrongParent,
)
from dancu.register.rules import (
    DAYS_AFTER_FATHERS_DEATH,
    EARLIEST_BIRTH,
    FEMALE,
    LAST_USUAL_AGE_OF_MOTHER,
    LEAST_AGE_COUNTED_AS_MARRIED,
    LEAST_AGE_OF_PARENT,
    MALE,
    USUAL_AGE_OF_PARENT,
    is_before_birth,
    is_before_known_births,
    is_in_the_future,
    last_day_of_birth,
    least_age_to_marry,
    years,
)

Row = Mapping[str, Any]


def ask(questions: Collection[Question], confirmed: Collection[str]) -> None:
    """Go on where all is confirmed. Raises AskFirst with the rest."""
    if left := [question for question in questions if question.key not in confirmed]:
        raise AskFirst(left)


def has_come(on: dt.date) -> None:
    """Raises InTheFuture."""
    if is_in_the_future(on, timezone.localdate()):
        raise InTheFuture(on)


def can_be_born(on: dt.date) -> None:
    """Somebody of whom the register tells may have been born on that day. Raises InTheFuture,
    BornTooEarly.
    """
    has_come(on)
    if is_before_known_births(on):
        raise BornTooEarly(on, EARLIEST_BIRTH.year)


def card_can_be(issued_on: dt.date, birth_date: dt.date, name: str) -> None:
    """A card may have been issued on that day. Raises InTheFuture, BeforeBirth."""
    has_come(issued_on)
    if is_before_birth(issued_on, birth_date):
        raise BeforeBirth(issued_on, name)


def can_happen(person: Row, on: dt.date) -> None:
    """Something may have happened to this person on that day. Raises InTheFuture, BeforeBirth."""
    has_come(on)
    if is_before_birth(on, person["birth_date"]):
        raise BeforeBirth(on, person["full_name"])


def was_married_until(person: Row, on: dt.date) -> list[Question]:
    """Whether a marriage of this person may have ended on that day: of who was too young for one by the law
    it is asked.

    Raises InTheFuture, BeforeBirth, TooYoungToBeMarried.
    """
    can_happen(person, on)
    age = years(person["birth_date"], on)
    if age < LEAST_AGE_COUNTED_AS_MARRIED:
        raise TooYoungToBeMarried(person["full_name"], age, on)
    if age >= least_age_to_marry(person["sex"], on):
        return []
    words = _(
        "%(name)s was %(age)d years old on %(day)s, but would have been married until then. Is that right?"
    )
    told = {"name": person["full_name"], "age": age, "day": told_day(on)}
    return [Question("age_at_end_of_marriage", words % told, _ids(person))]


def is_alive(person: Row) -> None:
    """Raises AlreadyDead."""
    if person["status"] == DEAD:
        raise AlreadyDead(person["full_name"], told_day(person["status_on"]))


def is_here(person: Row) -> None:
    """Neither dead nor missing. Raises AlreadyDead, IsMissing."""
    is_alive(person)
    if person["status"] == MISSING:
        raise IsMissing(person["full_name"], told_day(person["status_on"]))


def stood(area_id: int, on: dt.date) -> areas.Area:
    """The commune of that day. Raises NoSuchUnit, NotACommune, UnitDidNotStand."""
    area = facts.is_commune(area_id)
    if not area.stood(on):
        raise UnitDidNotStand(area.path, on)
    return area


def parent(of: Row, parent: Row, role: str) -> list[Question]:
    """Whether one may be the `role` ("mother", "father") of the other: what is to be asked.

    Raises WrongParent, ParentBornLater, ParentTooYoung, ParentDead.
    """
    if parent["sex"] != (FEMALE if role == "mother" else MALE):
        raise WrongParent(parent["full_name"], _("mother") if role == "mother" else _("father"))
    least, most = ages(of, parent)
    if most < 0:
        raise ParentBornLater(parent["full_name"], of["full_name"])
    if most < LEAST_AGE_OF_PARENT:
        raise ParentTooYoung(parent["full_name"], most, of["full_name"], LEAST_AGE_OF_PARENT)
    _outlived(of, parent, role)
    return [*age_questions(of, parent, role, least), *_missing(of, parent, role)]


def ages(of: Row, parent: Row) -> tuple[int, int]:
    """The least and the greatest age that the parent may have had at the birth, where not all of the
    dates is known.
    """
    first, last = of["birth_date"], last_day_of_birth(of["birth_date"], of["birth_precision"])
    return (
        years(last_day_of_birth(parent["birth_date"], parent["birth_precision"]), first),
        years(parent["birth_date"], last),
    )


def age_questions(of: Row, parent: Row, role: str, age: int) -> list[Question]:
    """What is asked about a parent's age at a birth that is possible."""
    if age >= USUAL_AGE_OF_PARENT and (role != "mother" or age <= LAST_USUAL_AGE_OF_MOTHER):
        return []
    words = _("%(parent)s was %(age)d years old at the birth of %(child)s. Is that right?")
    told = {"parent": parent["full_name"], "age": age, "child": of["full_name"]}
    return [Question("parents_age", words % told, _ids(parent, of))]


def has_died_too_early(born_on: dt.date, parent: Row, role: str, died_on: dt.date) -> bool:
    """A mother lived at the birth; of a father see DAYS_AFTER_FATHERS_DEATH."""
    return died_on + dt.timedelta(days=0 if role == "mother" else DAYS_AFTER_FATHERS_DEATH) < born_on


def told_day(on: dt.date | None) -> str:
    """A day in words."""
    return f"{on:%d/%m/%Y}" if on else _("an unknown day")


def _outlived(of: Row, parent: Row, role: str) -> None:
    died_on = parent["status_on"] if parent["status"] == DEAD else None
    if died_on and has_died_too_early(of["birth_date"], parent, role, died_on):
        raise ParentDead(parent["full_name"], died_on, of["full_name"])


def _missing(of: Row, parent: Row, role: str) -> list[Question]:
    gone = parent["status_on"] if parent["status"] == MISSING else None
    if gone and has_died_too_early(of["birth_date"], parent, role, gone):
        words = _("%(parent)s was declared missing on %(day)s, before this birth. Is that right?")
        told = {"parent": parent["full_name"], "day": told_day(gone)}
        return [Question("parent_missing", words % told, _ids(parent))]
    return []


def _ids(*rows: Row) -> tuple[int, ...]:
    return tuple(row["person_id"] for row in rows if row.get("person_id"))

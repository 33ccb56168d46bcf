"""Marriages and divorces."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import facts
from dancu.register.codes import DIVORCED, HEAD, MARRIED, OTHER, SPOUSE, WIDOWED
from dancu.register.errors import (
    AlreadyMarried,
    LaterEvent,
    MarriedByTheOther,
    MarriedThen,
    NotMarried,
    OneSelf,
    Question,
    RelatedByMarriage,
    SameSex,
    TooCloseToMarry,
    TooYoungToMarry,
)
from dancu.register.events import checks, kin
from dancu.register.events.deaths import with_spouse
from dancu.register.events.recording import recording
from dancu.register.names import right_name
from dancu.register.rules import LAW_OF_2000, last_day_of_birth, least_age_to_marry, years
from dancu.register.words import EVENTS

_sql = Queries(__file__)

Row = Mapping[str, Any]

_ENDS = ["marriage", "divorce", "spouse_death", "spouse_return"]


@whole
def record_marriage(
    acting: Acting | None,
    person_id: int,
    spouse_id: int | None,
    on: dt.date,
    basis: str,
    *,
    spouse_name: str = "",
    spouse_nationality: str = "VNM",
    confirmed: Collection[str] = (),
) -> None:
    """Two people married; of one whom the register does not hold, the name is kept.

    Raises NoSuchPerson, OneSelf, AlreadyDead, IsMissing, InTheFuture, BeforeBirth, TooYoungToMarry, SameSex,
    TooCloseToMarry, RelatedByMarriage, AlreadyMarried, MarriedThen, LaterEvent, AskFirst, NotOneOf, NoBasis,
    and what right_name raises.
    """
    if person_id == spouse_id:
        raise OneSelf((kin.one(person_id) or {"full_name": ""})["full_name"])
    facts.one_of("nationality", spouse_nationality)
    spouse_name = right_name(spouse_name) if spouse_id is None or spouse_name.strip() else ""
    with recording(acting, "marriage", on, basis) as event:
        couple = list(event.hold(person_id, spouse_id).values())
        questions: list[Question] = []
        for each in couple:
            checks.is_here(each)
            checks.can_happen(each, on)
            questions += _age(each, on)
            _refuse_married(each, on)
            _refuse_later(each, on)
        if len(couple) == 2:
            _refuse_pair(on, *couple)
        checks.ask(questions, confirmed)
        for each, other in zip(couple, reversed(couple), strict=True):
            spouse = other["person_id"] if other is not each else None
            changes = {"marital_status": MARRIED, "spouse_id": spouse} | _relation(each, spouse)
            event.change(each["person_id"], changes, on)
            _sql.run("forget_spouse", person_id=each["person_id"])
        if spouse_id is None:
            _sql.run(
                "name_spouse", person_id=person_id, full_name=spouse_name, nationality=spouse_nationality
            )


@whole
def record_divorce(
    acting: Acting | None, person_id: int, on: dt.date, basis: str, confirmed: Collection[str] = ()
) -> None:
    """A court ended the marriage; who is declared missing may be divorced too (Law on Marriage and Family
    2014, art. 56).

    Raises NoSuchPerson, AlreadyDead, NotMarried, InTheFuture, BeforeBirth, TooYoungToBeMarried, LaterEvent,
    AskFirst, NoBasis.
    """
    with recording(acting, "divorce", on, basis) as event:
        person, spouse = with_spouse(event, person_id)
        checks.is_alive(person)
        checks.can_happen(person, on)
        if not kin.is_married(person):
            raise NotMarried(person["full_name"])
        _refuse_later(person, on)
        questions = checks.was_married_until(person, on)
        if spouse and kin.is_spouse_of(spouse, person):
            checks.is_alive(spouse)
            questions += checks.was_married_until(spouse, on)
        checks.ask(questions, confirmed)
        if spouse and kin.is_spouse_of(spouse, person):
            event.calls(spouse["person_id"], "divorce", told=True)
            event.change(
                spouse["person_id"],
                {"marital_status": DIVORCED, "spouse_id": None} | _relation(spouse, None),
                on,
            )
            _refuse_later(spouse, on)
        event.change(person_id, {"marital_status": DIVORCED, "spouse_id": None} | _relation(person, None), on)
        _sql.run("forget_spouse", person_id=person_id)


def _relation(person: Row, spouse_id: int | None) -> dict[str, int]:
    """Who was the spouse of the household's head is that no more, unless married to the head."""
    if person["relation"] != SPOUSE:
        return {}
    members = kin.household(person["household_id"], with_dead=True).values()
    head = next((row["person_id"] for row in members if row["relation"] == HEAD), None)
    return {} if head is not None and head == spouse_id else {"relation": OTHER}


def _age(person: Row, on: dt.date) -> list[Question]:
    """A minor is refused; where not all of the birth date is known and it may have been one, that is
    asked.
    """
    born = person["birth_date"]
    least = least_age_to_marry(person["sex"], on)
    oldest, youngest = years(born, on), years(last_day_of_birth(born, person["birth_precision"]), on)
    if oldest < least:
        raise TooYoungToMarry(person["full_name"], oldest, on)
    if youngest < least:
        words = _(
            "The full birth date of %(name)s is not known. Was %(name)s at least %(age)d years old that day?"
        )
        return [
            Question(
                "age_not_known", words % {"name": person["full_name"], "age": least}, (person["person_id"],)
            )
        ]
    return []


def married_to(person: Row) -> list[Row]:
    """The living husband or wife, whoever of the two says so; more than one only where the records of a
    file or a merge contradict each other.
    """
    own = kin.spouse_of(person) if kin.is_married(person) else None
    found = [each for each in (own, _named_by(person)) if each and not kin.is_dead(each)]
    return list({each["person_id"]: each for each in found}.values())


def _refuse_married(person: Row, on: dt.date) -> None:
    """Nobody marries whose husband or wife lived on that day, whoever of the two says so and whatever
    became of them since.
    """
    was_married = kin.is_married(person) or person["marital_status"] == WIDOWED
    spouse = kin.spouse_of(person) if was_married else None
    if kin.is_married(person) and not kin.is_dead(spouse):
        name = spouse["full_name"] if spouse else kin.named_spouse(person["person_id"])
        raise AlreadyMarried(person["full_name"], _(", to %(name)s") % {"name": name} if name else "")
    other = _named_by(person)
    if other:  # only the other's record says so
        if not kin.is_dead(other):
            raise MarriedByTheOther(person["full_name"], other["full_name"])
        spouse = spouse or other
    if spouse and kin.is_dead(spouse) and spouse["status_on"] and spouse["status_on"] > on:
        raise MarriedThen(person["full_name"], spouse["full_name"], spouse["status_on"])


def _named_by(person: Row) -> Row | None:
    """Who is married to this person by their own record, dead or alive, of their household or not; the
    living first.
    """
    return min(filter(kin.is_married, kin.who_name(person)), key=kin.is_dead, default=None)


def _refuse_later(person: Row, on: dt.date) -> None:
    """Marriages and their ends are recorded in the order in which they happened."""
    for later in _sql.all("standing_events", person_id=person["person_id"], kinds=_ENDS):
        if later["happened_on"] > on:
            raise LaterEvent(EVENTS[later["kind"]], checks.told_day(later["happened_on"]))


def _refuse_pair(on: dt.date, one: Row, two: Row) -> None:
    names = one["full_name"], two["full_name"]
    if kin.are_close(one, two):
        raise TooCloseToMarry(*names)
    if on >= LAW_OF_2000 and kin.are_in_laws(one, two):
        raise RelatedByMarriage(*names)
    if one["sex"] == two["sex"]:
        raise SameSex(*names)

"""Corrections of what was always wrong, looked at beside parents, children, spouse and death."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import facts
from dancu.register.codes import SINGLE
from dancu.register.errors import ChangedMeanwhile, NotToBeCorrected, NumberNotCorrected, Question
from dancu.register.events import beside, checks, kin, lives
from dancu.register.events.recording import LifeEvent, recording
from dancu.register.names import right_name
from dancu.register.rules import is_before_birth
from dancu.values.phones import phone_or_none

Row = Mapping[str, Any]

_sql = Queries(__file__)

ALWAYS = dt.date.min  # a correction of what was never so
_OF_EVENTS = {"status", "status_on"}  # with them go homes and marriages, of others too


@whole
def correct(
    acting: Acting | None,
    person_id: int,
    changes: Mapping[str, Any],
    basis: str,
    confirmed: Collection[str] = (),
) -> None:
    """Correct fields that were always wrong, keeping the old values.

    Whether somebody lives is not corrected: deaths, people missing and returns are events. Raises
    NoSuchPerson, UnknownField, NotToBeCorrected, NothingChanged, InTheFuture, BeforeBirth, BornTooEarly,
    BornAfterEvent, the refusals of a wrong parent, also of who would be one no more by the new birth date
    (see parentage.py), AskFirst where the new birth date or sex makes doubtful what is recorded of children,
    parents, spouse, marriages, homes or the card, NumberNotCorrected, ChangedMeanwhile, NoBasis, BadPhone,
    and what right_name and facts.refuse raise.
    """
    changes = {field: _right(field, value) for field, value in changes.items()}
    with recording(acting, "correction", timezone.localdate(), basis) as event:
        person = _held(event, person_id, changes)
        if changes.keys() & _OF_EVENTS:
            raise NotToBeCorrected(person["full_name"])
        if changes.get("pin", person["pin"]) != person["pin"]:
            raise NumberNotCorrected(person["full_name"])
        after = {**person, **changes}
        lives.refuse(person, after)
        facts.refuse(after, changes.keys())
        if after["home_since"] and after["home_since"] != person["home_since"]:
            checks.can_happen(after, after["home_since"])
        if after["card_issued_on"] and after["card_issued_on"] != person["card_issued_on"]:
            checks.card_can_be(after["card_issued_on"], after["birth_date"], person["full_name"])
        checks.ask(list(_questions(person, after)), confirmed)
        event.change(person_id, changes | _since_birth(after), ALWAYS)
        if "birth_date" in changes:
            for name in ("drop_homes_before_birth", "begin_homes_with_birth"):
                _sql.run(name, person_id=person_id, birth_date=after["birth_date"])


def _since_birth(after: Row) -> dict[str, dt.date]:
    """Nobody lived anywhere before they were born: a home of which that is so begins with the birth."""
    since = after["home_since"]
    return (
        {"home_since": after["birth_date"]} if since and is_before_birth(since, after["birth_date"]) else {}
    )


def _held(event: LifeEvent, person_id: int, changes: Mapping[str, Any]) -> Row:
    """The person, held together with the parents and the husband or wife beside whom the record is looked at,
    as it is and as it will be. Whatever is recorded of a parent holds that parent, so that of two deeds on
    parent and child one waits for the other. Raises ChangedMeanwhile.
    """
    seen = kin.one(person_id)
    beside = _beside(seen, changes) if seen else set()
    person = event.hold(person_id, beside=beside, told=False)[person_id]
    if _beside(person, changes) != beside:
        raise ChangedMeanwhile
    return person


def _beside(person: Row, changes: Mapping[str, Any]) -> set[int]:
    named = {
        row[name]
        for row in (person, changes)
        for name in ("father_id", "mother_id", "spouse_id")
        if row.get(name)
    }
    spouse = kin.spouse_of(person)
    found = kin.people({*named, *([spouse["person_id"]] if spouse else [])})
    return {row["person_id"] for row in found.values()} - {person["person_id"]}


def _right(field: str, value: Any) -> Any:
    """The value as the register takes it."""
    if field == "phone":
        return phone_or_none(value)
    is_name = field == "full_name" or (field in ("father_name", "mother_name") and bool(value))
    return right_name(value or "") if is_name else value


def _questions(person: Row, after: Row) -> Iterator[Question]:
    yield from beside.questions(person, after)
    if after["marital_status"] != person["marital_status"]:
        yield from _marital(after, kin.spouse_of(person) if kin.is_married(person) else None)


def _marital(after: Row, spouse: Row | None) -> Iterator[Question]:
    """A state that the recorded marriage contradicts: events keep both records right, a correction only
    this one.
    """
    if spouse and not kin.is_dead(spouse) and not kin.is_married(after):
        words = _(
            "A marriage to %(spouse)s is recorded. If they divorced, record a divorce instead. Did they "
            "never marry?"
        )
        yield Question("marital_status", words % {"spouse": spouse["full_name"]}, (spouse["person_id"],))
    elif after["marital_status"] == SINGLE and after["spouse_id"]:
        yield Question("marital_status", _("A husband or wife is recorded. Did they never marry?"))

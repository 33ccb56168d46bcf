"""Another personal number in place of one that was wrong."""

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import facts, versions
from dancu.register.asking import ask_number
from dancu.register.errors import NumberTaken
from dancu.register.events import checks
from dancu.register.events.recording import recording

_sql = Queries(__file__)
_register = Queries(versions.__file__)


def replace_pin(
    acting: Acting | None,
    person_id: int,
    new_pin: str,
    on: dt.date,
    reason: str,
    confirmed: Collection[str] = (),
) -> None:
    """Cancel the person's number and establish another; the old one keeps leading here.

    Raises NoSuchPerson, AlreadyDead, InTheFuture, BeforeBirth, BadNumber, NumberTaken (also of a number that
    was another person's before), NothingChanged, NoBasis, TooMuchRead.
    """
    facts.is_pin(new_pin)
    ask_number(acting, new_pin, person_id)
    _replace(acting, person_id, new_pin, on, reason)


@whole
def _replace(acting: Acting | None, person_id: int, new_pin: str, on: dt.date, reason: str) -> None:
    with recording(acting, "new_number", on, reason) as event:
        person = event.hold(person_id)[person_id]
        checks.is_alive(person)
        checks.can_happen(person, on)
        try:
            with transaction.atomic():
                event.change(person_id, {"pin": new_pin}, on)
        except IntegrityError as clash:
            if not is_number_taken(clash):
                raise
            raise NumberTaken(new_pin) from clash
        refuse_given_before(new_pin, person_id)
        if person["pin"] and person["pin"] != new_pin:
            _register.run(
                "add_former_number",
                person_id=person_id,
                kind="pin",
                number=person["pin"],
                on=on,
                replaced_by=new_pin,
                reason=reason,
            )


def refuse_given_before(pin: str, person_id: int) -> None:
    """Raises NumberTaken for a number that was another person's before: once given it is never given again.

    To be asked when this person has it already, in the same transaction: whoever gives it up at this moment
    is waited for by its index.
    """
    if _sql.one("held_by_another", number=pin, person_id=person_id):
        raise NumberTaken(pin)


def is_number_taken(clash: IntegrityError) -> bool:
    """Whether the index of personal numbers refused a row, and nothing else did."""
    diagnosis = getattr(clash.__cause__, "diag", None)
    return bool(diagnosis) and diagnosis.constraint_name == "person_pin"

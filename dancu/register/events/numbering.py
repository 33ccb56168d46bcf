"""Another personal number in place of one that was wrong."""

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import versions
from dancu.register.errors import BadNumber, NumberTaken
from dancu.register.events import checks
from dancu.register.events.recording import recording
from dancu.register.numbers import check_pin

_sql = Queries(__file__)
_register = Queries(versions.__file__)


@whole
def replace_pin(
    acting: Acting | None, person_id: int, new_pin: str, on: dt.date, reason: str, confirmed: Collection[str] = ()
) -> None:
    """Cancel the person's number and establish another; the old one keeps leading here.

    Raises NoSuchPerson, AlreadyDead, InTheFuture, BeforeBirth, BadNumber, NumberTaken (also of a number that was another person's
    before), NothingChanged, NoBasis.
    """
    with recording(acting, "new_number", on, reason) as event:
        person = event.hold(person_id)[person_id]
        checks.is_alive(person)
        checks.can_happen(person, on)
        refuse_bad(new_pin)
        try:
            with transaction.atomic():
                event.change(person_id, {"pin": new_pin}, on)
        except IntegrityError as clash:
            raise NumberTaken(new_pin) from clash
        refuse_given_before(new_pin, person_id)
        if person["pin"] and person["pin"] != new_pin:
            _register.run(
                "add_former_number", person_id=person_id, kind="pin", number=person["pin"], on=on, replaced_by=new_pin, reason=reason
            )  # fmt: skip


def refuse_bad(pin: str) -> None:
    """Raises BadNumber."""
    for problem in check_pin(pin):
        if problem.kind == "error":
            raise BadNumber(pin, problem.message)


def refuse_given_before(pin: str, person_id: int) -> None:
    """Raises NumberTaken for a number that was another person's before: once given it is never given again.

    To be asked when this person has it already, in the same transaction: whoever gives it up at this moment is waited for by its index.
    """
    if _sql.one("held_by_another", number=pin, person_id=person_id):
        raise NumberTaken(pin)


def is_number_taken(clash: IntegrityError) -> bool:
    """Whether the index of personal numbers refused a row, and nothing else did."""
    diagnosis = getattr(clash.__cause__, "diag", None)
    return bool(diagnosis) and diagnosis.constraint_name == "person_pin"

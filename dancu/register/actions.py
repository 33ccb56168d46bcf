"""What happens to a person's record. Each is one transaction: the rows, their histories, the event and the
audit.

A refusal is an exception of errors.py. What is possible but unlikely is asked: AskFirst carries the
questions, and who has looked at them hands back their keys in `confirmed`. `rehearse` tells both, and what
would change, beforehand.
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.register import facts
from dancu.register.asking import ask_number
from dancu.register.codes import ALIVE
from dancu.register.errors import NumberTaken, UnknownField
from dancu.register.events import checks, kin
from dancu.register.events.births import record_birth as record_birth
from dancu.register.events.corrections import ALWAYS as ALWAYS
from dancu.register.events.corrections import correct as correct
from dancu.register.events.deaths import record_death as record_death
from dancu.register.events.deaths import record_missing as record_missing
from dancu.register.events.deaths import record_return as record_return
from dancu.register.events.households import record_head as record_head
from dancu.register.events.households import record_split as record_split
from dancu.register.events.marriages import record_divorce as record_divorce
from dancu.register.events.marriages import record_marriage as record_marriage
from dancu.register.events.moves import record_move as record_move
from dancu.register.events.numbering import is_number_taken, refuse_given_before, replace_pin
from dancu.register.events.recording import Effect as Effect
from dancu.register.events.recording import count_new, recording
from dancu.register.events.rehearsing import Rehearsal as Rehearsal
from dancu.register.events.rehearsing import rehearse as rehearse
from dancu.register.events.undoing import undo_event as undo_event
from dancu.register.held import hold_now as hold_now
from dancu.register.held import hold_people as hold_people
from dancu.register.held import hold_relatives
from dancu.register.merging import carry_some as carry_some
from dancu.register.merging import merge_marriage as merge_marriage
from dancu.register.merging import merge_people as merge_people
from dancu.register.merging import merge_questions as merge_questions
from dancu.register.merging import undo_merge as undo_merge
from dancu.register.names import right_name
from dancu.text.sounds import ends_key, given_key
from dancu.values.phones import phone_or_none

__all__ = ["replace_pin"]

_sql = Queries(__file__)
_OPTIONAL = frozenset(
    [
        "cmnd",
        "phone",
        "birth_area",
        "native_area",
        "ethnicity",
        "nationality",
        "marital_status",
        "household_id",
        "relation",
        "card_issued_on",
        "father_id",
        "mother_id",
        "spouse_id",
    ]
)


def add_person(
    acting: Acting | None,
    *,
    full_name: str,
    birth_date: dt.date,
    sex: int,
    home_area: int,
    address: str = "",
    pin: str | None = None,
    valid_from: dt.date,
    basis: str,
    birth_precision: str = "D",
    **fields: Any,
) -> int:
    """Record a person who was not in the register, and their permanent residence; return the person_id.

    `fields`: cmnd, phone, birth_area, native_area, ethnicity, nationality, marital_status, household_id,
    relation, card_issued_on, father_id, mother_id, spouse_id. Raises NumberTaken, BadPhone, InTheFuture,
    BornTooEarly, BeforeBirth, UnknownField, what facts.refuse and right_name raise, and the refusals of a
    wrong parent; TooMuchRead.
    """
    if unknown := fields.keys() - _OPTIONAL:
        raise UnknownField(", ".join(sorted(unknown)))
    values: dict[str, Any] = {
        **dict.fromkeys(_OPTIONAL),
        "nationality": "VNM",
        **fields,
        "full_name": right_name(full_name),
        "birth_date": birth_date,
        "birth_precision": birth_precision,
        "sex": sex,
        "home_area": home_area,
        "pin": pin,
        "phone": phone_or_none(fields.get("phone")),
    }
    checks.can_be_born(birth_date)
    checks.can_happen(values, valid_from)
    if values["card_issued_on"]:
        checks.card_can_be(values["card_issued_on"], birth_date, values["full_name"])
    facts.refuse(values, values.keys())
    if pin:
        ask_number(acting, pin)
    for role in ("mother", "father"):
        if parent := kin.one(values[f"{role}_id"]):
            checks.parent(values, parent, role)
    with recording(acting, "entry", valid_from, basis) as event:
        try:
            with transaction.atomic():
                values = hold_relatives(values)
                row = _sql.one(
                    "add_person",
                    **values,
                    given_key=given_key(values["full_name"]),
                    ends_key=ends_key(values["full_name"]),
                    address=address,
                    valid_from=valid_from,
                )
        except IntegrityError as clash:
            if not is_number_taken(clash):
                raise
            raise NumberTaken(pin) from clash
        person_id = (row or {})["person_id"]
        if pin:
            refuse_given_before(pin, person_id)
        count_new({"home_area": home_area, "birth_date": birth_date, "sex": sex, "status": ALIVE})
        event.added(person_id)
    return person_id

"""What happens to a person's record. Each is one transaction: the rows, their histories, the event and the audit.

A refusal is an exception of errors.py. What is possible but unlikely is asked: AskFirst carries the questions, and who has looked at
them hands back their keys in `confirmed`. `rehearse` tells both, and what would change, beforehand.
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.register.codes import ALIVE
from dancu.register.errors import NumberTaken
from dancu.register.events import checks
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
from dancu.register.events.numbering import refuse_bad, refuse_given_before, replace_pin
from dancu.register.events.recording import Effect as Effect
from dancu.register.events.recording import count_new, recording
from dancu.register.events.rehearsing import Rehearsal as Rehearsal
from dancu.register.events.rehearsing import rehearse as rehearse
from dancu.register.events.undoing import undo_event as undo_event
from dancu.register.held import hold_now as hold_now
from dancu.register.held import hold_people as hold_people
from dancu.register.held import hold_relatives
from dancu.register.merging import carry_some as carry_some
from dancu.register.merging import merge_people as merge_people
from dancu.register.merging import merge_questions as merge_questions
from dancu.register.merging import undo_merge as undo_merge
from dancu.register.names import right_name
from dancu.register.phones import right_phone
from dancu.sounds import ends_key, given_key

__all__ = ["replace_pin"]

_sql = Queries(__file__)


def add_person(
    acting: Acting | None, *, full_name: str, birth_date: dt.date, sex: int, home_area: int, address: str = "", pin: str | None = None,
    valid_from: dt.date, basis: str, birth_precision: str = "D", **fields: Any,
) -> int:  # fmt: skip
    """Record a person who was not in the register, and their permanent residence; return the person_id.

    `fields`: cmnd, phone, birth_area, native_area, ethnicity, nationality, marital_status, household_id, relation, card_issued_on,
    father_id, mother_id, spouse_id. Raises NumberTaken, BadNumber, BadPhone, InTheFuture, BornTooEarly, BeforeBirth,
    and what right_name raises (register/names.py).
    """
    full_name = right_name(full_name)
    checks.can_be_born(birth_date)
    if fields.get("card_issued_on"):
        checks.card_can_be(fields["card_issued_on"], birth_date, full_name)
    if pin:
        refuse_bad(pin)
    optional: dict[str, Any] = dict.fromkeys([
        "cmnd", "phone", "birth_area", "native_area", "ethnicity", "marital_status", "household_id", "relation", "card_issued_on",
        "father_id", "mother_id", "spouse_id",
    ])  # fmt: skip
    values = optional | {"nationality": "VNM"} | fields
    values["phone"] = right_phone(values["phone"])
    with recording(acting, "entry", valid_from, basis) as event:
        try:
            with transaction.atomic():
                values = hold_relatives(values)
                row = _sql.one(
                    "add_person", full_name=full_name, given_key=given_key(full_name), ends_key=ends_key(full_name), birth_date=birth_date,
                    birth_precision=birth_precision, sex=sex, home_area=home_area, address=address, pin=pin, valid_from=valid_from, **values,
                )  # fmt: skip
        except IntegrityError as clash:
            raise NumberTaken(pin) from clash
        person_id = (row or {})["person_id"]
        if pin:
            refuse_given_before(pin, person_id)
        count_new({"home_area": home_area, "birth_date": birth_date, "sex": sex, "status": ALIVE})
        event.added(person_id)
    return person_id

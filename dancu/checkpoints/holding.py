"""What is written of somebody belongs to what a merge of that person moves, so each waits for the other."""

from contextlib import suppress

from dancu.register.actions import hold_now
from dancu.register.errors import NoSuchPerson


def hold_person(person_id: int) -> None:
    """A merge of this person, or its undoing, waits until the transaction ends. Of somebody whom the
    register did not recognise nothing is held.
    """
    if person_id < 0:
        return
    with suppress(NoSuchPerson):
        hold_now(person_id)

"""Two officials change one person's record at the same moment."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import connection, transaction

from dancu.register import actions, held, lookups
from dancu.register.errors import LaterResidence
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("published_areas")]

PIN, NEW_PINS = "001085001234", ("001085005678", "001085009999")


def test_of_two_moves_at_once_one_home_is_left(at_once):
    person_id, acting = someone(), acting_as(ha())
    moves = [(area(YEN_HOA), dt.date(2025, 8, 1)), (area(BEN_THANH), dt.date(2025, 9, 1))]

    def move() -> None:
        where, when = moves.pop()
        with suppress(LaterResidence):  # the later move came first
            actions.record_move(acting, person_id, area_id=where, address="", moved_on=when, basis="test")

    at_once(2, move)
    assert len(lookups.homes([person_id])[person_id]) == 1


def test_of_two_new_numbers_at_once_both_lead_to_the_person(at_once):
    person_id, acting, pins = someone(pin=PIN), acting_as(ha()), list(NEW_PINS)
    at_once(2, lambda: actions.replace_pin(acting, person_id, pins.pop(), dt.date(2021, 8, 1), "test"))
    assert [[found.person_id for found in lookups.by_number(pin)] for pin in (PIN, *NEW_PINS)] == [
        [person_id]
    ] * 3


def test_whose_number_is_being_given_declares_and_crosses_meanwhile():
    """A file that gives ten thousand numbers holds their records for minutes: nobody waits, and so learns
    that they are in it.
    """
    person_id, without = someone(pin=PIN), someone()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            for number, one in zip(NEW_PINS, (person_id, without), strict=True):
                cursor.execute(
                    "UPDATE person SET pin = %s, full_name = 'An' WHERE person_id = %s", [number, one]
                )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            assert held.hold_people([person_id, without]) == {person_id: person_id, without: without}
    finally:
        other.rollback()
        other.close()

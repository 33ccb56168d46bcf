"""A deed that the server gives up, since another and it wait for each other, is done again."""

import pytest
from django.db import OperationalError, connection, transaction

from dancu.db.transactions import whole

pytestmark = pytest.mark.django_db(transaction=True)


def lock(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        cursor.execute("SELECT pg_sleep(0.2)")


def waiting_for_each_other() -> tuple[list[int], list[tuple[int, int]]]:
    return [], [(1, 2), (2, 1)]


def test_of_two_who_wait_for_each_other_both_are_done(at_once):
    tries, orders = waiting_for_each_other()

    @whole
    def deed(first: int, second: int) -> str:
        tries.append(first)
        lock(first)
        lock(second)
        return "done"

    assert at_once(2, lambda: deed(*orders.pop())) == ["done", "done"]
    assert len(tries) == 3


def test_what_is_part_of_another_deed_is_not_done_again_alone(at_once):
    tries, orders = waiting_for_each_other()

    @whole
    def part(first: int, second: int) -> None:
        tries.append(first)
        lock(first)
        lock(second)

    def deed() -> str:
        try:
            with transaction.atomic():
                part(*orders.pop())
        except OperationalError:
            return "given up"
        return "done"

    assert sorted(at_once(2, deed)) == ["done", "given up"]
    assert len(tries) == 2


def test_another_fault_is_told_at_once():
    tries = []

    @whole
    def deed() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10")
            cursor.execute("SELECT pg_sleep(1)")

    with pytest.raises(OperationalError):
        deed()
    assert tries == [1]

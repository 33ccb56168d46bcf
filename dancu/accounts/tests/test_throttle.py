import time

import pytest
from django.db import connection, transaction

from dancu.accounts import throttle
from dancu.accounts.throttle import allow


def rows() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, tries, ends_at FROM throttle")
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_first_tries_of_a_window_are_allowed_and_those_after_are_not():
    assert [allow("sign-in 10.0.0.1", 3, 60) for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_buckets_are_counted_apart():
    assert allow("sign-in 10.0.0.1", 1, 60)
    assert allow("sign-in 10.0.0.2", 1, 60)
    assert not allow("sign-in 10.0.0.1", 1, 60)


@pytest.mark.django_db
def test_after_the_window_tries_are_counted_anew():
    assert allow("code", 1, 1)
    assert not allow("code", 1, 1)
    time.sleep(1.1)
    assert allow("code", 1, 1)


@pytest.mark.django_db
def test_one_statement_counts_a_try(django_assert_num_queries):
    with django_assert_num_queries(1):
        allow("code", 1, 60)


@pytest.mark.django_db
def test_neither_address_nor_number_is_stored_in_the_clear(settings):
    allow("declare 079200001234 from 203.0.113.7", 1, 60)
    (first, *_) = rows()[0]
    assert len(first) == 16
    assert b"0792" not in bytes(first)
    settings.SECRET_KEY = "another country's"
    allow("declare 079200001234 from 203.0.113.7", 1, 60)
    assert len(rows()) == 2  # whoever has the table but not the key cannot try out the numbers


@pytest.mark.django_db
def test_windows_that_are_over_are_swept_out_and_others_stay():
    allow("old", 1, 1)
    allow("new", 1, 600)
    time.sleep(1.1)
    assert throttle.sweep() == 1
    assert not allow("new", 1, 600)


@pytest.mark.django_db(transaction=True)
def test_racing_tries_are_all_counted(at_once):
    allowed = at_once(8, lambda: [allow("race", 20, 60) for _ in range(10)])
    assert sum(map(sum, allowed)) == 20
    assert rows()[0][1] == 80


@pytest.mark.django_db(transaction=True)
def test_a_count_outlives_a_crash_of_the_database_and_waits_for_no_disk():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'throttle'")
        assert cursor.fetchone() == ("p",), "what is not logged is empty after a crash"
        allow("code", 1, 60)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",), "what is written next waits"


@pytest.mark.django_db(transaction=True)
def test_within_a_larger_change_a_try_does_not_hurry_its_commit():
    with transaction.atomic(), connection.cursor() as cursor:
        allow("code", 1, 60)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)

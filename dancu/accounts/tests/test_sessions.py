"""What the table of sessions tells whoever reads it, and how long."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dancu.accounts.models import BrowserSession
from dancu.accounts.sessions import SessionStore, short_lived
from dancu.db.tidying import tidy

pytestmark = pytest.mark.django_db
TYPED = short_lived("typed-in-this-test", "name")


@pytest.fixture
def session():
    session = SessionStore()
    session["who"] = "official 7"
    session[TYPED] = {"name": "Nguyễn Văn An 001088305162", "seen": 1}
    session.save()
    return session


def table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(django_session::text, ' ') FROM django_session")
        return cursor.fetchone()[0]


def change(column: str, value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE django_session SET {column} = %s", [value])


def test_what_is_kept_comes_back(session):
    assert dict(SessionStore(session.session_key).items()) == {
        "who": "official 7",
        TYPED: {"name": "Nguyễn Văn An 001088305162", "seen": 1},
    }


def test_the_table_shows_neither_what_is_kept_nor_the_key_of_the_cookie(session):
    shown = table()
    for secret in ("official 7", "Nguy", "001088305162", "seen", session.session_key):
        assert secret not in shown
    row = BrowserSession.objects.get()
    assert not SessionStore(row.session_key).items(), "what stands in the table is no cookie"
    assert not SessionStore().exists(row.session_key)
    assert SessionStore().exists(session.session_key)


def test_with_another_secret_of_the_house_a_session_is_nobodys(session, settings):
    settings.SECRET_KEY = "another"
    opened = SessionStore(session.session_key)
    assert not opened.items()
    assert opened.session_key is None


def test_what_was_sealed_for_one_browser_opens_in_no_other(session):
    other = SessionStore()
    other["who"] = "nobody"
    other.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE django_session SET session_data = (SELECT session_data FROM django_session WHERE typed "
            "<> '')"
        )
    assert not SessionStore(other.session_key).items()
    assert SessionStore(session.session_key)["who"] == "official 7"


@pytest.mark.parametrize("garbage", ["", "nonsense ü", "AAAA", "e30="])
def test_what_cannot_be_read_is_no_session_and_no_fault(session, garbage):
    change("session_data", garbage)
    assert not SessionStore(session.session_key).items()


def test_what_was_typed_ends_half_an_hour_after_the_last_use_and_the_rest_stays(session):
    (until,) = BrowserSession.objects.values_list("typed_until", flat=True)
    assert dt.timedelta(minutes=29) < until - timezone.now() <= dt.timedelta(minutes=30)
    change("typed_until", timezone.now() - dt.timedelta(seconds=1))
    assert dict(SessionStore(session.session_key).items()) == {"who": "official 7", TYPED: {"seen": 1}}
    assert tidy()["drafts in others"] == 1
    assert BrowserSession.objects.get().typed == ""
    assert SessionStore(session.session_key)["who"] == "official 7"


def test_tidying_leaves_what_counts_still(session):
    assert tidy()["drafts in others"] == 0
    assert SessionStore(session.session_key)[TYPED]["name"].startswith("Nguyễn")


def test_a_session_is_ended_by_its_own_key(session):
    SessionStore(session.session_key).flush()
    assert not BrowserSession.objects.exists()


def test_one_statement_reads_a_session(session, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(session.session_key)[TYPED]

"""What was typed, sent and asked does not lie about for ever."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from dancu.accounts.sessions import SessionStore
from dancu.db.tidying import tidy
from dancu.messaging import actions

pytestmark = pytest.mark.django_db


def test_sessions_that_ended_go_with_what_was_typed_in_them():
    sessions = {}
    for name, days in (("ended", -1), ("alive", 1)):
        session = SessionStore()
        session["draft"] = {"full_name": "Nguyễn Văn An"}
        session.set_expiry(timezone.now() + dt.timedelta(days=days))
        session.save()
        sessions[name] = session.session_key
    assert tidy()["sessions"] == 1
    assert Session.objects.count() == 1
    assert SessionStore().exists(sessions["alive"])


def test_messages_go_a_week_after_they_were_sent_and_not_before_they_are():
    for _ in range(3):
        actions.send_sms("0912345678", "x", "pass", None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT message_id FROM outbox ORDER BY message_id")
        old, new, _waiting = [row[0] for row in cursor.fetchall()]
        for which, days in ((old, 8), (new, 6)):
            cursor.execute(
                "UPDATE outbox SET due_at = NULL, sent_at = now() - make_interval(days => %s) WHERE "
                "message_id = %s",
                [days, which],
            )
    assert tidy()["messages"] == 1


def test_codes_go_when_they_ended():
    actions.send_code("sign-in", "somebody", "0912345678", None, "vi")
    assert tidy()["codes"] == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE one_time_code SET expires_at = now() - interval '1 second'")
    assert tidy()["codes"] == 1

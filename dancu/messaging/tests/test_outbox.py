import json
import socket
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from dancu.db.tidying import tidy
from dancu.messaging import actions, carriers, delivery, errors, lookups
from dancu.messaging.commands import messages
from dancu.testing.at_once import run_at_once

AN = "0912 345.678"


@pytest.fixture
def no_carrier(monkeypatch):
    monkeypatch.delenv("DANCU_SMS_CARRIER", raising=False)


def test_a_message_waits_until_a_carrier_takes_it(db, file_carrier):
    message_id = actions.send_sms(AN, "Giấy đi đường đã được cấp.", "pass", 7, language="vi")
    (waiting,) = lookups.recent(5)
    assert (waiting.recipient, waiting.person_id, waiting.sent_at, waiting.attempts) == (
        "0912345678",
        7,
        None,
        0,
    )
    assert lookups.waiting() == 1
    assert actions.deliver(10) == actions.Delivery(sent=1)
    (sent,) = lookups.recent(5)
    assert sent.sent_at is not None
    assert (sent.due_at, sent.attempts, sent.text) == (None, 1, "Giấy đi đường đã được cấp.")
    assert [json.loads(line) for line in file_carrier.read_text().splitlines()] == [
        {
            "id": str(message_id),
            "to": "0912345678",
            "text": "Giấy đi đường đã được cấp.",
            "language": "vi",
            "reason": "pass",
        }
    ]
    assert actions.deliver(10) == actions.Delivery()
    assert lookups.waiting() == 0


def test_what_was_rolled_back_is_never_sent(db, file_carrier):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.send_sms(AN, "You have arrived.", "arrival")
        raise ZeroDivisionError
    assert actions.deliver(10) == actions.Delivery()
    assert not file_carrier.exists()


def test_without_a_carrier_messages_wait(db, no_carrier):
    actions.send_sms(AN, "Wait.", "pass")
    assert actions.deliver(10) == actions.Delivery()
    assert lookups.waiting() == 1


def test_only_as_many_as_asked_for_are_sent_the_oldest_first(db, file_carrier):
    for number in range(45):
        actions.send_sms(AN, f"{number}", "pass")
    assert actions.deliver(41).sent == 41
    assert [json.loads(line)["text"] for line in file_carrier.read_text().splitlines()] == [
        str(n) for n in range(41)
    ]
    assert [message.text for message in lookups.recent(2)] == ["44", "43"]


def test_secrets_go_first_and_leave_no_text_behind(db, file_carrier):
    actions.send_sms(AN, "News.", "pass")
    actions.send_sms(AN, "123456", "one_time_code", secret=True)
    assert actions.deliver(1).sent == 1
    assert json.loads(file_carrier.read_text())["text"] == "123456"
    assert [message.text for message in lookups.recent(2)] == ["", "News."]


def test_what_is_of_no_use_any_more_is_not_sent(db, file_carrier):
    actions.send_sms(AN, "123456", "one_time_code", useful_for=timedelta(seconds=-1), secret=True)
    actions.send_sms(AN, "News.", "pass", useful_for=timedelta(seconds=60))
    assert actions.deliver(10) == actions.Delivery(sent=1, given_up=1)
    expired = lookups.recent(2)[1]
    assert (expired.text, expired.error, expired.sent_at) == ("", "expired", None)


@pytest.mark.parametrize(
    "to",
    [
        "",
        "An",
        "1234567",
        "1234567890123456",
        "+84 912 345 678; 0912",
        "84+912345678",
    ],
)
def test_a_message_needs_a_telephone_number(db, to):
    with pytest.raises(errors.NotAPhoneNumber):
        actions.send_sms(to, "Hello.", "pass")


def test_a_message_needs_a_text(db):
    with pytest.raises(errors.NothingToSay):
        actions.send_sms(AN, " ", "pass")


def test_a_gateway_is_posted_the_message_with_the_token_over_one_connection(db, gateway):
    first = actions.send_sms("+84 912 345 678", "Tin nhắn có dấu", "pass", language="vi")
    actions.send_sms(AN, "Another.", "pass")
    assert actions.deliver(10).sent == 2
    assert gateway.taken[0] == {
        "id": str(first),
        "to": "0912345678",
        "text": "Tin nhắn có dấu",
        "language": "vi",
    }
    assert gateway.headers[0]["Authorization"] == "Bearer a token"
    assert gateway.headers[0]["Idempotency-Key"] == str(first)
    assert gateway.headers[0]["path"] == "/v1/sms?country=vn"
    assert len(gateway.connections) == 1


@pytest.mark.parametrize("answer", [500, 503, 429, 401, 404, 302])
def test_a_gateway_that_does_not_take_it_is_asked_again_later(db, gateway, answer):
    actions.send_sms(AN, "Hello.", "pass")
    gateway.answers = [answer]
    assert actions.deliver(10) == actions.Delivery(put_off=1)
    (message,) = lookups.recent(1)
    assert (message.error, message.attempts, message.sent_at) == (f"HTTP {answer}", 1, None)
    assert actions.deliver(10) == actions.Delivery()
    make_due()
    assert actions.deliver(10) == actions.Delivery(sent=1)
    assert len(gateway.taken) == 2


def test_a_number_that_the_gateway_refuses_is_given_up_at_once(db, gateway):
    actions.send_sms(AN, "123456", "one_time_code", secret=True)
    gateway.answers = [422]
    assert actions.deliver(10) == actions.Delivery(given_up=1)
    (message,) = lookups.recent(1)
    assert (message.error, message.text, message.due_at) == ("HTTP 422", "", None)


def test_waits_grow_until_a_message_is_given_up_after_most_of_a_day(db, gateway):
    actions.send_sms(AN, "Hello.", "pass")
    gateway.answers = [503] * 20
    waits = []
    while lookups.waiting():
        make_due()
        actions.deliver(1)
        (message,) = lookups.recent(1)
        waits.append(seconds_until_due())
    assert waits[:4] == [30, 60, 120, 240]
    assert max(filter(None, waits)) == 4 * 3600
    assert 16 * 3600 < sum(filter(None, waits)) < 24 * 3600
    assert (message.attempts, message.error) == (delivery.MAX_ATTEMPTS, "HTTP 503")
    assert message.failed_at is not None


def test_a_gateway_that_is_down_is_asked_three_times_and_not_for_every_message(db, gateway):
    for number in range(30):
        actions.send_sms(AN, f"{number}", "pass")
    gateway.answers = [503] * 30
    assert actions.deliver(30) == actions.Delivery(put_off=5)
    assert len(gateway.taken) == 3
    assert sorted(message.attempts for message in lookups.recent(30)) == [0] * 27 + [1] * 3


def test_a_gateway_that_cannot_be_reached_puts_messages_off(db, gateway, monkeypatch):
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        port = nobody_listens.getsockname()[1]
    monkeypatch.setenv("DANCU_SMS_URL", f"http://127.0.0.1:{port}/")
    actions.send_sms(AN, "Hello.", "pass")
    assert actions.deliver(10) == actions.Delivery(put_off=1)
    assert lookups.recent(1)[0].error == "ConnectionRefusedError"


def test_a_gateway_that_never_answers_is_left_after_the_timeout(db, gateway, monkeypatch):
    import socket

    monkeypatch.setattr(carriers, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("DANCU_SMS_URL", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        actions.send_sms(AN, "Hello.", "pass")
        assert actions.deliver(10) == actions.Delivery(put_off=1)
    assert lookups.recent(1)[0].error == "TimeoutError"


def test_a_file_that_cannot_be_written_puts_messages_off(db, file_carrier):
    file_carrier.mkdir()
    actions.send_sms(AN, "Hello.", "pass")
    assert actions.deliver(10) == actions.Delivery(put_off=1)


def test_a_process_that_dies_with_a_message_only_delays_it(db, gateway, monkeypatch):
    actions.send_sms(AN, "Hello.", "pass")

    class Dies(BaseException):
        pass

    def take(self, message):
        raise Dies

    with monkeypatch.context() as broken, pytest.raises(Dies):
        broken.setattr(carriers.HttpCarrier, "take", take)
        actions.deliver(1)
    assert actions.deliver(1) == actions.Delivery()
    assert 60 < seconds_until_due() <= 100
    make_due()
    assert actions.deliver(1).sent == 1


@pytest.mark.parametrize(
    ("name", "url", "token", "wrong"),
    [
        ("pigeon", "", "", errors.UnknownCarrier),
        ("http", "", "a token", errors.CarrierNotSetUp),
        ("http", "ftp://gateway/", "a token", errors.CarrierNotSetUp),
        ("http", "https://gateway:port/", "a token", errors.CarrierNotSetUp),
        ("http", "https://gateway/", "", errors.CarrierNotSetUp),
        ("http", "https://gateway/", "a\nHost: other", errors.CarrierNotSetUp),
    ],
)
def test_a_carrier_that_is_set_up_wrongly_is_named_before_a_message_is_touched(
    db, monkeypatch, name, url, token, wrong
):
    monkeypatch.setenv("DANCU_SMS_CARRIER", name)
    monkeypatch.setenv("DANCU_SMS_URL", url)
    monkeypatch.setenv("DANCU_SMS_TOKEN", token)
    actions.send_sms(AN, "Hello.", "pass")
    with pytest.raises(wrong):
        actions.deliver(10)
    assert seconds_until_due() <= 0
    result = CliRunner().invoke(messages, ["deliver"])
    assert result.exit_code == 1
    assert "DANCU_SMS" in result.output


@pytest.mark.django_db(transaction=True)
def test_three_processes_send_each_message_once(tmp_path):
    for number in range(200):
        actions.send_sms(AN, f"{number}", "pass")
    program = "print(messaging.deliver(1000).sent)"
    sent = run_at_once(program, 3, DANCU_SMS_CARRIER="file", DANCU_HOME=str(tmp_path))
    assert sum(map(int, sent)) == 200
    texts = [json.loads(line)["text"] for line in (tmp_path / "outbox.jsonl").read_text().splitlines()]
    assert sorted(texts, key=int) == [str(number) for number in range(200)]


def test_the_due_messages_are_found_through_their_index(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox (message_id, due_at, sent_at, channel, recipient, language, text, reason)"
            " SELECT gen_random_uuid(), NULL, now(), 'sms', '0912345678', 'vi', 'x', 'pass' FROM "
            "generate_series(1, 20000)"
        )
        cursor.execute("ANALYZE outbox")
        cursor.execute(
            "EXPLAIN " + delivery._queries.text("claim") % {"limit": 20, "lease": "interval '1 minute'"}
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "outbox_due" in plan
    assert "Seq Scan" not in plan


def test_the_commands_deliver_and_list_without_showing_texts_or_whole_numbers(db, file_carrier):
    actions.send_sms(AN, "Nothing for others to read.", "pass")
    listed = CliRunner().invoke(messages, ["list"]).output
    assert "…678" in listed
    assert "0912345" not in listed
    assert "Nothing" not in listed
    delivered = CliRunner().invoke(messages, ["deliver"])
    assert delivered.exit_code == 0, delivered.output
    assert "1" in delivered.output
    assert "sent" in CliRunner().invoke(messages, ["list"]).output


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox SET due_at = clock_timestamp() WHERE due_at IS NOT NULL")


def seconds_until_due() -> float | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ceil(extract(epoch FROM due_at - clock_timestamp())) FROM outbox")
        (seconds,) = cursor.fetchone()
    return seconds


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(outbox::text, ' ') FROM outbox")
        return cursor.fetchone()[0]


def test_the_outbox_shows_no_telephone_and_no_text_to_who_reads_the_table(db, file_carrier):
    actions.send_sms(AN, "Mã 123456: https://dancu.example/p/abc", "one_time_code", secret=True)
    actions.send_sms(AN, "Giấy đi đường https://dancu.example/p/abc", "pass")
    for _ in range(2):
        for words in ("0912345678", "345678", "123456", "dancu.example", "abc"):
            assert words not in stored().replace("one_time_code", "")
        actions.deliver(10)


def test_a_message_moved_to_anothers_row_is_given_up_and_not_sent(db, file_carrier):
    actions.send_sms(AN, "For An.", "pass")
    actions.send_sms("0987654321", "For Bình.", "pass")
    with connection.cursor() as cursor:  # An's text to Bình's telephone
        cursor.execute("UPDATE outbox SET text = (SELECT text FROM outbox ORDER BY message_id LIMIT 1)")
    assert actions.deliver(10) == actions.Delivery(sent=1, given_up=1)
    assert "0987654321" not in file_carrier.read_text()


def test_what_another_secret_of_the_house_sealed_is_given_up_with_a_word(db, file_carrier, settings):
    actions.send_sms(AN, "Hello.", "pass")
    settings.SECRET_KEY = "another"
    assert actions.deliver(10) == actions.Delivery(given_up=1)
    (message,) = lookups.recent(1)
    assert (message.recipient, message.text) == ("", "")
    assert message.error == "unreadable: another DANCU_SECRET_KEY"


def test_the_night_takes_the_texts_of_what_was_sent_or_is_of_no_use(db, file_carrier):
    actions.send_sms(AN, "Sent.", "pass")
    actions.deliver(10)
    actions.send_sms(AN, "Too late.", "pass", useful_for=timedelta(seconds=-1))
    actions.send_sms(AN, "Waits.", "pass")
    assert tidy()["texts of others"] == 2
    assert [(message.text, message.error) for message in lookups.recent(3)] == [
        ("Waits.", ""),
        ("", "expired"),
        ("", ""),
    ]
    assert actions.deliver(10).sent == 1


def test_messages_of_before_are_sealed_by_the_migration(db, file_carrier):
    message_id = actions.send_sms(AN, "Waits.", "pass")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox SET recipient = '0912345678', text = 'Waits.'")
    import_module("dancu.messaging.migrations.0002_sealed").seal(None, SimpleNamespace(connection=connection))
    assert "0912345678" not in stored()
    assert actions.deliver(10).sent == 1
    assert json.loads(file_carrier.read_text())["id"] == str(message_id)

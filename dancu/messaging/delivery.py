"""Handing the outbox to a carrier. Any number of processes may do it at once.

A message is claimed, handed over outside any transaction, and marked. Should a process die in between, the
message is due again when its claim is over: it is sent at least once, and a gateway tells a second time by
the id.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from dancu.db.queries import Queries
from dancu.messaging import carriers
from dancu.messaging.carriers import Carrier, NeverTaken, NotTaken, OutgoingMessage
from dancu.messaging.contents import Unreadable, opened

MAX_ATTEMPTS = 14  # with the waits below it is given up after 20 hours
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=4)
BATCH = 200  # messages, then it is worth looking what else there is
_AT_A_TIME = 5  # a worker can be stopped after so many, and if it is killed they wait for their claim
_CLAIM = timedelta(
    seconds=2 * _AT_A_TIME * carriers.TIMEOUT_SECONDS
)  # twice what the slowest carrier needs for them
_FAILURES_IN_A_ROW = (
    3  # then the carrier itself is at fault, and the rest of the batch need not wait for it one by one
)

_queries = Queries(__file__)
_log = structlog.get_logger(__name__)


@dataclass
class Delivery:
    """How many messages were sent, put off to be tried again, and given up; expired ones are among the
    last.
    """

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


@dataclass
class _Handing:
    """One run's carrier, and how it fares."""

    carrier: Carrier
    result: Delivery
    failures_in_a_row: int = field(default=0)


def deliver(limit: int) -> Delivery:
    """Hand up to `limit` due messages to the carrier that DANCU_SMS_CARRIER names, and clear away what has
    expired.

    Not within a transaction. Raises UnknownCarrier or CarrierNotSetUp.
    """
    carrier = carriers.named_by_environment()
    _queries.run("forget_codes")
    result = Delivery(given_up=_queries.run("give_up_expired"))
    if carrier is None:
        return result
    handing = _Handing(carrier, result)
    while (
        limit > 0
        and handing.failures_in_a_row < _FAILURES_IN_A_ROW
        and (batch := _claim(min(limit, _AT_A_TIME)))
    ):
        limit -= len(batch)
        for row in batch:
            if message := _opened(row, result):
                _hand_over(message, handing)
    return result


def deliver_some() -> int:
    """The worker's, which looks in between whether it is to stop: hand over a few of what is due, and return
    how many were sent.
    """
    return deliver(_AT_A_TIME).sent


def _claim(limit: int) -> list[dict[str, Any]]:
    rows = _queries.all("claim", limit=limit, lease=_CLAIM)
    rows.sort(key=lambda row: (not row.pop("secret"), row["message_id"]))
    return rows


def _opened(row: dict[str, Any], result: Delivery) -> OutgoingMessage | None:
    """The message with its telephone and text; None where they cannot be read, and it is given up."""
    try:
        words: dict[str, Any] = {
            what: opened(row["message_id"], what, row[what]) for what in ("recipient", "text")
        }
    except Unreadable:
        _give_up(row["message_id"], "unreadable: another DANCU_SECRET_KEY", result)
        return None
    return OutgoingMessage(**row | words)


def _hand_over(message: OutgoingMessage, to: _Handing) -> None:
    if to.failures_in_a_row >= _FAILURES_IN_A_ROW:
        _queries.run("put_back", message_id=message.message_id, after=_FIRST_WAIT)
        to.result.put_off += 1
        return
    try:
        to.carrier(message)
    except NeverTaken as error:
        _give_up(message.message_id, str(error), to.result)
    except NotTaken as error:
        to.failures_in_a_row += 1
        _try_again(message, str(error), to.result)
    else:
        _queries.run("sent", message_id=message.message_id)
        to.failures_in_a_row = 0
        to.result.sent += 1


def _try_again(message: OutgoingMessage, error: str, result: Delivery) -> None:
    attempts = message.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        _give_up(message.message_id, error, result)
        return
    wait = min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT)
    _queries.run("try_again", message_id=message.message_id, after=wait, error=error)
    _log.warning("message put off", message_id=str(message.message_id), attempts=attempts, error=error)
    result.put_off += 1


def _give_up(message_id: UUID, error: str, result: Delivery) -> None:
    _queries.run("give_up", message_id=message_id, error=error)
    _log.error("message given up", message_id=str(message_id), error=error)
    result.given_up += 1

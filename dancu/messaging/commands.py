"""`dancu messages …`: the outbox of SMS."""

import time

import click
import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dancu.messaging import actions, lookups
from dancu.messaging.delivery import BATCH
from dancu.messaging.errors import MessagingError

_log = structlog.get_logger(__name__)


@click.group()
def messages() -> None:
    """SMS to people: waiting and sent."""


@messages.command()
@click.option(
    "--watch",
    is_flag=True,
    help="Run until stopped, beside `dancu work`, which sends them too: for more than one can send.",
)
@click.option(
    "--limit",
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    help="At most this many (without --watch).",
)
def deliver(watch: bool, limit: int) -> None:
    """Hand waiting messages to the carrier that DANCU_SMS_CARRIER names: file, http, none.

    file appends to DANCU_HOME/outbox.jsonl; http posts to DANCU_SMS_URL with the bearer token
    DANCU_SMS_TOKEN; none leaves them waiting.
    """
    try:
        if watch:
            _watch()
        else:
            _tell(actions.deliver(limit))
            click.echo(_("{count} still waiting.").format(count=lookups.waiting()))
    except MessagingError as error:
        raise click.ClickException(str(error)) from None


@messages.command(name="list")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000))
def list_messages(limit: int) -> None:
    """The newest messages and their status, without the texts."""
    for message in lookups.recent(limit):
        became = (
            f"sent {localtime(message.sent_at):%H:%M:%S}"
            if message.sent_at
            else f"given up: {message.error}"
            if message.failed_at
            else f"waits {message.error}".strip()
        )
        click.echo(
            f"{message.message_id}  {localtime(message.created_at):%Y-%m-%d %H:%M:%S}  {message.channel} "
            f"…{message.recipient[-3:]}  {message.reason}  {message.attempts}×  {became}"
        )


def _watch() -> None:
    while True:
        try:
            delivery = actions.deliver(BATCH)
        except DatabaseError as error:
            _log.warning("the outbox could not be read", error=type(error).__name__)
            delivery = actions.Delivery()
        close_old_connections()
        if delivery != actions.Delivery():
            _tell(delivery)
        if not delivery.sent:
            time.sleep(1)


def _tell(delivery: actions.Delivery) -> None:
    told = _("{sent} sent, {put_off} postponed, {given_up} abandoned.")
    click.echo(told.format(sent=delivery.sent, put_off=delivery.put_off, given_up=delivery.given_up))

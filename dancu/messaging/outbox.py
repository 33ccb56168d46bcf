"""Writing a message: in the caller's transaction, so that nobody is told of what was rolled back."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from uuid_utils.compat import uuid7

from dancu.db.queries import Queries
from dancu.messaging.contents import sealed
from dancu.messaging.errors import NotAPhoneNumber, NothingToSay
from dancu.values.phones import clean_phone, is_phone

_queries = Queries(__file__)


def send_sms(
    to: str,
    text: str,
    reason: str,
    person_id: int | None = None,
    *,
    language: str | None = None,
    useful_for: timedelta | None = None,
    secret: bool = False,
) -> UUID:
    """Have `text` sent to the telephone `to` once the caller's transaction is committed. Returns the
    message's id.

    `reason` says for us what it is about ("one_time_code"), `language` ("vi") what it is written in: the
    current one if not given. Telephone and text are stored sealed. After `useful_for` it is not sent any
    more. The text of a `secret` is kept only until it is sent or given up, and secrets go first. Raises
    NotAPhoneNumber, NothingToSay.
    """
    number = clean_phone(to)
    if not is_phone(number):
        raise NotAPhoneNumber
    if not text.strip():
        raise NothingToSay
    message_id = uuid7()
    _queries.run(
        "add",
        message_id=message_id,
        useful_for=useful_for,
        person_id=person_id,
        secret=secret,
        channel="sms",
        recipient=sealed(message_id, "recipient", number),
        language=language or get_language() or settings.LANGUAGE_CODE,
        text=sealed(message_id, "text", text),
        reason=reason,
    )
    return message_id

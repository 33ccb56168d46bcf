"""Telephones and texts as they lie in the outbox: sealed with the house's secret, each for its message."""

from base64 import b64decode, b64encode
from uuid import UUID

from django.conf import settings

from dancu.sealing import DoesNotOpen, seal, unseal


class Unreadable(Exception):
    """It was written with another DANCU_SECRET_KEY, or it was changed."""


def sealed(message_id: UUID, what: str, words: str) -> str:
    """A message's "recipient" or "text", not empty, as it is stored."""
    return b64encode(seal(settings.SECRET_KEY, f"outbox {what}", str(message_id), words.encode())).decode()


def opened(message_id: UUID, what: str, stored: str) -> str:
    """The words; "" where nothing is kept any more. Raises Unreadable."""
    if not stored:
        return ""
    try:
        return unseal(
            settings.SECRET_KEY, f"outbox {what}", str(message_id), b64decode(stored, validate=True)
        ).decode()
    except (DoesNotOpen, ValueError):
        raise Unreadable(Unreadable.__doc__) from None

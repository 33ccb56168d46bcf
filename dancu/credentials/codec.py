"""A message as the text of a QR code: a prefix and base45 (RFC 9285), all of it in the code's
alphanumeric mode.
"""

import base45

from dancu.credentials.envelope import MAX_BYTES
from dancu.credentials.errors import NotACredential


def to_qr_text(prefix: str, message: bytes) -> str:
    """The text that goes into the QR code: "DC1:" and the message."""
    return prefix + base45.b45encode(message).decode()


def from_qr_text(prefix: str, text: str) -> bytes:
    """The message in a scanned or typed text. Raises NotACredential where it is anything else.

    White space around it and a prefix in small letters are forgiven; base45 never ends in a space of its own.
    """
    text = text.strip()
    start, content = text[: len(prefix)], text[len(prefix) :]
    if start.upper() != prefix or len(content) > (MAX_BYTES + 1) // 2 * 3:
        raise NotACredential
    try:
        return base45.b45decode(content)
    except ValueError:
        raise NotACredential from None

"""One-time passwords. Where two administrators agreed on one, each of them is shown one half and hands it
over: neither can sign in with it.
"""

import hashlib
import hmac
import secrets

from django.conf import settings

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper


def one_time() -> str:
    """79 bits, in four groups that can be read over a telephone."""
    return f"{second_half()}-{second_half()}"


def second_half() -> str:
    """40 bits, in two groups: what whoever confirms is shown once."""
    return _grouped([secrets.choice(_LETTERS) for _ in range(8)])


def first_half(proposal_id: int) -> str:
    """As many: what whoever proposed is shown. It is kept nowhere, but follows from the secret key."""
    secret = f"dancu.accounts.passwords:{settings.SECRET_KEY}".encode()
    number = int.from_bytes(hmac.digest(secret, str(proposal_id).encode(), hashlib.sha256))
    letters = []
    for _ in range(8):
        number, nth = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[nth])
    return _grouped(letters)


def _grouped(letters: list[str]) -> str:
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"

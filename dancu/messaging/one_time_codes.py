"""Six digits by SMS, to know that somebody holds the telephone the register names.

Five tries of a million codes, three codes in 15 minutes: guessing succeeds once in 67,000 windows. Where many
may ask for the same telephone, each asker has a code of their own, and `most` of them are sent: then once in
200,000 divided by `most`.
"""

import hmac
import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from dancu.accounts import throttle
from dancu.db.queries import Queries
from dancu.messaging.errors import TooManyCodes
from dancu.messaging.outbox import send_sms

VALID_FOR = timedelta(minutes=5)
TRIES = 5
SENDS, WINDOW = 3, timedelta(minutes=15)

_queries = Queries(__file__)


def send_code(
    purpose: str,
    subject: str,
    phone: str,
    person_id: int | None,
    language: str,
    *,
    counted: str = "",
    most: int = SENDS,
) -> None:
    """Send a new code to `phone`, in the reader's language ("vi"). The last code for this purpose and subject
    ends.

    `purpose` ("sign-in") and `subject` (a PIN) say what the code will prove, and are not stored. `counted`:
    what codes are counted by in place of the subject, `most` of them in 15 minutes. Within a transaction a
    rollback forgets the count, too. Raises TooManyCodes, NotAPhoneNumber.
    """
    if not throttle.allow(f"one-time code {purpose} {counted or subject}", most, int(WINDOW.total_seconds())):
        raise TooManyCodes(most, WINDOW // timedelta(minutes=1))
    code = f"{secrets.randbelow(1_000_000):06}"
    with override(language):
        text = _(
            "Your dancu code: {code}. It is valid once, for {minutes} minutes. Never give it to anyone, not "
            "even an official."
        ).format(code=code, minutes=VALID_FOR // timedelta(minutes=1))
    with transaction.atomic():
        _queries.run(
            "put_code",
            subject=_hash(purpose, subject),
            code_hash=_hash(purpose, subject, code),
            valid_for=VALID_FOR,
            attempts=TRIES,
        )
        send_sms(
            phone, text, "one_time_code", person_id, language=language, useful_for=VALID_FOR, secret=True
        )


def check_code(purpose: str, subject: str, code: str) -> bool:
    """Whether `code` is the one sent last for this purpose and subject, at most 5 minutes ago. It can be used
    once.

    Each call with six digits is a try; after five the code is dead. Not within a transaction, or a rollback
    forgets the try.
    """
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch("[0-9]{6}", digits):
        return False
    tried = _queries.one("try_code", subject=_hash(purpose, subject))
    given = _hash(purpose, subject, digits)
    if tried is None or not hmac.compare_digest(tried["code_hash"], given):
        return False
    return _queries.run("use_code", subject=_hash(purpose, subject), code_hash=given) == 1


def _hash(*parts: str) -> str:
    """Keyed SHA-256: a million codes, or all PINs there are, are soon tried against a plain one."""
    key = f"dancu.messaging.one_time_codes:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, "\0".join(parts).encode(), "sha256").hex()

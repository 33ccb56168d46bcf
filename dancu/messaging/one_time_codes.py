"""Digits by SMS, to know that somebody holds the telephone the register names.

*Six digits*: five tries of a million codes, three codes in 15 minutes: guessing succeeds once in 67,000
windows. Where many may ask for the same telephone, each asker has a code of their own, and `most` of them are
sent `within` a time: then once in 200,000 divided by `most`.

*Twelve digits* (`send_long_code`), where those are used up. Nobody can be told from a stranger before they
have shown the telephone, so whatever is refused after so many asks or tries, a stranger can have refused to
the citizen. Hence a code that needs no count: one for the telephone, good for whoever asks with it, of 10^12,
so that a thousand tries a second would find it once in 32 years. While it lives no other is sent, and nobody
can end it; when it is nearly over or used, the next ask sends the next: whoever holds the telephone always
has a code or gets one, and it is sent at most every 105 minutes unless its holder uses it. NIST SP 800-63B
lets a code by SMS live for ten minutes and be tried a hundred times; this one lives longer, for which it is
a million times harder to guess.
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
from dancu.values.phones import clean_phone

VALID_FOR = timedelta(minutes=5)
TRIES = 5
SENDS, WINDOW = 3, timedelta(minutes=15)
LONG_VALID_FOR, LONG_ENOUGH = timedelta(hours=2), timedelta(minutes=15)  # to read it and type it
_SHORT, _LONG = 6, 12

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
    within: timedelta = WINDOW,
) -> None:
    """Send a new code to `phone`, in the reader's language ("vi"). The last code for this purpose and subject
    ends.

    `purpose` ("sign-in") and `subject` (a PIN) say what the code will prove, and are not stored. `counted`:
    what codes are counted by in place of the subject, `most` of them `within` a time. Within a transaction a
    rollback forgets the count, too. Raises TooManyCodes, NotAPhoneNumber.
    """
    if not throttle.allow(f"one-time code {purpose} {counted or subject}", most, int(within.total_seconds())):
        raise TooManyCodes(most, within // timedelta(minutes=1))
    code = _random(_SHORT)
    with transaction.atomic():
        _queries.run(
            "put_code",
            subject=_hash(purpose, subject),
            code_hash=_hash(purpose, subject, code),
            valid_for=VALID_FOR,
            attempts=TRIES,
        )
        _send(phone, code, VALID_FOR, person_id, language)


def send_long_code(purpose: str, phone: str, person_id: int | None, language: str) -> bool:
    """Send a code of twelve digits to `phone`, which is good for whoever asks with it, unless the last one
    lives on for long enough. Whether one was sent. Raises NotAPhoneNumber.
    """
    code, subject = _random(_LONG), clean_phone(phone)
    with transaction.atomic():
        is_new = _queries.run(
            "put_long_code",
            subject=_hash(purpose, subject, "long"),
            code_hash=_hash(purpose, subject, code),
            valid_for=LONG_VALID_FOR,
            long_enough=LONG_ENOUGH,
        )
        if is_new:
            spaced = " ".join(code[at : at + 4] for at in range(0, _LONG, 4))
            _send(phone, spaced, LONG_VALID_FOR, person_id, language)
    return bool(is_new)


def check_long_code(purpose: str, phone: str, code: str) -> bool:
    """Whether `code` is the one of twelve digits sent last to this telephone, at most 2 hours ago. It can be
    used once; wrong tries do not end it.
    """
    digits, subject = re.sub(r"\s", "", code), clean_phone(phone)
    if not re.fullmatch(f"[0-9]{{{_LONG}}}", digits):
        return False
    which = {"subject": _hash(purpose, subject, "long"), "code_hash": _hash(purpose, subject, digits)}
    return _queries.run("use_code", **which) == 1


def check_code(purpose: str, subject: str, code: str) -> bool:
    """Whether `code` is the one sent last for this purpose and subject, at most 5 minutes ago. It can be used
    once.

    Each call with six digits is a try; after five the code is dead. Not within a transaction, or a rollback
    forgets the try.
    """
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(f"[0-9]{{{_SHORT}}}", digits):
        return False
    tried = _queries.one("try_code", subject=_hash(purpose, subject))
    given = _hash(purpose, subject, digits)
    if tried is None or not hmac.compare_digest(tried["code_hash"], given):
        return False
    return _queries.run("use_code", subject=_hash(purpose, subject), code_hash=given) == 1


def _random(digits: int) -> str:
    return f"{secrets.randbelow(10**digits):0{digits}}"


def _send(phone: str, code: str, valid_for: timedelta, person_id: int | None, language: str) -> None:
    with override(language):
        text = _(
            "Your dancu code: {code}. It is valid once, for {minutes} minutes. Never give it to anyone, not "
            "even an official."
        ).format(code=code, minutes=valid_for // timedelta(minutes=1))
    send_sms(phone, text, "one_time_code", person_id, language=language, useful_for=valid_for, secret=True)


def _hash(*parts: str) -> str:
    """Keyed SHA-256: a million codes, or all PINs there are, are soon tried against a plain one."""
    key = f"dancu.messaging.one_time_codes:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, "\0".join(parts).encode(), "sha256").hex()

"""Digits by SMS, to know that somebody holds the telephone the register names.

*Six digits*: five tries of a million codes, three codes in 15 minutes: guessing succeeds once in 67,000
windows. Where many may ask for the same telephone, each asker has a code of their own, and `most` of them are
sent `within` a time: then once in 200,000 divided by `most`.

*Twelve digits* (`send_long_code`), where those are used up. Nobody can be told from a stranger before they
have shown the telephone, so whatever is refused after so many asks or tries, a stranger can have refused to
the citizen. Hence a code that needs no count: for the telephone, good for whoever asks with it, of 10^12; and
nobody can end it. A message may be lost or deleted, so one more is sent in each third of an hour in which
somebody asks, beside those that live: each is good for its two hours. By the clock it is known from when
another is sent, which is no secret, and the same for everybody.

*Bounds*: seven live at most, so that a thousand tries a second find one in 4.5 years, with the telephone
ringing all the while: 72 times a day at most, unless its holder uses them. NIST SP 800-63B lets a code by SMS
live for ten minutes and be tried a hundred times; these live longer, for which they are 140,000 times harder
to guess.
"""

import hmac
import re
import secrets
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dancu.accounts import throttle
from dancu.db.queries import Queries
from dancu.messaging.errors import TooManyCodes
from dancu.messaging.outbox import send_sms
from dancu.values.digits import clean_number
from dancu.values.phones import clean_phone

VALID_FOR = timedelta(minutes=5)
TRIES = 5
SENDS, WINDOW = 3, timedelta(minutes=15)
LONG_VALID_FOR, LONG_EVERY = timedelta(hours=2), timedelta(minutes=20)
_SHORT, _LONG = LENGTHS = 6, 12

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
    """Send a code of twelve digits to `phone`, which is good for whoever asks with it, unless one was sent in
    this `long_code_window` and not used. Those sent before stay good. Whether one was sent. Raises
    NotAPhoneNumber.
    """
    code, subject = _random(_LONG), clean_phone(phone)
    with transaction.atomic():
        is_new = _queries.run(
            "put_long_code",
            subject=_hash(purpose, subject, "long", str(_window(_now()))),
            code_hash=_hash(purpose, subject, code),
            valid_for=LONG_VALID_FOR,
        )
        if is_new:  # with hyphens, which no personal number is written with
            _send(phone, "-".join(re.findall("....", code)), LONG_VALID_FOR, person_id, language)
    return bool(is_new)


def long_code_window(at: float) -> tuple[datetime, datetime]:
    """Since when at most one code of twelve digits was sent to any telephone, and from when the next may be,
    of the moment `at` (seconds since 1970).
    """
    begins = datetime.fromtimestamp(_window(at) * LONG_EVERY.total_seconds(), UTC)
    return begins, begins + LONG_EVERY


def check_long_code(purpose: str, phone: str, code: str) -> bool:
    """Whether `code` is one of twelve digits sent to this telephone at most 2 hours ago. It can be used once;
    wrong tries do not end it.
    """
    digits, subject = clean_number(code), clean_phone(phone)
    if not re.fullmatch(f"[0-9]{{{_LONG}}}", digits):
        return False
    last = _window(_now())
    windows = range(last - LONG_VALID_FOR // LONG_EVERY, last + 1)
    subjects = [_hash(purpose, subject, "long", str(window)) for window in windows]
    code_hash = _hash(purpose, subject, digits)
    return _queries.run("use_long_code", subjects=subjects, code_hash=code_hash) > 0


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


def _now() -> float:
    return time.time()


def _window(at: float) -> int:
    return int(at // LONG_EVERY.total_seconds())


def _random(digits: int) -> str:
    return f"{secrets.randbelow(10**digits):0{digits}}"


def _send(phone: str, code: str, valid_for: timedelta, person_id: int | None, language: str) -> None:
    with override(language):
        text = _(
            "Your dancu code: {code}. It is valid once, for {time}. Never give it to anyone, not even an "
            "official."
        ).format(code=code, time=_in_words(valid_for))
    send_sms(phone, text, "one_time_code", person_id, language=language, useful_for=valid_for, secret=True)


def _in_words(valid_for: timedelta) -> str:
    hours, left = divmod(valid_for, timedelta(hours=1))
    if hours and not left:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    minutes = valid_for // timedelta(minutes=1)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def _hash(*parts: str) -> str:
    """Keyed SHA-256: a million codes, or all PINs there are, are soon tried against a plain one."""
    key = f"dancu.messaging.one_time_codes:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, "\0".join(parts).encode(), "sha256").hex()

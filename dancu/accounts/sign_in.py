"""Signing in: a password, then a code from an authenticator. Wrong tries of either count towards the same
lock.
"""

import functools
import time
from base64 import b32encode
from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.hashers import check_password as _password_matches
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP, hotp

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Authenticator, Official
from dancu.audit import actions as audit
from dancu.db.queries import Queries

_queries = Queries(__file__)
WRONG_TRIES = 5
LOCKED_MINUTES = 15


def check_password(
    username: str, password: str, address: str, known: Collection[int] = ()
) -> Official | None:
    """The official with this user name and password; None where either is wrong or the account is locked.

    `known`: officials who have signed in with this browser before: a lock, which anybody brings about who
    tries five passwords, does not keep them out of it, and what is tried there is not counted towards it. The
    caller has counted the browser's tries. Every answer costs one password hash, so that neither it nor its
    time tells which it was.
    """
    official = Official.objects.filter(username=username.strip().lower()).first()
    if official is None:
        _password_matches(password, _nobodys_password())
        return None
    right = official.check_password(password)
    if not official.is_active or (is_locked(official) and official.pk not in known):
        return None
    if not right:
        record_failure(official.pk, address, counts=official.pk not in known)
        return None
    return official


def check_code(
    official: Official, code: str, address: str, known: Collection[int] = ()
) -> Authenticator | None:
    """The official's authenticator, where it shows this code now and it was not used before. Else None, which
    counts. `known`: as above. Raises NoPassphrase or WrongPassphrase where secrets cannot be opened, and
    counts nothing.

    The row is locked meanwhile: of two who send the same code at once, one gets in.
    """
    if is_locked(official) and official.pk not in known:
        return None
    with transaction.atomic():
        device = Authenticator.objects.select_for_update().filter(user=official, confirmed=True).first()
        right = device is not None and device.verify_token(code)
    if not right:
        record_failure(official.pk, address, counts=official.pk not in known)
        return None
    return device


def record_failure(official_id: int, address: str, counts: bool = True) -> bool:
    """Count a wrong password or code; the fifth in a row locks the account for 15 minutes. Returns whether it
    is. Not `counts`: it is written to the audit alone.
    """
    with transaction.atomic():
        if not counts:
            audit.record(_themselves(official_id, address), "accounts.sign_in_failed")
            return False
        counted = _queries.one(
            "record_failure", official_id=official_id, wrong_tries=WRONG_TRIES, minutes=LOCKED_MINUTES
        )
        if counted is None:  # locked already, by another process too: nothing to count
            return True
        locked = counted["failed_count"] == 0
        audit.record(
            _themselves(official_id, address),
            "accounts.sign_in_locked" if locked else "accounts.sign_in_failed",
        )
    return locked


def is_locked(official: Official) -> bool:
    """Whether wrong tries have locked the account for now."""
    return official.locked_until is not None and official.locked_until > timezone.now()


def has_device(official: Official) -> bool:
    """Whether the official has enrolled an authenticator."""
    return Authenticator.objects.filter(user=official, confirmed=True).exists()


def check_passphrase() -> None:
    """Whether this server can check codes: it opens the secret that was stored last. Raises NoPassphrase
    or WrongPassphrase.
    """
    if device := Authenticator.objects.order_by("-pk").first():
        device.opened(settings.KEY_PASSPHRASE)


def device_to_enrol(official: Official) -> Authenticator:
    """The authenticator that the official is enrolling: the same one until it is confirmed."""
    device = Authenticator.objects.filter(user=official, confirmed=False).first()
    return device or Authenticator.objects.create(user=official, name=official.username, confirmed=False)


def key_to_type(device: Authenticator) -> str:
    """The authenticator's secret for typing in, where no camera reads the QR code: base32 in groups of
    four.
    """
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def confirm_device(official: Official, code: str, address: str) -> Authenticator | None:
    """Enrol the authenticator, where it shows this code; else None. An official who has one already
    cannot.
    """
    with transaction.atomic():
        Official.objects.select_for_update().get(pk=official.pk)
        device = Authenticator.objects.select_for_update().filter(user=official, confirmed=False).first()
        if device is None or has_device(official) or not device.verify_token(code):
            return None
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        audit.record(_themselves(official.pk, address), "accounts.second_factor_enrolled")
    return device


def code_for_demo(official: Official) -> str:
    """The code that the official's authenticator shows and was not used yet; empty unless settings.DEMO."""
    device = Authenticator.objects.filter(user=official).order_by("-confirmed").first()
    if not settings.DEMO or device is None:
        return ""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time()
    unused = max(totp.t(), device.last_t + 1)
    return f"{hotp(device.bin_key, unused, device.digits):0{device.digits}d}"


def change_password(official: Official, password: str, address: str) -> None:
    """The official's own new password; sessions elsewhere end. Raises django's ValidationError where it
    is weak.
    """
    validate_password(password, official)
    with transaction.atomic():
        official.set_password(password)
        official.must_change_password = False
        official.save(update_fields=["password", "must_change_password"])
        audit.record(_themselves(official.pk, address), "accounts.password_changed")


def record_signed_in(official_id: int, address: str) -> None:
    """Both factors were right: forget the wrong tries before."""
    with transaction.atomic():
        _queries.run("signed_in", official_id=official_id)
        audit.record(_themselves(official_id, address), "accounts.signed_in")


def record_signed_out(official_id: int, address: str) -> None:
    """The official ended the session."""
    audit.record(_themselves(official_id, address), "accounts.signed_out")


def record_seen(official_id: int) -> None:
    """The official is at work now."""
    _queries.run("record_seen", official_id=official_id)


def _themselves(official_id: int, address: str) -> Acting:
    """An official who acts in no role yet."""
    return Acting(official_id, "", "nation", 0, "administration", address)


@functools.cache
def _nobodys_password() -> str:
    return make_password("nobody's")

"""Officials and the roles they are granted: few rows, read on every request; reference tables when
distributed.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from dancu.accounts.errors import NoSealingPassphrase, WrongSealingPassphrase
from dancu.sealing import DoesNotOpen, seal, unseal

_SECOND_FACTORS = "second factors"


class Official(AbstractBaseUser):
    """Someone who works with the register. `is_active` is false while an administrator has locked the
    account.
    """

    last_login = None  # the audit has every sign-in
    username = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=120)
    sought_by = models.CharField(max_length=170)  # user name and full name, small letters without marks
    phone = models.CharField(max_length=20, blank=True, default="")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    failed_count = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    session_number = models.IntegerField(default=0)  # counting it up ends every session of the official
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: the server

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = models.Manager()

    class Meta:
        db_table = "official"

    def get_session_auth_hash(self) -> str:
        """What a session must still match: a new password or a counted-up `session_number` ends it."""
        stamp = f"{self.password}:{self.session_number}"
        signed = salted_hmac("dancu.accounts.session", stamp, algorithm="sha256")  # pyright: ignore[reportCallIssue]
        return signed.hexdigest()


class Proposal(models.Model):
    """What one administrator proposed for an official and another decided (accounts.proposals). Made and
    read by SQL; its rules stand in 0004.
    """

    proposal_id = models.BigAutoField(primary_key=True)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="proposals")

    class Meta:
        db_table = "account_proposal"


class Grant(models.Model):
    """A role given to an official: where, what for, from which day, until before which. Ended, never
    deleted.
    """

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="grants")
    official_id: int
    role = models.CharField(max_length=30)
    jurisdiction_kind = models.CharField(max_length=10)
    jurisdiction_id = models.BigIntegerField(default=0)
    purpose = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    proposal_id = models.BigIntegerField(unique=True)  # see accounts.proposals

    class Meta:
        db_table = "official_grant"


class BrowserSession(AbstractBaseSession):
    """A row of Django's own table of sessions, with what was typed in a column that ends sooner
    (sessions.py).
    """

    typed = models.TextField(default="")
    typed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "django_session"
        managed = False


class Authenticator(TOTPDevice):
    """An official's second factor. Its secret lies sealed in the database, for this official alone: a copy of
    the table shows no codes, and a row that was given to another account opens none. Whoever reads it as a
    TOTPDevice has the wrong secret.
    """

    user_id: int

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """The secret. Raises NoPassphrase or WrongPassphrase."""
        return self.opened(settings.KEY_PASSPHRASE)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one is sealed on its way. Raises NoPassphrase."""
        if self._state.adding:
            self.key = sealed_key(settings.KEY_PASSPHRASE, self.user_id, self.key)
        super().save(*args, **kwargs)

    def opened(self, passphrase: str) -> bytes:
        """The secret, by this passphrase. Raises NoPassphrase or WrongPassphrase."""
        if not passphrase:
            raise NoSealingPassphrase
        try:
            return unseal(passphrase, _SECOND_FACTORS, str(self.user_id), bytes.fromhex(self.key))
        except (DoesNotOpen, ValueError):
            raise WrongSealingPassphrase from None


def sealed_key(passphrase: str, official_id: int, key: str) -> str:
    """A secret, hexadecimal as django-otp makes it, as it is stored for this official. Raises
    NoPassphrase.
    """
    if not passphrase:
        raise NoSealingPassphrase
    return seal(passphrase, _SECOND_FACTORS, str(official_id), bytes.fromhex(key)).hex()

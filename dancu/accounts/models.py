"""Officials and the roles they are granted: few rows, read on every request; reference tables when distributed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac


class Official(AbstractBaseUser):
    """Someone who works with the register. `is_active` is false while an administrator has locked the account."""

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
    made_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")  # null: the server

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
    """What one administrator proposed for an official and another decided (accounts.proposals). Made and read by SQL; its rules stand in 0004."""

    proposal_id = models.BigAutoField(primary_key=True)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="proposals")

    class Meta:
        db_table = "account_proposal"


class Grant(models.Model):
    """A role given to an official: where, what for, from which day, until before which. Ended, never deleted."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    jurisdiction_kind = models.CharField(max_length=10)
    jurisdiction_id = models.BigIntegerField(default=0)
    purpose = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="+")
    proposal_id = models.BigIntegerField(unique=True)  # see accounts.proposals

    class Meta:
        db_table = "official_grant"

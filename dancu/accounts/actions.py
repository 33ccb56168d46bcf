"""Making officials, granting and ending their roles, locking and resetting their accounts. All of it is audited.

`by` is the administrator at work, or None for the command line of the machine itself.
"""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from dancu.accounts import errors
from dancu.accounts.duties import ROLES
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Authenticator, Grant, Official, sealed_key
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.folding import fold
from dancu.invisible import visible

_queries = Queries(__file__)
_tokens = Queries(__file__, "tokens.sql")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper  # noqa: S105


@dataclass(frozen=True)
class NewOfficial:
    """What is shown once. `totp_uri` is empty where the official enrols an authenticator at the first sign-in."""

    official_id: int
    username: str
    password: str
    totp_uri: str


def create_official(
    by: Acting | None, username: str, full_name: str, phone: str = "", *, with_second_factor: bool = False
) -> NewOfficial:
    """A new account with a one-time password. Raises BadUsername, NoFullName or UsernameTaken."""
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise errors.BadUsername
    full_name = " ".join(visible(full_name).split())
    if not any(map(str.isalpha, full_name)):
        raise errors.NoFullName
    password = _one_time_password()
    official = Official(
        username=username,
        full_name=full_name,
        sought_by=fold(f"{username} {full_name}")[:170],  # folding takes some scripts' letters apart
        phone=phone,
        password=make_password(password),
    )
    totp_uri = ""
    with transaction.atomic():
        try:
            with transaction.atomic():
                official.save()
        except IntegrityError:
            raise errors.UsernameTaken from None
        if with_second_factor:
            totp_uri = Authenticator.objects.create(user=official, name=username, confirmed=True).config_url
        _record(by, "accounts.official_created", official.pk)
    return NewOfficial(official.pk, username, password, totp_uri)


def grant_role(
    by: Acting | None,
    official_id: int,
    role: str,
    jurisdiction_kind: str,
    jurisdiction_id: int = 0,
    purpose: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> int:
    """Let an official act in `role` there, from `valid_from` (today) until before `valid_to` (no end).

    Returns the grant's number. Raises NoSuchRole, NotForThisRole, JurisdictionMissing, EndsBeforeItBegins, OwnAccount,
    NoSuchOfficial or AlreadyGranted.
    """
    if role not in ROLES:
        raise errors.NoSuchRole
    if jurisdiction_kind not in ROLES[role].jurisdictions:
        raise errors.NotForThisRole
    if (jurisdiction_kind == "nation") != (jurisdiction_id == 0):
        raise errors.JurisdictionMissing
    valid_from = valid_from or timezone.localdate()
    if valid_to is not None and valid_to <= valid_from:
        raise errors.EndsBeforeItBegins
    grant: dict[str, Any] = {
        "official_id": official_id,
        "role": role,
        "jurisdiction_kind": jurisdiction_kind,
        "jurisdiction_id": jurisdiction_id,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    with transaction.atomic():
        _to_change(by, official_id)
        if _queries.one("same_grant", **grant):
            raise errors.AlreadyGranted
        new = Grant.objects.create(
            **grant, purpose=purpose or ROLES[role].purpose, granted_by_id=by.official_id if by else None
        )
        _record(
            by, "accounts.role_granted", official_id, f"grant {new.pk} {role} {jurisdiction_kind} {jurisdiction_id}"
        )
    return new.pk


def end_grant(by: Acting | None, grant_id: int) -> bool:
    """End a role and the official's sessions now. False where it had ended already.

    Raises NotGranted (no such grant), OwnAccount or LastAdministrator.
    """
    with transaction.atomic():
        grant = Grant.objects.filter(pk=grant_id).first()
        if grant is None:
            raise errors.NotGranted
        _keep_an_administrator(without_grant=grant_id)
        _to_change(by, grant.official_id)
        ended = _queries.run("end_grant", grant_id=grant_id, by=by.official_id if by else None)
        if ended:
            _queries.run("end_sessions", official_id=grant.official_id)
            _record(by, "accounts.role_ended", grant.official_id, f"grant {grant_id} {grant.role}")
    return bool(ended)


def confirm_grant(by: Acting | None, grant_id: int, area_ids: Collection[int]) -> list[int]:
    """The area of this role has ended: give the role for these areas in its place, until the same day, and end the old one.

    Returns the new grants' numbers. The tokens of systems go along where it is one area. Raises NotGranted (no such grant, or ended),
    JurisdictionMissing (no area), and what `grant_role` and `end_grant` raise.
    """
    with transaction.atomic():
        old = Grant.objects.filter(pk=grant_id, jurisdiction_kind="area", ended_at=None).first()
        if old is None:
            raise errors.NotGranted
        if not area_ids:
            raise errors.JurisdictionMissing
        new = [
            grant_role(by, old.official_id, old.role, "area", area_id, old.purpose, valid_to=old.valid_to)
            for area_id in area_ids
        ]
        if len(new) == 1:
            _tokens.run("hand_over", grant_id=grant_id, new_id=new[0])
        end_grant(by, grant_id)
    return new


def lock(by: Acting | None, official_id: int) -> None:
    """Close an account and end its sessions, until `unlock`. Raises NoSuchOfficial, OwnAccount or LastAdministrator."""
    with transaction.atomic():
        _keep_an_administrator(without_official=official_id)
        _to_change(by, official_id)
        if _queries.run("lock", official_id=official_id):
            _record(by, "accounts.official_locked", official_id)


def unlock(by: Acting | None, official_id: int) -> None:
    """Open an account again, whoever or whatever closed it. Raises NoSuchOfficial or OwnAccount."""
    with transaction.atomic():
        _to_change(by, official_id)
        _queries.run("unlock", official_id=official_id)
        _record(by, "accounts.official_unlocked", official_id)


def reset_password(by: Acting | None, official_id: int) -> str:
    """A new one-time password, to be shown once; the official's sessions end. Raises NoSuchOfficial or OwnAccount."""
    password = _one_time_password()
    with transaction.atomic():
        _to_change(by, official_id)
        _queries.run("reset_password", official_id=official_id, password=make_password(password))
        _record(by, "accounts.password_reset", official_id)
    return password


def reset_second_factor(by: Acting | None, official_id: int) -> None:
    """Forget the official's authenticator; they enrol another at the next sign-in. Their sessions end.

    Raises NoSuchOfficial or OwnAccount.
    """
    with transaction.atomic():
        official = _to_change(by, official_id)
        Authenticator.objects.filter(user=official).delete()
        _queries.run("end_sessions", official_id=official_id)
        _record(by, "accounts.second_factor_reset", official_id)


def seal_anew(old: str, new: str) -> int:
    """Second factors that lie sealed with the passphrase `old` lie sealed with `new`; returns how many. Raises NoPassphrase or WrongPassphrase, and
    the caller's transaction changes nothing.
    """
    devices = Authenticator.objects.select_for_update().order_by("pk")
    for device in devices:
        key = sealed_key(new, device.user_id, device.opened(old).hex())
        Authenticator.objects.filter(pk=device.pk).update(key=key)
    return len(devices)


def _to_change(by: Acting | None, official_id: int) -> Official:
    if by is not None and by.official_id == official_id:
        raise errors.OwnAccount
    official = Official.objects.select_for_update().filter(pk=official_id).first()
    if official is None:
        raise errors.NoSuchOfficial
    return official


def _keep_an_administrator(*, without_grant: int = 0, without_official: int = 0) -> None:
    """Locks every administrator's row, so that two who end each other at once come here one after the other."""
    now = _queries.all("administrators", on=timezone.localdate())
    left = [row for row in now if row["grant_id"] != without_grant and row["official_id"] != without_official]
    if now and not left:
        raise errors.LastAdministrator


def _one_time_password() -> str:
    """79 bits, in four groups that can be read over a telephone."""
    groups = ("".join(secrets.choice(_PASSWORD_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _record(by: Acting | None, action: str, official_id: int, detail: str = "") -> None:
    detail = f"official {official_id} {detail}".strip()
    if by is None:
        audit.record_system(action, detail=detail, purpose="administration")
    else:
        audit.record(by, action, detail=detail)

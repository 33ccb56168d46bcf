"""Making officials, granting and ending their roles, locking and resetting their accounts. All of it is
audited.

What closes a door is one administrator's act: `by` is who is at work. What opens one takes two: `by` is what
they agreed on (`proposals.confirm`). None is the command line of the machine itself, which leaves a proposal
that nobody made and `why`.
"""

import os
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from dancu.accounts import errors, granting, passwords
from dancu.accounts.duties import ROLES
from dancu.accounts.eyes import Agreed
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Authenticator, Grant, Official, sealed_key
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.text.folding import fold
from dancu.text.invisible import visible

_queries = Queries(__file__)
_proposals = Queries(__file__, "proposals.sql")
_tokens = Queries(__file__, "tokens.sql")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True)
class NewOfficial:
    """What is shown once. `totp_uri` is empty where the official enrols an authenticator at the first
    sign-in, `password` where it comes with the first role.
    """

    official_id: int
    username: str
    password: str
    totp_uri: str


def create_official(
    by: Acting | None, username: str, full_name: str, phone: str = "", *, with_second_factor: bool = False
) -> NewOfficial:
    """A new account, which opens nothing: its password comes with the first role, on which two agree. At the
    command line it has a one-time password at once. Raises BadUsername, NoFullName or UsernameTaken.
    """
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise errors.BadUsername
    full_name = " ".join(visible(full_name).split())
    if not any(map(str.isalpha, full_name)):
        raise errors.NoFullName
    password = "" if by else passwords.one_time()
    official = Official(
        username=username,
        full_name=full_name,
        sought_by=fold(f"{username} {full_name}")[:170],  # folding takes some scripts' letters apart
        phone=phone,
        password=make_password(password or None),  # None: no password fits
        made_by_id=by.official_id if by else None,
    )
    totp_uri = ""
    with transaction.atomic():
        _at_work(by)
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
    by: Agreed | None,
    official_id: int,
    role: str,
    jurisdiction_kind: str,
    jurisdiction_id: int = 0,
    purpose: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    why: str = "",
) -> int:
    """Let an official act in `role` there, from `valid_from` (today) until before `valid_to` (no end).

    Returns the grant's number. Raises NeedsSecond, NoSuchOfficial, OwnAccount, or what `granting.checked`
    raises.
    """
    with transaction.atomic():
        _to_change(_agreed(by, official_id, "role"), official_id)
        grant = granting.checked(official_id, role, jurisdiction_kind, jurisdiction_id, valid_from, valid_to)
        purpose = purpose or ROLES[role].purpose
        [new] = _queries.all(
            "give_role",
            **grant,
            purpose=purpose,
            by=by.proposed_by if by else None,
            proposal_id=by.proposal_id if by else _at_the_server("role", why, **grant, purpose=purpose),
        )
        grant_id: int = new["grant_id"]
        _record(
            by,
            "accounts.role_granted",
            official_id,
            f"grant {grant_id} {role} {jurisdiction_kind} {jurisdiction_id}",
        )
    return grant_id


def end_grant(by: Acting | None, grant_id: int) -> bool:
    """End a role and the official's sessions now. False where it had ended already.

    Raises NotGranted (no such grant), OwnAccount or LastAdministrator.
    """
    with transaction.atomic():
        grant = Grant.objects.filter(pk=grant_id).first()
        if grant is None:
            raise errors.NotGranted
        _at_work(by)
        _keep_an_administrator(without_grant=grant_id)
        _to_change(by, grant.official_id)
        return _end(by, by.official_id if by else None, grant)


def end_replaced(by: Agreed, new_id: int) -> None:
    """Two agreed on the role `new_id` in place of one whose area has ended: end that. Systems' tokens go
    along where nothing else takes its place, and it stood until now: those of a role that somebody ended
    before have ended with it.
    """
    with transaction.atomic():
        replaced = _proposals.one("replaced", proposal_id=by.proposal_id, grant_id=new_id)
        if replaced is None:
            raise errors.NeedsSecond
        old = Grant.objects.get(pk=replaced["grant_id"])
        if _end(by, by.confirmed_by.official_id, old) and replaced["is_only"]:
            _tokens.run("hand_over", grant_id=old.pk, new_id=new_id)


def lock(by: Acting | None, official_id: int) -> None:
    """Close an account and end its sessions, until `unlock`. Raises NoSuchOfficial, OwnAccount or
    LastAdministrator.
    """
    with transaction.atomic():
        _at_work(by)
        _keep_an_administrator(without_official=official_id)
        _to_change(by, official_id)
        if _queries.run("lock", official_id=official_id):
            _record(by, "accounts.official_locked", official_id)


def forgive(by: Acting, official_id: int) -> None:
    """End the lock that wrong tries brought about; one that an administrator closed stays closed. Raises
    NoSuchOfficial or OwnAccount.
    """
    with transaction.atomic():
        _at_work(by)
        _to_change(by, official_id)
        _queries.run("forgive", official_id=official_id)
        _record(by, "accounts.tries_forgiven", official_id)


def unlock(by: Agreed | None, official_id: int, why: str = "") -> None:
    """Open an account again, whoever or whatever closed it. Raises NeedsSecond, NoSuchOfficial or
    OwnAccount.
    """
    with transaction.atomic():
        _to_change(_agreed(by, official_id, "unlock"), official_id)
        _queries.run("unlock", official_id=official_id)
        if by is None:
            _at_the_server("unlock", why, official_id)
        _record(by, "accounts.official_unlocked", official_id)


def reset_password(by: Agreed | None, official_id: int, why: str = "") -> str:
    """A new one-time password, to be shown once; the official's sessions end.

    Returns it; where two agreed on it, the half that is for whoever confirms. Raises NeedsSecond,
    NoSuchOfficial or OwnAccount.
    """
    with transaction.atomic():
        _to_change(_agreed(by, official_id, "password", "role"), official_id)
        shown = passwords.second_half() if by else passwords.one_time()
        password = f"{passwords.first_half(by.proposal_id)}-{shown}" if by else shown
        _queries.run("reset_password", official_id=official_id, password=make_password(password))
        if by is None:
            _at_the_server("password", why, official_id)
        else:
            _proposals.run("gave_password", proposal_id=by.proposal_id)
        _record(by, "accounts.password_reset", official_id)
    return shown


def reset_second_factor(by: Agreed | None, official_id: int, why: str = "") -> None:
    """Forget the official's authenticator; they enrol another at the next sign-in. Their sessions end.

    Raises NeedsSecond, NoSuchOfficial or OwnAccount.
    """
    with transaction.atomic():
        official = _to_change(_agreed(by, official_id, "authenticator"), official_id)
        Authenticator.objects.filter(user=official).delete()
        _queries.run("end_sessions", official_id=official_id)
        if by is None:
            _at_the_server("authenticator", why, official_id)
        _record(by, "accounts.second_factor_reset", official_id)


def seal_anew(old: str, new: str) -> int:
    """Second factors that lie sealed with the passphrase `old` lie sealed with `new`; returns how many.
    Raises NoPassphrase or WrongPassphrase, and the caller's transaction changes nothing.
    """
    devices = Authenticator.objects.select_for_update().order_by("pk")
    for device in devices:
        key = sealed_key(new, device.user_id, device.opened(old).hex())
        Authenticator.objects.filter(pk=device.pk).update(key=key)
    return len(devices)


def administrators() -> frozenset[int]:
    """Who can manage accounts now; nobody else is made one, ended or locked until the transaction ends."""
    return frozenset(row["official_id"] for row in _administrators())


def _at_work(by: Acting | None) -> None:
    if by is not None and not (by.may("accounts") and by.official_id in administrators()):
        raise errors.NotGranted


def _agreed(by: Agreed | None, official_id: int, *kinds: str) -> Agreed | None:
    """Whatever a page or an endpoint hands in: one administrator alone is refused here, and an agreement
    that is not in the table.
    """
    if by is not None and not (
        isinstance(by, Agreed)
        and _proposals.one(
            "agreed",
            proposal_id=by.proposal_id,
            official_id=official_id,
            kinds=list(kinds),
            proposed_by=by.proposed_by,
            confirmed_by=by.confirmed_by.official_id,
        )
    ):
        raise errors.NeedsSecond
    return by


def _at_the_server(kind: str, why: str, official_id: int, **grant: Any) -> int:
    if not _proposals.one("owns_the_tables"):  # a page that serves as another user has no such door
        raise errors.NotTheOwner
    asked = {
        "role": "",
        "jurisdiction_kind": "",
        "jurisdiction_id": 0,
        "purpose": "",
        "valid_from": None,
        "valid_to": None,
    } | grant
    done = _proposals.one("done_at_the_server", official_id=official_id, kind=kind, why=why.strip(), **asked)
    if done is None:
        raise errors.NoSuchOfficial
    return done["proposal_id"]


def _to_change(by: Acting | Agreed | None, official_id: int) -> Official:
    own = (
        (by.proposed_by, by.confirmed_by.official_id)
        if isinstance(by, Agreed)
        else (by.official_id,)
        if by
        else ()
    )
    if official_id in own:
        raise errors.OwnAccount
    official = Official.objects.select_for_update().filter(pk=official_id).first()
    if official is None:
        raise errors.NoSuchOfficial
    return official


def _keep_an_administrator(*, without_grant: int = 0, without_official: int = 0) -> None:
    now = _administrators()
    left = [row for row in now if row["grant_id"] != without_grant and row["official_id"] != without_official]
    if now and not left:
        raise errors.LastAdministrator


def _end(by: Acting | Agreed | None, by_id: int | None, grant: Grant) -> bool:
    """False where it had ended already: then nothing is done."""
    [row] = _queries.all("end_grant", grant_id=grant.pk, by=by_id)
    if row["ended"]:
        _queries.run("end_sessions", official_id=grant.official_id)
        _record(by, "accounts.role_ended", grant.official_id, f"grant {grant.pk} {grant.role}")
    return bool(row["ended"])


def _administrators() -> list[dict[str, Any]]:
    """As they are once everybody has finished who takes one away: two who end each other at once come
    here one after the other.
    """
    _queries.all("one_at_a_time")
    return _queries.all("administrators", on=timezone.localdate())


def _record(by: Acting | Agreed | None, action: str, official_id: int, detail: str = "") -> None:
    detail = f"official {official_id} {detail}".strip()
    if by is None:
        detail += f" by user {os.environ.get('SUDO_UID', os.getuid())} of the machine"
        audit.record_system(action, detail=detail, purpose="administration")
    elif isinstance(by, Agreed):
        audit.record(
            by.confirmed_by, action, detail=f"{detail} proposal {by.proposal_id} by official {by.proposed_by}"
        )
    else:
        audit.record(by, action, detail=detail)

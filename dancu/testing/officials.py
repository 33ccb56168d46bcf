"""Officials for tests: the cast, and anyone else."""

import functools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django_otp.oath import TOTP
from psycopg import sql

from dancu.accounts import actions, lookups, proposals
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Authenticator, Official
from dancu.text.folding import fold

PASSWORD = "gạo-nếp-than-2021"

CAST = {  # user name: full name, role
    "binh": ("Trần Văn Bình", "checkpoint_officer"),
    "chi": ("Lê Thị Chi", "commune_officer"),
    "dung": ("Phạm Thùy Dung", "vaccinator"),
    "ha": ("Đỗ Thu Hà", "data_steward"),
    "giang": ("Hoàng Giang", "administrator"),
    "khanh": ("Vũ Kim Khánh", "administrator"),
    "yen": ("Bùi Hải Yến", "auditor"),
}


def make_official(
    username: str, role: str, jurisdiction_kind: str = "nation", jurisdiction_id: int = 0, full_name: str = ""
) -> Official:
    """An official with PASSWORD, an enrolled authenticator and, where `role` is not empty, that role."""
    full_name = full_name or CAST.get(username, (username.title(),))[0]
    official = Official.objects.create(
        username=username,
        full_name=full_name,
        sought_by=fold(f"{username} {full_name}"),
        password=_password(),
        must_change_password=False,
    )
    Authenticator.objects.create(user=official, name=username, confirmed=True)
    if role:
        with as_owner():
            actions.grant_role(None, official.pk, role, jurisdiction_kind, jurisdiction_id)
    return official


@contextmanager
def as_owner() -> Iterator[None]:
    """As at the command line of the machine, also in a test that serves as another database user."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        ((serving, owner),) = cursor.fetchall()
        if serving != owner:
            cursor.execute("SET LOCAL ROLE NONE")
        yield
        if serving != owner:
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(serving)).as_string())


def signed_in(client: Client, official: Official) -> Client:
    """The client with the official signed in, both factors, acting in their first role."""
    client.force_login(official)
    grants = lookups.grants(official.pk)
    session = client.session
    session["otp_device_id"] = Authenticator.objects.get(user=official).persistent_id
    session["signed_in"] = session["seen"] = int(time.time())
    if grants:
        session["grant"] = grants[0].grant_id
    session.save()
    return client


def acting_as(official: Official, address: str = "10.0.0.1") -> Acting:
    """The official at work in their first role."""
    return lookups.acting(official, lookups.grants(official.pk)[0].grant_id, address)


def agreed(by: Official, other: Official, official_id: int, kind: str, *role: Any) -> str:
    """What `by` proposed for the official and `other` confirmed. Returns the second half of a password,
    or "".
    """
    proposer = acting_as(by)
    if kind == proposals.ROLE:
        proposal_id = proposals.propose_role(proposer, official_id, *role, why="an order of the day")
    else:
        proposal_id = proposals.propose(proposer, official_id, kind, "asked for in person")
    return proposals.confirm(acting_as(other), proposal_id)


def code_of(official: Official) -> str:
    """What the official's authenticator shows now; it counts once more even where it was used before."""
    device = Authenticator.objects.get(user=official)
    Authenticator.objects.filter(pk=device.pk).update(last_t=-1, throttling_failure_count=0)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06d}"


@functools.cache
def _password() -> str:
    return make_password(PASSWORD)  # slow on purpose, so once

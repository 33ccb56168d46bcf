"""What a role must be to be given: asked when it is proposed, and again when it is given."""

from datetime import date
from typing import TypedDict

from django.utils import timezone

from dancu.accounts import errors
from dancu.accounts.duties import ROLES, apart
from dancu.db.queries import Queries

_queries = Queries(__file__)
_proposals = Queries(__file__, "proposals.sql")


class GrantToBe(TypedDict):
    """A role as it will stand in a grant."""

    official_id: int
    role: str
    jurisdiction_kind: str
    jurisdiction_id: int  # 0: the nation's
    valid_from: date
    valid_to: date | None  # the first day it no longer holds


def checked(
    official_id: int,
    role: str,
    jurisdiction_kind: str,
    jurisdiction_id: int,
    valid_from: date | None,
    valid_to: date | None,
) -> GrantToBe:
    """The role as it will stand in a grant. The caller has locked the official's row.

    Raises NoSuchRole, NotForThisRole, JurisdictionMissing, EndsBeforeItBegins, AlreadyGranted or HeldApart.
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
    for held in _proposals.all("roles_ever", official_id=official_id):
        if apart(role, held["role"]):
            raise errors.HeldApart
    grant: GrantToBe = {
        "official_id": official_id,
        "role": role,
        "jurisdiction_kind": jurisdiction_kind,
        "jurisdiction_id": jurisdiction_id,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    if _queries.one("same_grant", **grant):
        raise errors.AlreadyGranted
    return grant

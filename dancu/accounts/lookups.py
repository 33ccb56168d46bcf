"""Reading officials and the roles they may act in."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from dancu.accounts import errors
from dancu.accounts.duties import ANY, ROLES
from dancu.accounts.models import Official
from dancu.db.queries import Queries

_queries = Queries(__file__)


@dataclass(frozen=True)
class Acting:
    """An official at work in one role. The jurisdiction bounds what they may see; the audit keeps it with what they do."""

    official_id: int
    role: str
    jurisdiction_kind: str  # 'nation', 'area', 'station' or 'facility'
    jurisdiction_id: int  # an area_id, a station's or a facility's number; 0 for the nation
    purpose: str
    address: str  # the IP address they work from
    request_id: str = ""
    grant_id: int = 0

    def may(self, duty: str) -> bool:
        """Whether the role has this duty."""
        return duty == ANY or (self.role in ROLES and duty in ROLES[self.role].duties)


@dataclass(frozen=True)
class GrantInForce:
    """A role that an official may act in on a day. `valid_to` is the first day it no longer holds."""

    grant_id: int
    role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    valid_from: date
    valid_to: date | None


def acting(official: Official, grant_id: int, address: str, request_id: str = "") -> Acting:
    """The official at work under this grant. Raises NotGranted where it is not theirs or not in force today."""
    for grant in grants(official.pk):
        if grant.grant_id == grant_id:
            return Acting(
                official_id=official.pk,
                role=grant.role,
                jurisdiction_kind=grant.jurisdiction_kind,
                jurisdiction_id=grant.jurisdiction_id,
                purpose=grant.purpose,
                address=address,
                request_id=request_id,
                grant_id=grant_id,
            )
    raise errors.NotGranted


def grants(official_id: int, on: date | None = None) -> list[GrantInForce]:
    """The roles the official may act in on the day `on` (today), oldest first."""
    rows = _queries.all("grants_in_force", official_id=official_id, on=on or timezone.localdate())
    return [GrantInForce(**row) for row in rows]

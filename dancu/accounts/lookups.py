"""Reading officials and the roles they may act in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from dancu.accounts import errors
from dancu.accounts.duties import ANY, role_of
from dancu.accounts.models import Official
from dancu.db.queries import Queries
from dancu.text.folding import fold

_queries = Queries(__file__)


@dataclass(frozen=True)
class Acting:
    """An official at work in one role. Their jurisdiction bounds what they see; the audit keeps all of
    this.
    """

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
        return duty == ANY or duty in role_of(self.role).duties


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
    """The official at work under this grant. Raises NotGranted where it is not theirs or not in force
    today.
    """
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
    rows = _queries.prepared("grants_in_force", official_id=official_id, on=on or timezone.localdate())
    return [GrantInForce(**row) for row in rows]


def stood(official_id: int, grant_id: int, at: datetime) -> bool:
    """Whether the official had this role at that moment, and their account is open now."""
    return bool(
        _queries.all("stood", official_id=official_id, grant_id=grant_id, at=at, on=timezone.localdate(at))
    )


@dataclass(frozen=True)
class ListedOfficial:
    """An official in a list. `roles` are those in force today."""

    official_id: int
    username: str
    full_name: str
    is_active: bool
    locked_until: datetime | None
    last_seen_at: datetime | None
    roles: list[str]


@dataclass(frozen=True)
class GrantEver:
    """A role that an official has, had, or will have."""

    grant_id: int
    role: str
    jurisdiction_kind: str
    jurisdiction_id: int
    purpose: str
    valid_from: date
    valid_to: date | None
    granted_by: str
    confirmed_by: str
    ended_at: datetime | None
    ended_by: str
    in_force: bool

    @property
    def last_day(self) -> date | None:
        """The day before `valid_to`."""
        return self.valid_to and self.valid_to - timedelta(days=1)


def official(official_id: int) -> Official:
    """The account. Raises NoSuchOfficial."""
    found = Official.objects.filter(pk=official_id).first()
    if found is None:
        raise errors.NoSuchOfficial
    return found


def official_named(username: str) -> Official:
    """The account with this user name. Raises NoSuchOfficial."""
    found = Official.objects.filter(username=username.strip().lower()).first()
    if found is None:
        raise errors.NoSuchOfficial
    return found


def officials(text: str = "", role: str = "", after: str = "", limit: int = 50) -> list[ListedOfficial]:
    """Officials in the order of their user names whose name holds `text` (marks do not matter) and who act in
    `role`.

    The next page is asked for with `after` = the last user name.
    """
    rows = _queries.all(
        "officials", text=fold(text), role=role, after=after, limit=limit, on=timezone.localdate()
    )
    return [ListedOfficial(**row) for row in rows]


def grants_ever(official_id: int) -> list[GrantEver]:
    """Every role that the official was ever given, those in force first, then the newest."""
    return [
        GrantEver(**row)
        for row in _queries.all("grants_ever", official_id=official_id, on=timezone.localdate())
    ]


@dataclass(frozen=True)
class GrantThere:
    """A role in an area, and whose it is."""

    grant_id: int
    role: str
    area_id: int
    official_id: int
    username: str
    full_name: str


def grants_of_areas(area_ids: Iterable[int], after: int = 0, limit: int = 50) -> list[GrantThere]:
    """The roles that hold today in one of these areas, the oldest first. The next page is asked for with
    `after` = the last grant's number.
    """
    rows = _queries.all(
        "grants_of_areas", area_ids=list(area_ids), on=timezone.localdate(), after=after, limit=limit
    )  # fmt: skip
    return [GrantThere(**row) for row in rows]


def usernames(official_ids: Iterable[int]) -> dict[int, str]:
    """The user name of each of these officials."""
    return dict(Official.objects.filter(pk__in=set(official_ids)).values_list("pk", "username"))

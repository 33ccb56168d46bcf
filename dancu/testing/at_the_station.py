"""What officers press and see, and what the communes see of it, in a line."""

from uuid import UUID

from django.db import connection
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.reasons import Reason
from dancu.isolation.lookups import arrivals_of

FEVER, NO_PERMIT, POSITIVE = Reason("fever"), Reason("not_permitted"), Reason("positive")
NAMELESS = {"number_kind": "none", "number": ""}


def cross(acting, station, declared, decision="through", reason=Reason(), **more):  # noqa: B008
    crossing_id = more.pop("crossing_id", None) or uuid7()
    added = actions.record_crossing(
        acting,
        crossing_id=crossing_id,
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision=decision,
        reason=reason,
        **more,
    )
    return crossing_id if added else None


def look(acting, station, declared):
    return lookups.examine(acting, station, pass_id=declared.pass_id)


def an_hour_ago() -> UUID:
    """The id of a crossing that was pressed then."""
    return UUID(int=uuid7().int - (3_600_000 << 80))


def issued_before(declared, hours: float) -> None:
    """The pass was issued so much earlier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pass SET issued_at = issued_at - make_interval(secs => %s) WHERE pass_id = %s",
            [hours * 3600, declared.pass_id],
        )


def arrival(declared):
    return next(
        row for row in arrivals_of(declared.person_id) if row["declaration_id"] == declared.declaration_id
    )


def state_of(declared) -> str:
    return arrival(declared)["state"]


def pass_time(hours: float) -> None:
    """Everything at the stations happened so much earlier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE crossing SET crossed_at = crossed_at - make_interval(secs => %(s)s), received_at = "
            "received_at - make_interval(secs => %(s)s)",
            {"s": hours * 3600},
        )

"""Stewards decide that two who were taken for one are two, or the other way round: what was decided with the
one's pass says nothing of the other.

docs/decisions/0016-a-stop-stays.md
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from dancu.checkpoints import memory
from dancu.checkpoints.examining import pass_in_full, whose
from dancu.checkpoints.holding import hold_person
from dancu.checkpoints.lookups import declarations
from dancu.checkpoints.rows import EndedStop, JourneyKey
from dancu.checkpoints.telling import released_by, tell_communes
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.isolation import actions as isolation
from dancu.matching import sameness
from dancu.register.lookups import RegisteredPerson, person_as_of

_sql = Queries(__file__, "memory.sql")
_passes = Queries(__file__)


class _EndedElsewhere(EndedStop):
    """A stop that ended by a decision on another pass."""

    by_pass: int
    by_at: dt.datetime
    is_stray: bool  # it counts no more that it ended so


@whole
def regrouped(*person_ids: int) -> int:
    """These people's records were made one, were parted, or say otherwise who they are: what is known of an
    illness, and what was decided at the stations, is told of whoever it is about now, and of nobody else.
    Returns how many stops stand again by that.
    """
    tell_communes(*_passes.of(JourneyKey).all("supersede_again", people=list(person_ids)))
    isolation.share_again(*person_ids)
    return look_again(person_ids)


def look_again(people: Collection[int]) -> int:
    """Under whom these people stand, or what they are, has changed: a stop that ended by a decision on
    another one's pass has ended so only if whoever was let through, or stopped later, is surely whoever was
    stopped. Whose journeys are told of anew. Returns how many stops have not ended so, after all.

    By which pass it was pressed, not by where its rows stand since, as far back as the officer looked then,
    and with the telephone that was theirs then.
    """
    changed = [
        row
        for row in _sql.of(_EndedElsewhere).all("released_by_others", people=list(people))
        if _is_stray(row) != row["is_stray"]
    ]
    for person_id in sorted({row["person_id"] for row in changed}):
        hold_person(person_id)
    for row in changed:
        _sql.all(
            "count_again" if row["is_stray"] else "stray",
            person_id=row["person_id"],
            crossing_id=row["crossing_id"],
            by_crossing=row["by_crossing"],
        )
    if changed:
        tell_communes(*changed, *released_by(*(row["crossing_id"] for row in changed)))
    return len({row["crossing_id"] for row in changed if not row["is_stray"]})


def _is_stray(released: _EndedElsewhere) -> bool:
    shown = pass_in_full(released["by_pass"])
    if shown is None or shown["person_id"] == released["person_id"]:
        return False
    known = memory.of_declaration(shown, _as_then(whose(shown), released), released["by_at"])
    return not any(row["crossing_id"] == released["crossing_id"] and row["sure"] for row in known.crossings)


def _as_then(person: RegisteredPerson | None, released: _EndedElsewhere) -> Mapping[str, Any] | None:
    """The register's row with the telephone beside it that it held at the press, for telephones change; if by
    all that does not, name, birth date and sex as the register says today, they are who was stopped.
    """
    then = person and person_as_of(
        person["person_id"], timezone.localdate(released["by_at"]), released["by_at"]
    )
    stopped = declarations([released["declaration_id"]]).get(released["declaration_id"])
    if not (person and then and stopped):
        return person
    was = {**person, "declarer_phone": then["phone"]}
    return was if sameness.is_holder(sameness.of_declaration(stopped), was) else person

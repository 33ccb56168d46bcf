"""Who was let through against the verdict, at which station, by whom and why; and that somebody in charge has
looked at it, who is another.
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.checkpoints.errors import NoSuchOverride, OwnDecision, ReviewedBefore
from dancu.checkpoints.reasons import LONGEST
from dancu.checkpoints.rows import Reasoned
from dancu.checkpoints.stations import stations, with_reasons
from dancu.db.queries import Queries

_sql = Queries(__file__, "overrides.sql")
_PARTS = {"was_against": _sql.part("was_against")}

LISTED_FOR = dt.timedelta(days=92)
RESULTS: dict[str, str | Promise] = {"in_order": _("In order"), "talked_to": _("Talked to")}


class Override(Reasoned):
    """A decision against the verdict. `against`: what stood against it (against.py); `ruled_by`: by which
    clause of which rule the pass had its colour; `result`: one of RESULTS, None while nobody looked at it.
    """

    crossing_id: UUID
    crossed_at: dt.datetime
    station_id: int
    station: str
    official_id: int
    person_id: int
    pass_id: int
    direction: str
    against: str
    ruled_by: str
    about: str
    plate: str
    reviewed_at: dt.datetime | None
    reviewed_by: int | None
    result: str | None
    words: str | None


def overrides(
    acting: Acting,
    *,
    station_id: int | None = None,
    official_id: int | None = None,
    only_open: bool = True,
    before: tuple[dt.datetime, UUID] | None = None,
    most: int = 50,
    detail: str = "",
) -> list[Override]:
    """Those of three months at the open stations of the jurisdiction, or at one of them, latest first,
    reasons in words. `only_open`: at which nobody looked; `before`: after which line a page begins. On the
    record, with `detail`.
    """
    at, before_id = before or (None, None)
    rows = _sql.of(Override).all(
        "overrides",
        _PARTS,
        station_ids=_within(acting, station_id),
        since=timezone.now() - LISTED_FOR,
        official_id=official_id,
        only_open=only_open,
        before=at,
        before_id=before_id,
        most=most,
    )
    audit.record(acting, "overrides.listed", {row["person_id"] for row in rows}, detail)
    return with_reasons(rows)


def who_overrode(acting: Acting) -> list[int]:
    """The officers whose decisions stand in the list, seen or not."""
    since = timezone.now() - LISTED_FOR
    rows = _sql.all("who_overrode", _PARTS, station_ids=_within(acting, None), since=since)
    return [row["official_id"] for row in rows]


@transaction.atomic
def review_override(acting: Acting, crossing_id: UUID, result: str, words: str = "") -> None:
    """Somebody in charge has looked at it; `result`: one of RESULTS. Raises NoSuchOverride, also outside the
    jurisdiction, OwnDecision, ReviewedBefore.
    """
    found = _sql.one("override", _PARTS, crossing_id=crossing_id)
    if found is None or found["station_id"] not in _within(acting, None) or result not in RESULTS:
        raise NoSuchOverride
    if found["official_id"] == acting.official_id:
        raise OwnDecision
    if not _sql.run(
        "review",
        crossing_id=crossing_id,
        official_id=acting.official_id,
        result=result,
        words=words.replace("\0", "").strip()[:LONGEST],
    ):
        raise ReviewedBefore
    audit.record(acting, "override.reviewed", [found["person_id"]], detail=f"station {found['station_id']}")


def _within(acting: Acting, station_id: int | None) -> list[int]:
    """Which stations are asked for; none outside the jurisdiction."""
    own = [each["station_id"] for each in stations(acting)]
    return [each for each in own if station_id in (None, each)]

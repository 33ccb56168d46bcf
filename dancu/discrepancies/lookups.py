"""Discrepancies as each side reads them: within the official's jurisdiction, and written to the audit."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.discrepancies import actions
from dancu.discrepancies.differences import differing_fields
from dancu.discrepancies.errors import NoSuchCorrection
from dancu.discrepancies.rows import CorrectionColumns, CorrectionEvent, ListedCorrection
from dancu.register import lookups as register

SEEN_WITHIN = dt.timedelta(hours=1)

_sql = Queries(__file__)


@dataclass(frozen=True)
class ReportedDiscrepancy:
    """A discrepancy as an official sees it. `rights`: the right values, once signed; for the police only,
    `person`: the register's row, and `differing`: the fields that differ.
    """

    row: CorrectionColumns
    declared: dict[str, str | int]
    rights: dict[str, str]
    person: register.RegisteredPerson | None = None
    differing: tuple[str, ...] = ()


def entries(
    acting: Acting, status: str = "", site: str = "", most: int = 25, skip: int = 0
) -> tuple[list[ReportedDiscrepancy], int]:
    """The discrepancies of the official's side, those that have waited longest first, and how many there are
    in all.

    The police see each beside the register's person; the site sees what it sent and, once signed, the right
    values. Every person shown is written to the audit.
    """
    side = actions.side_of(acting)
    asked = {"status": status, "site": site, "most": most, "skip": skip, **actions.within(acting)}
    rows = _sql.of(ListedCorrection).all("entries", {"whose": actions.SIDES[side]}, **asked)
    total = rows[0]["total"] if rows else 0
    if side == "police":
        return _with_people(acting, rows), total
    audit.record_unless_within(SEEN_WITHIN, acting, "corrections.list", _people(rows))
    return [_entry(row) for row in rows], total


def waiting_entry(acting: Acting, correction_id: int) -> ReportedDiscrepancy:
    """One that waits for a verdict of these police. Raises NoSuchCorrection."""
    whose = {"whose": actions.SIDES["police"]}
    rows = _sql.of(CorrectionColumns).all(
        "entry", whose, correction_id=correction_id, **actions.within(acting)
    )
    for entry in _with_people(acting, rows):
        return entry
    raise NoSuchCorrection


def every_entry(
    acting: Acting, status: str = "", site: str = "", file: str = "csv"
) -> Iterator[ReportedDiscrepancy]:
    """The site's whole list in the same order, for a file of this kind. The people in it are written to the
    audit first.
    """
    asked = {"status": status, "site": site, "most": None, "skip": 0, **actions.within(acting)}
    for rows in _sql.of(ListedCorrection).batches("entries", {"whose": actions.SIDES["sites"]}, **asked):
        audit.record(acting, "corrections.export", _people(rows), detail=file)
        yield from map(_entry, rows)


def counts(acting: Acting) -> dict[str, dict[str, int]]:
    """How many records of each site are listed, verified and updated, as the official's side sees them:
    by site, by status.
    """
    rows = _sql.all("counts", {"whose": actions.SIDES[actions.side_of(acting)]}, **actions.within(acting))
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["site"], {})[row["status"]] = row["records"]
    return found


def events(acting: Acting, correction_id: int) -> list[CorrectionEvent]:
    """What happened to a record of the official's side, the oldest first."""
    whose = actions.SIDES[actions.side_of(acting)]
    return _sql.of(CorrectionEvent).all(
        "events", {"whose": whose}, ids=[correction_id], **actions.within(acting)
    )


def _with_people(acting: Acting, rows: Sequence[CorrectionColumns]) -> list[ReportedDiscrepancy]:
    """Each discrepancy with its person, if they still live in the official's jurisdiction."""
    asked = {row["person_id"] for row in rows if row["person_id"]}
    visible = register.may_see_of(acting, asked) if asked else set()
    people = register.people(visible) if visible else {}
    audit.record_unless_within(SEEN_WITHIN, acting, "corrections.list", people)
    if gone := asked - visible:
        _send_on(rows, register.people(gone))
    found = []
    for row in rows:
        entry = _entry(row)
        person = people.get(row["person_id"] or 0)
        unlike = tuple(differing_fields(entry.declared, person)) if person else ()
        found.append(ReportedDiscrepancy(row, entry.declared, entry.rights, person, unlike))
    return found


def _send_on(rows: Sequence[CorrectionColumns], gone: Mapping[int, register.RegisteredPerson]) -> None:
    """Give the records of people who have moved away to the police of where they live now."""
    homes = {
        row["correction_id"]: person["home_area"]
        for row in rows
        if (person := gone.get(row["person_id"] or 0))
    }
    actions.move_homes({correction_id: home for correction_id, home in homes.items() if home})


def _entry(row: CorrectionColumns) -> ReportedDiscrepancy:
    return ReportedDiscrepancy(
        row, json.loads(row["declared"]), json.loads(row["rights"]) if row["rights"] else {}
    )


def _people(rows: Sequence[CorrectionColumns]) -> list[int]:
    return [row["person_id"] for row in rows if row["person_id"]]


def facility_in_words(facility_id: int) -> str:
    """Health facilities have no names here yet."""
    return _("Health facility no. %(number)s") % {"number": facility_id}

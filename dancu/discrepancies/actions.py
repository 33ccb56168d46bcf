"""Discrepancies are reported by a site, resolved by the police, who sign a verdict on each, and applied by
the site.

A site is the sender of records, such as a commune's health station. The police are the data stewards of the
commune where the person lives or, while nobody is found, of the site's commune.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.discrepancies import errors
from dancu.discrepancies.differences import SiteRecord, people_of, right_values
from dancu.discrepancies.rows import CorrectionColumns, CorrectionDone, SideBounds
from dancu.register import actions as registering
from dancu.register import lookups as register
from dancu.review.cases import plain

RECORD_WRONG, REGISTER_WRONG, NOT_THIS_PERSON, CANNOT_TELL = VERDICTS = (
    "record_wrong",
    "register_wrong",
    "not_this_person",
    "cannot_tell",
)
LONGEST_NOTE = 500
_AT_ONCE = 2_000

_sql = Queries(__file__)
_BATCH = {"official_id": 0, "areas": None, "facility_id": None}
SIDES = {side: _sql.part(side) for side in ("sites", "police")}


@dataclass(frozen=True)
class Discrepancy:
    """A site's record that disagrees with the register.

    `site`: who sent it; `record_id`: the site's own id of it; `area_id`: the site's commune; `declared`: the
    site's values for the fields of `differences.FIELDS`; `person_id`: the person it is about, if found.
    """

    site: str
    record_id: str
    area_id: int
    declared: SiteRecord
    person_id: int | None = None
    facility_id: int | None = None


class ReportCounts(NamedTuple):
    """How many records were new in the list (`new`), were listed again because the site changed them
    (`again`), and were listed already (`existing`).
    """

    new: int
    again: int
    existing: int


def report_discrepancies(records: Iterable[Discrepancy], acting: Acting | None = None) -> ReportCounts:
    """Put records on their sites' lists, any number of them; gives the counts. `acting`: the official who
    reports them; None for a batch.

    A site is known by its commune, facility and name. A record reported again stays one record; if the site
    has changed it since, it waits for a verdict again. An official changes no record outside their
    jurisdiction, whatever site they name. Records are written in sets of 2,000.
    """
    by = {"official_id": acting.official_id, **within(acting)} if acting else _BATCH
    waiting, new, again, known = iter(records), 0, 0, 0
    while batch := list(islice(waiting, _AT_ONCE)):
        with transaction.atomic():
            batch = _of_now(batch)
            once = {
                (record.site, record.area_id, record.facility_id, record.record_id): record
                for record in batch
            }
            rows = _sql.all("list", records=json.dumps(_rows(list(once.values()))), **by)
        fresh = sum(row["is_new"] for row in rows)
        new, again, known = new + fresh, again + len(rows) - fresh, known + len(once) - len(rows)
    return ReportCounts(new, again, known)


def report_records(
    acting: Acting, site: str, area_id: int, records: Mapping[str, SiteRecord]
) -> ReportCounts:
    """A site reports records of its own, by its own ids; gives the counts. The people they are about are
    found by their numbers.
    """
    facility_id = acting.jurisdiction_id if acting.jurisdiction_kind == "facility" else None
    about = people_of(list(records.values()))
    disagreeing = [
        Discrepancy(site, record_id, area_id, declared, person_id, facility_id)
        for (record_id, declared), person_id in zip(records.items(), about, strict=True)
    ]
    with transaction.atomic():
        listed = report_discrepancies(disagreeing, acting)
        audit.record(
            acting, "corrections.listed", [one for one in about if one], detail=f"{len(records)} records"
        )
    return listed


@transaction.atomic
def resolve(acting: Acting, verdicts: Mapping[int, str], notes: Mapping[int, str] | None = None) -> int:
    """Record the police's verdicts, by correction_id; gives how many were recorded. Only records that still
    wait for this official's verdict are.

    With "record_wrong" the site receives the right values of the fields that differ, and of no other. Raises
    UnknownVerdict, NobodyFound.
    """
    for verdict in set(verdicts.values()).difference(VERDICTS):
        raise errors.UnknownVerdict(verdict[:40])
    held = _sql.of(CorrectionColumns).all(
        "hold_listed", ids=list(verdicts), areas=register.visible_areas(acting)
    )
    asked = {row["person_id"] for row in held if row["person_id"]}
    people = register.people(register.may_see_of(acting, asked)) if asked else {}
    rows = []
    for row in held:
        verdict, person = verdicts[row["correction_id"]], people.get(row["person_id"] or 0)
        if person is None and verdict != CANNOT_TELL:
            raise errors.NobodyFound
        right = (
            right_values(json.loads(row["declared"]), person) if person and verdict == RECORD_WRONG else None
        )
        note = (notes or {}).get(row["correction_id"], "").replace("\0", "").strip()[:LONGEST_NOTE]
        rows.append(
            {"correction_id": row["correction_id"], "verdict": verdict, "rights": right, "note": note}
        )
    signed = _sql.all("resolve", verdicts=json.dumps(rows), official_id=acting.official_id)
    if signed:
        audit.record(acting, "corrections.signed", asked, detail=f"{len(signed)} records")
    return len(signed)


def identify(acting: Acting, correction_id: int, person_id: int) -> None:
    """Set whom a record is about, as the police chose. Raises NotOfYourArea, NoSuchCorrection."""
    found = _seen_now(acting, person_id) or _seen_now(acting, person_id)  # merged in between the first time
    if found is None:
        raise errors.NotOfYourArea
    audit.record(acting, "register.identify", [found])
    with transaction.atomic():
        now = registering.hold_people([found]).get(found, found)
        identified = _sql.one(
            "identify",
            correction_id=correction_id,
            person_id=now,
            home_area=register.get(now)["home_area"],
            areas=register.visible_areas(acting),
            official_id=acting.official_id,
        )
    if identified is None:
        raise errors.NoSuchCorrection


def _seen_now(acting: Acting, person_id: int) -> int | None:
    now = register.merged_into(person_id)
    return now if register.may_see(acting, now) else None


@transaction.atomic
def mark_applied(acting: Acting, correction_ids: Sequence[int]) -> int:
    """The site has corrected these records, or taken note of the verdicts; gives how many were marked. Only
    this site's records with a verdict are.
    """
    rows = _sql.of(CorrectionDone).all(
        "updated", SIDES, ids=list(correction_ids), official_id=acting.official_id, **within(acting)
    )
    if rows:
        audit.record(acting, "corrections.updated", _people(rows), detail=f"{len(rows)} records")
    return len(rows)


@transaction.atomic
def reopen(acting: Acting, correction_id: int, note: str = "") -> None:
    """One side doubts a verdict, or undoes a mistake: the record waits for a verdict again. Raises
    NoSuchCorrection.
    """
    side = side_of(acting)
    text = note.replace("\0", "").strip()[:LONGEST_NOTE]
    row = _sql.of(CorrectionDone).one(
        "reopen",
        {"whose": SIDES[side]},
        correction_id=correction_id,
        official_id=acting.official_id,
        note=text,
        **within(acting),
    )
    if row is None:
        raise errors.NoSuchCorrection
    audit.record(acting, "corrections.reopened", _people([row]), detail=f"correction {correction_id}")


def side_of(acting: Acting) -> str:
    """The official's side: "police" for one who may review, else "sites"."""
    return "police" if acting.may("review") else "sites"


def within(acting: Acting) -> SideBounds:
    """The areas, and the facility if any, whose records the official's side covers."""
    is_facility = acting.jurisdiction_kind == "facility"
    return {
        "areas": register.visible_areas(acting),
        "facility_id": acting.jurisdiction_id if is_facility else None,
    }


def move_homes(homes: Mapping[int, int]) -> None:
    """Give these records (commune by correction_id), whose people have moved, to the police of the new
    commune.
    """
    _sql.run("move", ids=list(homes), homes=list(homes.values()))


def _of_now(records: Sequence[Discrepancy]) -> list[Discrepancy]:
    """The records with the people whom they are about held, by the ids that those have now."""
    now = registering.hold_people({record.person_id for record in records if record.person_id})
    return [replace(record, person_id=now.get(record.person_id or 0, record.person_id)) for record in records]


def _rows(records: Sequence[Discrepancy]) -> list[dict[str, Any]]:
    people = register.people({record.person_id for record in records if record.person_id})
    return [
        {
            "site": record.site,
            "record_id": record.record_id,
            "declared": plain(record.declared),
            "area_id": record.area_id,
            "person_id": record.person_id if record.person_id in people else None,
            "facility_id": record.facility_id,
            "home_area": (people.get(record.person_id or 0) or {}).get("home_area") or record.area_id,
        }
        for record in records
    ]


def _people(rows: Iterable[CorrectionDone]) -> list[int]:
    return [row["person_id"] for row in rows if row["person_id"]]

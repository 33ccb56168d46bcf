"""Reading merges: which person a number means now, and what was made into one with whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from dancu.db.queries import Queries
from dancu.register import versions
from dancu.register.errors import NoSuchMerge
from dancu.register.rows import CarriedRows, MergedRecord, RowsAside, TakenValue

_sql = Queries(__file__)
# What belongs to a field and goes with it when two records are merged.
TOGETHER = {
    "birth_date": ("birth_precision",),
    "status": ("status_on",),
    "household_id": ("relation",),
    "home_area": ("home_since", "home_address"),
    "father_id": ("father_name",),
    "mother_id": ("mother_name",),
}
MERGE_FIELDS = versions.FIELDS - {
    part for parts in TOGETHER.values() for part in parts
}  # those a steward may choose

_JSON = ("other", "moved", "pointed", "aside", "taken")


@dataclass(frozen=True)
class Merge:
    """Two records made into one: `other_id` left, with its row `other` of `person`; `person_id` holds it
    all now.
    """

    merge_id: UUID
    person_id: int
    kept_id: int
    other_id: int
    merged_at: datetime
    undone_at: datetime | None
    merged_by: int
    undone_by: int | None
    basis: str
    undone_basis: str | None
    other: MergedRecord
    moved: list[CarriedRows]
    pointed: list[CarriedRows]
    aside: list[RowsAside]
    taken: dict[str, TakenValue]  # by field

    @property
    def in_force(self) -> bool:
        return self.undone_at is None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each table were moved or kept aside."""
        counted: dict[str, int] = {}
        rows = [(entry["table"], len(entry["keys"])) for entry in self.moved]
        for table, count in (*rows, *((entry["table"], len(entry["rows"])) for entry in self.aside)):
            counted[table] = counted.get(table, 0) + count
        return counted


def merged_into(person_id: int) -> int:
    """The person whom this id means now: itself, or the record that it was merged into."""
    return current_ids([person_id])[person_id]


def current_ids(person_ids: Iterable[int]) -> dict[int, int]:
    """The same for many, by id, in one statement."""
    asked = list(person_ids)
    into = (
        {row["other_id"]: row["person_id"] for row in _sql.all("merged_into", person_ids=asked)}
        if asked
        else {}
    )
    return {person_id: into.get(person_id, person_id) for person_id in asked}


def ids_of(person_id: int) -> list[int]:
    """All ids under which something may be written about this person, the present one first: for the
    audit, which is never rewritten.
    """
    now = merged_into(person_id)
    return [now, *(row["other_id"] for row in _sql.all("ids_of", person_id=now))]


def numbers_by_merge(person_id: int) -> set[tuple[str, str]]:
    """Numbers, each with its kind, that lead to this person because records were merged, not because
    another number came in their place.
    """
    return {(row["kind"], row["number"]) for row in _sql.all("numbers_by_merge", person_id=person_id)}


def undone_merges(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these pairs of person_ids, each the smaller one first, those who were made one record and were
    parted again.
    """
    asked = set(pairs)
    rows = _sql.all("undone", person_ids=list({person_id for pair in asked for person_id in pair}))
    now = current_ids(row["other_id"] for row in rows)
    parted = [(row["person_id"], now[row["other_id"]]) for row in rows]
    return asked & {(min(pair), max(pair)) for pair in parted}


def merge_of(merge_id: UUID) -> Merge:
    """One merge. Raises NoSuchMerge."""
    row = _sql.one("merge", merge_id=merge_id)
    if row is None:
        raise NoSuchMerge(merge_id)
    return _merge(row)


def merges_of(person_id: int) -> list[Merge]:
    """The merges that brought records to this person, latest first; those undone too."""
    return [_merge(row) for row in _sql.all("merges_of", person_id=person_id)]


def _merge(row: dict[str, Any]) -> Merge:
    return Merge(**(row | {name: json.loads(row[name]) for name in _JSON}))

"""Which records are not merged, and which merges not undone."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from dancu.db.queries import Queries
from dancu.register.errors import AlreadyMerged, AlreadyUndone, CloseRelatives, LaterMerge
from dancu.register.merging import carrying
from dancu.register.merging.lookups import current_ids, merged_into

_sql = Queries(__file__)


def refuse_merged(*person_ids: int) -> None:
    """Raises AlreadyMerged where one of these records is another's now."""
    for person_id, now in current_ids(person_ids).items():
        if now != person_id:
            raise AlreadyMerged(person_id, now)


def refuse_relatives(*people: Mapping[str, Any]) -> None:
    """Raises CloseRelatives where one of the two is recorded as a parent or the spouse of the other: such are
    two people, or one of the two links is wrong. `people`: rows of `person`.
    """
    for one, two in (people, reversed(people)):
        if two["person_id"] in (one["father_id"], one["mother_id"], one["spouse_id"]):
            raise CloseRelatives(one["person_id"], two["person_id"])


def refuse_to_undo(merge: Mapping[str, Any], pointed: list[carrying.Entry]) -> None:
    """Raises AlreadyUndone, and LaterMerge where what came since goes first."""
    if merge["undone_at"]:
        raise AlreadyUndone(timezone.localtime(merge["undone_at"]))
    if merge["person_id"] != merge["kept_id"]:
        raise LaterMerge(merge["kept_id"], merge["person_id"])
    later = _sql.one(
        "later_merge", person_id=merge["person_id"], merged_at=merge["merged_at"], merge_id=merge["merge_id"]
    )
    if later:
        raise LaterMerge(later["other_id"], merge["person_id"])
    named = {one for one in carrying.people_in(pointed) if one > 0} - {
        merge["other_id"]
    }  # a stranger's journey has no record
    for row in _sql.all(
        "missing_people", person_ids=list(named)
    ):  # a child of the record, who was merged since
        raise LaterMerge(row["person_id"], merged_into(row["person_id"]))

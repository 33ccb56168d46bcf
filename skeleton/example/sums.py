"""How many notes there are about people of each area, from the sums that are kept."""

from collections.abc import Iterable

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.register import lookups as register
from dancu.rollups import actions as rollups
from dancu.rollups import lookups as sums

NOTES = "example_notes"  # the code of the sums, and the beginning of their tables' names
NOWHERE = 0  # the area of whoever is registered nowhere


def note(area_id: int | None) -> None:
    """In the transaction that writes a note about somebody of this area."""
    rollups.note(NOTES, [(area_id or NOWHERE, 1)])


def note_removed(area_ids: Iterable[int | None]) -> None:
    """In the transaction that removes notes, each written about somebody of one of these areas."""
    rollups.note(NOTES, [(area_id or NOWHERE, -1) for area_id in area_ids])


def counted() -> str:
    """The SELECT that counts all notes anew."""
    return f"SELECT coalesce(area_id, {NOWHERE}), count(*) FROM example_note GROUP BY 1"


def written(acting: Acting) -> int:
    """How many were written about people of the official's areas, wherever they live now, and are kept."""
    audit.record(acting, "example.counted")
    return int(sums.cells(NOTES, register.visible_areas(acting))["notes"].sum())

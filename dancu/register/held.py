"""People who are about to be written down somewhere: kept from being merged away until the transaction ends,
by the ids that they have now.

Whoever stores a person's id calls this first, in the transaction that stores it. Corrections of the record go
on meanwhile.
"""

from collections.abc import Collection, Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register.errors import NoSuchPerson

_sql = Queries(__file__, "merging/queries.sql")

RELATIVES = ("father_id", "mother_id", "spouse_id", "head_id")


def hold_now(person_id: int) -> int:
    """Whom an id means that was read earlier. Raises NoSuchPerson."""
    found = hold_people([person_id])
    if person_id not in found:
        raise NoSuchPerson(person_id)
    return found[person_id]


def hold_people(person_ids: Collection[int]) -> dict[int, int]:
    """The same of several, by the ids that were read; whom the register does not hold is left out. One
    statement where nobody was merged.
    """
    held = {row["person_id"] for row in _sql.all("hold", person_ids=list(person_ids))}
    gone = set(person_ids) - held
    moved = (
        {row["other_id"]: row["person_id"] for row in _sql.all("merged_into", person_ids=list(gone))}
        if gone
        else {}
    )
    later = hold_people(set(moved.values())) if moved else {}
    return {one: one for one in held} | {one: later[now] for one, now in moved.items() if now in later}


def none_leaves_meanwhile() -> None:
    """No record leaves the register until the transaction ends, by a merge or an undone birth: for a file,
    which reads many people long before it writes them.
    """
    _sql.all("none_meanwhile")


def leaves_alone() -> None:
    """A record is about to leave the register: until the transaction ends no other one does, and no file
    is loaded. To be asked before anybody is held.
    """
    _sql.run("one_at_a_time")


def hold_relatives(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A person's fields, those that name relatives by the ids that they have now."""
    named = {name: fields[name] for name in RELATIVES if fields.get(name)}
    now = hold_people(set(named.values())) if named else {}
    return {**fields, **{name: now.get(one, one) for name, one in named.items()}}

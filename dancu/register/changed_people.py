"""Who was changed, by which transaction: so that a copy of the register (snapshot/) knows what it lacks."""

from collections.abc import Collection

from dancu.db.queries import Queries

_sql = Queries(__file__, "changed_people.sql")


def note(person_ids: Collection[int]) -> None:
    """In the transaction that changes, adds or removes these people, or their homes or numbers."""
    _sql.run("note", person_ids=list(person_ids))


def snapshot() -> str:
    """What is visible now, as `since` takes it; of a copy, to be asked before its first row is read."""
    return (_sql.one("snapshot") or {})["snapshot"]


def since(snapshot: str, most: int) -> set[int]:
    """The people whom transactions changed that the snapshot did not see; no more than `most` and one are
    told.
    """
    return {row["person_id"] for row in _sql.all("since", snapshot=snapshot, most=most + 1)}

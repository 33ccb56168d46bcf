"""Who is whose parent, child and spouse, as far as the register knows."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dancu.db.queries import Queries
from dancu.register import descent, versions
from dancu.register.codes import DEAD, MARRIED, SEPARATED, WIDOWED
from dancu.register.events.places import same_place
from dancu.register.merging.lookups import current_ids
from dancu.register.rows import KnownChild, RegisteredPerson

_sql = Queries(__file__)
_register = Queries(versions.__file__)

Row = Mapping[str, Any]


def people(person_ids: Iterable[int | None]) -> dict[int, RegisteredPerson]:
    """The current rows of these people, of a record that was merged the one it is now; by the id that was
    asked.
    """
    now = current_ids({person_id for person_id in person_ids if person_id})
    rows = _register.of(RegisteredPerson).all("people", person_ids=list(now.values()))
    found = {row["person_id"]: row for row in rows}
    return {asked: found[person_id] for asked, person_id in now.items() if person_id in found}


def one(person_id: int | None) -> RegisteredPerson | None:
    """One of them; None where the register does not hold them."""
    return people([person_id]).get(person_id or 0)


def children(row: Row) -> list[KnownChild]:
    """Whom the register knows as this person's children, the eldest first.

    In a large register those of the household, of the communes where the parent lives and lived, and those
    whose birth was recorded here.
    """
    person_id = row["person_id"]
    if (_sql.one("is_small") or {})["small"]:
        return _sql.of(KnownChild).all("children", person_id=person_id)
    near = _sql.one("places", person_id=person_id) or {}
    places = sorted({unit for place in near["places"] for unit in same_place(place) if unit})
    return _sql.of(KnownChild).all(
        "children_nearby",
        person_id=person_id,
        household_id=row["household_id"],
        places=places,
        born=near["born"],
    )


def near(*rows: Row) -> set[int]:
    """The parents, children, husbands and wives of these people, as far as the register knows: with whom
    the rules of the events bind them.
    """
    named = {row[name] for row in rows for name in ("father_id", "mother_id", "spouse_id")}
    found = [each["person_id"] for row in rows for each in (*children(row), *filter(None, [spouse_of(row)]))]
    return {row["person_id"] for row in people({*named, *found}).values()}


def household(household_id: int | None, *, with_dead: bool = False) -> dict[int, RegisteredPerson]:
    """The people of a household, its head first: by their rows also the dead, who are no members any more."""
    ids = (
        [row["person_id"] for row in _sql.all("household", household_id=household_id)] if household_id else []
    )
    found = people(ids)
    kept = [
        person_id for person_id in ids if person_id in found and (with_dead or not is_dead(found[person_id]))
    ]
    return {person_id: found[person_id] for person_id in kept}


def is_married(row: Row) -> bool:
    """Whether a marriage lasts by this record; those who live apart are married."""
    return row["marital_status"] in (MARRIED, SEPARATED)


def is_wed(row: Row) -> bool:
    """Whether whom this record names as husband or wife is or was that."""
    return is_married(row) or row["marital_status"] == WIDOWED


def spouse_of(row: Row) -> RegisteredPerson | None:
    """The husband or wife whom the register holds: the one this record names, else who lives and names
    this person, whoever is married first.
    """
    if row["spouse_id"]:
        return one(row["spouse_id"])
    living = [other for other in who_name(row) if not is_dead(other)]
    return min(living, key=lambda other: (not is_married(other), other["person_id"]), default=None)


def who_name(row: Row) -> list[RegisteredPerson]:
    """Whose records name this person as husband or wife, the dead too, wherever they live and whatever the
    person's own record says.

    In a large register those of the household and of the communes where the person lives and lived, whom a
    merge made name them, and with whom a marriage was recorded here.
    """
    person_id = row["person_id"]
    if (_sql.one("is_small") or {})["small"]:
        found = _sql.all("who_name", person_id=person_id)
    else:
        near = _sql.one("places", person_id=person_id) or {}
        places = sorted({unit for place in near["places"] for unit in same_place(place) if unit})
        found = _sql.all(
            "who_name_nearby", person_id=person_id, household_id=row["household_id"], places=places
        )
    return list(people(each["person_id"] for each in found).values())


def named_spouse(person_id: int) -> str:
    """The name of a spouse whom the register does not hold."""
    found = _sql.one("named_spouse", person_id=person_id)
    return found["full_name"] if found else ""


def is_spouse_of(row: Row, other: Row) -> bool:
    """Whether their marriage lasts by the first one's record, and it names nobody else."""
    return is_married(row) and row["spouse_id"] in (other["person_id"], None)


def are_close(one: Row, two: Row) -> bool:
    """Whether they are too nearly related to marry: see dancu/register/descent.py."""
    ids = one["person_id"], two["person_id"]
    return descent.are_close(*ids, lines_of(one, two))


def are_in_laws(one: Row, two: Row) -> bool:
    """Whether one is or was married to a parent or a child of the other: step-parent and stepchild,
    parent-in-law and child-in-law.
    """
    for each, other in ((one, two), (two, one)):
        spouses = people([row["spouse_id"] for row in _sql.all("once_married", person_id=other["person_id"])])
        wed = [*spouses.values(), *filter(is_wed, who_name(other))]
        if any(row["person_id"] in _parents(each) or each["person_id"] in _parents(row) for row in wed):
            return True
    return False


def lines_of(*rows: Row) -> descent.Parents:
    """The parents of these people, as the rows have them, and of their forebears, as the register does."""
    own = {row["person_id"]: _parents(row) for row in rows}

    def parents_of(person_ids: Collection[int]) -> descent.Parents:
        found = people(set(person_ids) - own.keys())
        return own | {person_id: _parents(row) for person_id, row in found.items()}

    return descent.lines_up(own, parents_of)


def relation_to(head: Row, member: Row, members: Mapping[int, Row]) -> int:
    """How a member is related to the head of a household, as dancu/register/words.py numbers it; 9 where
    it is not known.
    """
    one, two = head["person_id"], member["person_id"]
    if one == two:
        return 1
    parents_of_head, parents = _parents(head), _parents(member)
    if member["spouse_id"] == one or head["spouse_id"] == two:
        return 2
    if one in parents:
        return 3
    if two in parents_of_head:
        return 4
    if parents & parents_of_head:
        return 5
    if any(one in _parents(members[parent]) for parent in parents if parent in members):
        return 6
    spouse = members.get(member["spouse_id"] or 0)
    if spouse and one in _parents(spouse):
        return 7
    if any(two in _parents(members[parent]) for parent in parents_of_head if parent in members):
        return 8
    return 9


def is_dead(row: Row | None) -> bool:
    return bool(row) and row["status"] == DEAD  # type: ignore[index]


def _parents(row: Row) -> set[int]:
    return {parent for parent in (row["father_id"], row["mother_id"]) if parent}

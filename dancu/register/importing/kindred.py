"""People whom no file names, but whose parents, husband or wife the files change: the register's rules hold
for them as well.

A father is not made younger than a child who stands only in the register, nor married to a second wife beside
one who stands only there. Who they are is looked for once for all rows, by household, home and recorded
births, or in the whole register where it is small or many rows change; where no birth, sex, death or marriage
changes, nobody is looked for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from dancu.db.queries import Queries
from dancu.register import descent
from dancu.register.events.places import same_place
from dancu.register.importing.beside import MARRIED, ROLES, beside
from dancu.register.importing.refusing import Told, of_people, refuse
from dancu.register.importing.ruling import CLOSE, IN_LAW, Ruling, doubtful_kin, impossible_kin, told

_sql = Queries(__file__, "kindred.sql")

# parents whose children are found sooner by reading the whole register once than commune by commune
_MANY = 1_000


def judge() -> tuple[Told, Told]:
    """Rows that cannot be beside people whom only the register knows are refused; return these, and the
    doubtful.
    """
    couples = _sql.all("couples", MARRIED)
    close = [(person_id, f"spouse_pin: {CLOSE}") for person_id in _close(couples)]
    in_laws = [(person_id, f"spouse_pin: {IN_LAW}") for person_id in _in_laws(couples)]
    refused = [refuse([*close, *in_laws])]
    _sql.run("touch")
    many = _sql.one("size") or {}
    if not many["touched"]:
        return refused[0], of_people([])
    found = _beside(many["everywhere"] or many["parents"] > _MANY)
    wrong = list(_said(found, list(impossible_kin())))
    refused.append(refuse(wrong))
    ids = {person_id for person_id, _problem in wrong}
    doubts = [each for each in _said(found, list(doubtful_kin())) if each[0] not in ids]
    return pl.concat(refused), of_people([*doubts, *_ended(ids)])


def _beside(everywhere: bool) -> pl.DataFrame:
    """The relatives, with what will be known of those whom they name."""
    if everywhere:
        _sql.run("find_everywhere")
    else:
        near = {unit for row in _sql.all("places") for unit in same_place(row["area_id"]) if unit}
        _sql.run("find_nearby", places=sorted(near))
    return beside(_sql, {})


def _said(found: pl.DataFrame, rules: Sequence[Ruling]) -> Iterator[tuple[int, str]]:
    """person_id of whom the files change, and what cannot be, or is doubtful, of a relative whom the
    register holds.
    """
    for role in ROLES:
        theirs = found.filter(f"{role}_is_news")
        mirrored = [
            Ruling(rule.mirrored[0], rule.bad, rule.mirrored[1])
            for rule in rules
            if rule.field == f"{role}_pin" and rule.mirrored
        ]
        texts = told(theirs, mirrored)
        some = theirs.select(pl.col(f"{role}_id"), texts.alias("problems")).filter(texts != "")
        yield from some.unique(maintain_order=True).iter_rows()


def _ended(refused: Collection[int]) -> Iterator[tuple[int, str]]:
    """Divorces that a file tells of one of the two end the other's marriage too."""
    words = "marital_status: the husband or wife, whom the files do not name, is divorced with them"
    yield from ((row["person_id"], words) for row in _sql.all("divorced") if row["person_id"] not in refused)


def _close(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Who would be married to a near relative, of the marriages and parents that are news."""
    couples = [(row["person_id"], row["spouse_id"]) for row in rows]
    if not couples:
        return []
    lines = descent.lines_up({each for couple in couples for each in couple}, _parents_of)
    return [one for one, two in couples if (lines[one] or lines[two]) and descent.are_close(one, two, lines)]


def _in_laws(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Who would be newly married to the former husband or wife of a parent or a child (events/kin.py,
    are_in_laws).
    """
    couples = [(row["person_id"], row["spouse_id"]) for row in rows if row["is_news"]]
    wed: dict[int, set[int]] = {each: set() for couple in couples for each in couple}
    for row in _sql.all("once_married", person_ids=sorted(wed)):
        wed[row["person_id"]].add(row["spouse_id"])
    if not any(wed.values()):
        return []
    parents = _parents_of(wed.keys() | {each for spouses in wed.values() for each in spouses})

    def is_in_law(one: int, other: int) -> bool:
        return any(each in parents.get(one, ()) or one in parents.get(each, ()) for each in wed[other])

    return [one for one, two in couples if is_in_law(one, two) or is_in_law(two, one)]


def _parents_of(person_ids: Collection[int]) -> Mapping[int, Collection[int]]:
    rows = _sql.all("parents", person_ids=sorted(person_ids))
    return {row["person_id"]: [row[role] for role in ("father_id", "mother_id") if row[role]] for row in rows}

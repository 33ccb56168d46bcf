"""Taking all that hangs on one person to another, and back, whatever tables there are: the database's
catalogue tells (catalogue.py).

Where a person is part of a row's key, the row is deleted and written anew, because a distribution column
cannot be updated; where a row only names a person, it is updated. What is kept (dancu.db.grants) whoever
serves may not delete: a function of the tables' owner carries it.
"""

import json
from collections.abc import Callable, Collection
from typing import Any

from django.db import IntegrityError

from dancu.db.queries import Queries
from dancu.register.errors import MovedRowGone
from dancu.register.merging.catalogue import (
    Entry,
    Known,
    PersonColumn,
    belonging,
    columns,
    in_order,
    in_taking_order,
    known_columns,
    of,
    read,
)

_sql = Queries(__file__)


def hanging_on(person_id: int) -> dict[str, int]:
    """How many rows of each table are keyed by this person, where there are any."""
    counts = {
        column.table: (_sql.one("count_of", column.parts(), person_id=person_id) or {})["rows"]
        for column in columns()
        if column.in_key
    }
    return {table: count for table, count in counts.items() if count}


def hanging_on_many(person_ids: Collection[int]) -> dict[int, int]:
    """How many rows of all tables are keyed by each of these people, in one statement a table; very large
    tables without an index on the person are left out.
    """
    counts = dict.fromkeys(person_ids, 0)
    for column in columns():
        if column.in_key and not column.late:
            for row in _sql.all("counts_of", column.parts(), person_ids=list(counts)):
                counts[row["person_id"]] += row["rows"]
    return counts


def carry(from_id: int, to_id: int) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """All that hangs on one person hangs on the other: (moved, pointed, aside).

    `aside`: rows whole, as they were, that the other has under the same key already.
    """
    all_columns = columns()
    pointed = [
        _point(column, from_id, to_id) for column in all_columns if not column.in_key and not column.late
    ]
    keyed = [column for column in all_columns if column.in_key]
    own = [column for column in keyed if not column.kept]
    taken = {column: _sql.all("take", column.parts(), from_id=from_id) for column in in_taking_order(own)}
    moved, aside = [], []
    for column in own:
        put = _put(column, taken[column], to_id)
        moved.append(column.entry(keys=put))
        aside.append(_aside(column, _left(column, taken[column], put)))
    for column in [column for column in keyed if column.kept]:
        rows = _carry_kept(column, None, from_id, to_id)
        moved.append(column.entry(keys=[column.key_of(row) for row in rows if not row["is_aside"]]))
        aside.append(
            column.entry(
                columns=column.columns, rows=[read(row["record"]) for row in rows if row["is_aside"]]
            )
        )
    return _some(moved, "keys"), _some(pointed, "keys"), _some(aside, "rows")


def carry_back(
    moved: list[Entry], pointed: list[Entry], aside: list[Entry], kept_id: int, other_id: int
) -> None:
    """Exactly those rows go back, with whatever became of them since, and what was written since and goes
    with them. Raises MovedRowGone.
    """
    known = known_columns()
    since = belonging(known, moved, kept_id)
    own = [entry for entry in (*moved, *since) if not of(known, entry).kept]
    found = _take_back(known, own, kept_id)
    for column, entry in in_order(known, [*own, *(entry for entry in aside if not of(known, entry).kept)]):
        rows = found[id(entry)] if "keys" in entry else [{"row": row} for row in entry["whole"]]
        if "rows" in entry and entry["columns"] != list(
            column.columns
        ):  # another version of the program made this merge
            _sql.run("put_back", column.parts(), rows=json.dumps(entry["rows"]))
        elif len(put := _put(column, rows, other_id)) < len(rows):
            if entry not in since:
                raise MovedRowGone(column.table)
            _put(column, _left(column, rows, put), kept_id)  # the other one has such a row already
    for column in [column for column in known.values() if column.kept]:
        must, may = (
            [key for entry in entries if of(known, entry) == column for key in entry["keys"]]
            for entries in (moved, since)
        )
        if must or may or any(of(known, entry) == column for entry in aside):
            try:
                _refuse_gone(column, must, _carry_kept(column, [*must, *may], kept_id, other_id))
            except IntegrityError as clash:  # something stands where a row that was aside belongs
                raise MovedRowGone(column.table) from clash
    for entry in pointed:
        column = of(known, entry)
        _sql.run(
            "point_back",
            column.parts(column.key),
            keys=json.dumps(entry["keys"]),
            from_id=kept_id,
            to_id=other_id,
        )


def carry_some(
    table: str,
    keys: list[dict[str, Any]],
    from_id: int,
    to_id: int,
    *,
    kept: Callable[..., list[dict[str, Any]]],
) -> None:
    """These rows of one person (`keys`: what each is recognised by) hang on another, and whatever goes with
    them. Raises MovedRowGone.

    `kept`: has the owner carry what is kept, given `table` and `keys` (JSON); returns the rows that it
    carried, each a `record`.
    """
    known = known_columns()
    named: list[Entry] = [{"table": table, "column": "person_id", "keys": keys}]
    entries = in_order(known, [*named, *belonging(known, named, from_id)])
    own = [entry for column, entry in entries if not column.kept]
    found = _take_back(known, own, from_id)
    for column, entry in entries:
        if not column.kept and len(_put(column, found[id(entry)], to_id)) < len(found[id(entry)]):
            raise MovedRowGone(column.table)
    for column, entry in entries:
        if column.kept:
            _refuse_gone(column, entry["keys"], kept(table=column.table, keys=json.dumps(entry["keys"])))


def remove(added: list[Entry], person_id: int) -> None:
    """Rows that a merge itself wrote go, where they are still there; but not what is kept."""
    known = known_columns()
    for entry in added:
        column, keys = of(known, entry), json.dumps(entry["keys"])
        if not column.kept:
            _sql.all("take_keys", column.parts(entry["keys"][0]), keys=keys, from_id=person_id)


def point_late() -> list[tuple[Any, Entry]]:
    """What large tables still name a merged record is put right for all of them: (merge_id, pointed) of
    each.
    """
    return [
        (row["merge_id"], column.entry(keys=[column.key_of(row, without_person=False)]))
        for column in columns()
        if column.late and not column.in_key
        for row in _sql.all("point_late", column.parts())
    ]


def point_one(name: str, person_id: int, from_id: int, to_id: int) -> list[Entry]:
    """One person's row of `person` that names one relative names another instead."""
    (column,) = [column for column in columns() if (column.table, column.name) == ("person", name)]
    keys = [{"person_id": person_id}]
    _sql.run("point_back", column.parts(column.key), keys=json.dumps(keys), from_id=from_id, to_id=to_id)
    return [column.entry(keys=keys)]


def people_in(entries: Collection[Entry]) -> set[int]:
    """The persons by whom the rows of these entries are keyed."""
    return {key["person_id"] for entry in entries for key in entry["keys"] if "person_id" in key}


def _point(column: PersonColumn, from_id: int, to_id: int) -> Entry:
    rows = _sql.all("point", column.parts(), from_id=from_id, to_id=to_id)
    return column.entry(keys=[column.key_of(row, without_person=False) for row in rows])


def _put(column: PersonColumn, rows: list[dict[str, Any]], to_id: int) -> list[dict[str, Any]]:
    """The keys of those that found their place."""
    if not rows:
        return []
    put = _sql.all("put", column.parts(), rows=[row["row"] for row in rows], to_id=to_id)
    return [column.key_of(row) for row in put]


def _left(
    column: PersonColumn, rows: list[dict[str, Any]], put: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Those that did not."""
    there = {json.dumps(key) for key in put}
    return [row for row in rows if json.dumps(column.key_of(row)) not in there]


def _carry_kept(
    column: PersonColumn, keys: list[dict[str, Any]] | None, from_id: int, to_id: int
) -> list[dict[str, Any]]:
    """The rows that the owner carried (None: all), and those that are or were aside."""
    named = None if keys is None else json.dumps(keys)
    return _sql.all("carry_kept", table=column.table, from_id=from_id, to_id=to_id, keys=named)


def _refuse_gone(column: PersonColumn, keys: list[dict[str, Any]], carried: list[dict[str, Any]]) -> None:
    """Raises MovedRowGone where one of these rows was not carried."""
    there = {json.dumps(column.key_of(row)) for row in carried}
    if any(json.dumps({part: key[part] for part in column.key if part in key}) not in there for key in keys):
        raise MovedRowGone(column.table)


def _take_back(known: Known, entries: list[Entry], from_id: int) -> dict[int, list[dict[str, Any]]]:
    """The rows of each entry, by its id(): they leave that person, what refers to others before those
    others.
    """
    found = {}
    for column, entry in reversed(in_order(known, entries)):
        keys = json.dumps(entry["keys"])
        found[id(entry)] = _sql.all("take_keys", column.parts(entry["keys"][0]), keys=keys, from_id=from_id)
        if len(found[id(entry)]) < len(entry["keys"]):
            raise MovedRowGone(column.table)
    return found


def _aside(column: PersonColumn, rows: list[dict[str, Any]]) -> Entry:
    """Rows whole: readable, and to the bit (JSON does not tell a JSON null from none)."""
    records = [read(row["record"]) for row in rows]
    return column.entry(columns=column.columns, rows=records, whole=[row["row"] for row in rows])


def _some(entries: list[Entry], what: str) -> list[Entry]:
    return [entry for entry in entries if entry[what]]

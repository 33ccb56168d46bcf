"""Taking all that hangs on one person to another, and back, whatever tables there are.

The columns that hold persons are found in the database's catalogue, so that a table which comes next year is carried without
anybody remembering it. A column is one by its name (`person_id`, `…_person_id`, `…_person`, a relative's) or because its
comment says so: COMMENT ON COLUMN tower.keeper IS 'person'.

Where a person is part of a row's key, the row is deleted and written anew, because a distribution column cannot be updated;
where a row only names a person, it is updated.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from dancu.db.queries import Queries
from dancu.register.errors import MovedRowGone

_sql = Queries(__file__)

RELATIVES = ("father_id", "mother_id", "spouse_id", "head_id")
MANY = 1_000_000  # rows: a larger table without an index on the column is searched once a night for all merges, not for each (0.3 s)

# What holds persons and is not carried, and why.
STAYS = {
    ("person", "person_id"): "the record itself: merging moves it to person_merge",
    (
        "person_history",
        "person_id",
    ): "what was believed of a record stays under its own number: person_as_of answers for both",
    ("audit_entry", "person_id"): "never rewritten: who reads the audit of a person asks for all their ids",
    ("audit_entry", "actor_id"): "never rewritten",
    ("person_change", "person_id"): "tells who was changed: a merge notes both",
    ("person_merge", "kept_id"): "tells what was merged",
    ("person_merge", "other_id"): "tells what was merged",
}

Entry = dict[
    str, Any
]  # {table, column, keys} of rows that are elsewhere now, {table, column, columns, rows, whole} of rows kept aside


@dataclass(frozen=True)
class Column:
    """A column that holds persons. `key`: the columns of the table's primary key. `late`: too many rows to search for one person."""

    table: str
    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    refers_to: tuple[str, ...]
    in_key: bool
    late: bool

    def key_of(self, row: dict[str, Any], *, without_person: bool) -> dict[str, Any]:
        return {part: row[part] for part in self.key if not (without_person and part == self.name)}

    def parts(self, keys: Iterable[str] = ()) -> dict[str, str]:
        """What the statements of queries.sql leave open; `keys`: the columns that a row is recognised by."""
        return {
            "table": _quoted(self.table),
            "column": _quoted(self.name),
            "columns": ", ".join(_quoted(name) for name in self.columns),
            "same_key": " AND ".join(f"whole_row.{_quoted(name)} = named.{_quoted(name)}" for name in keys) or "TRUE",
            "values": ", ".join(
                "%(to_id)s::bigint" if name == self.name else f"(taken).{_quoted(name)}" for name in self.columns
            ),
        }


def columns() -> list[Column]:
    """The columns that a merge carries, of tables that others refer to before those others."""
    found: dict[str, list[Column]] = {}
    for row in _sql.all("people_columns", relatives=list(RELATIVES)):
        if (row["table"], row["column"]) not in STAYS:
            found.setdefault(row["table"], []).append(
                Column(
                    row["table"], row["column"], tuple(row["key"]), tuple(row["columns"]), tuple(row["refers_to"]), row["in_key"],
                    late=row["rows"] > MANY and not row["indexed"],
                )
            )  # fmt: skip
    order = TopologicalSorter(
        {table: [parent for parent in each[0].refers_to if parent in found] for table, each in found.items()}
    )
    return [column for table in order.static_order() for column in found[table]]


def hanging_on(person_id: int) -> dict[str, int]:
    """How many rows of each table are keyed by this person, where there are any."""
    counts = {
        column.table: (_sql.one("count_of", column.parts(), person_id=person_id) or {})["rows"]
        for column in columns()
        if column.in_key
    }
    return {table: count for table, count in counts.items() if count}


def hanging_on_many(person_ids: Collection[int]) -> dict[int, int]:
    """How many rows of all tables are keyed by each of these people, in one statement a table; very large tables without an index on the
    person are left out.
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
    pointed = [_point(column, from_id, to_id) for column in all_columns if not column.in_key and not column.late]
    keyed = [column for column in all_columns if column.in_key]
    taken = {column: _sql.all("take", column.parts(), from_id=from_id) for column in reversed(keyed)}
    moved, aside = [], []
    for column in keyed:
        put = _put(column, taken[column], to_id)
        moved.append(_entry(column, keys=put))
        there = {json.dumps(key) for key in put}
        aside.append(_aside(column, [row for row in taken[column] if json.dumps(_key(column, row)) not in there]))
    return _some(moved, "keys"), _some(pointed, "keys"), _some(aside, "rows")


def carry_back(moved: list[Entry], pointed: list[Entry], aside: list[Entry], kept_id: int, other_id: int) -> None:
    """Exactly those rows go back, with whatever became of them since. Raises MovedRowGone."""
    known = {(column.table, column.name): column for column in columns()}
    order = list(known)
    taken = [(_of(known, entry), entry) for entry in moved]
    taken.sort(key=lambda each: order.index((each[0].table, each[0].name)))
    found = {id(entry): _take_back(column, entry, kept_id) for column, entry in reversed(taken)}
    taken += [(_of(known, entry), entry) for entry in aside]
    for column, entry in sorted(taken, key=lambda each: order.index((each[0].table, each[0].name))):
        rows = found[id(entry)] if "keys" in entry else [{"row": row} for row in entry["whole"]]
        if "rows" in entry and entry["columns"] != list(
            column.columns
        ):  # another version of the program made this merge
            _sql.run("put_back", column.parts(), rows=json.dumps(entry["rows"]))
        elif len(_put(column, rows, other_id)) < len(rows):
            raise MovedRowGone(column.table)
    for entry in pointed:
        column = _of(known, entry)
        _sql.run(
            "point_back", column.parts(column.key), keys=json.dumps(entry["keys"]), from_id=kept_id, to_id=other_id
        )


def remove(added: list[Entry], person_id: int) -> None:
    """Rows that a merge itself wrote go, where they are still there."""
    known = {(column.table, column.name): column for column in columns()}
    for entry in added:
        column, keys = _of(known, entry), json.dumps(entry["keys"])
        _sql.all("take_keys", column.parts(_names(entry)), keys=keys, from_id=person_id)


def point_late() -> list[tuple[Any, Entry]]:
    """What large tables still name a merged record is put right for all of them: (merge_id, pointed) of each."""
    return [
        (row["merge_id"], _entry(column, keys=[column.key_of(_read(row["record"]), without_person=False)]))
        for column in columns()
        if column.late and not column.in_key
        for row in _sql.all("point_late", column.parts())
    ]


def point_one(name: str, person_id: int, from_id: int, to_id: int) -> list[Entry]:
    """One person's row of `person` that names one relative names another instead."""
    (column,) = [column for column in columns() if (column.table, column.name) == ("person", name)]
    keys = [{"person_id": person_id}]
    _sql.run("point_back", column.parts(column.key), keys=json.dumps(keys), from_id=from_id, to_id=to_id)
    return [_entry(column, keys=keys)]


def people_in(entries: Collection[Entry]) -> set[int]:
    """The persons by whom the rows of these entries are keyed."""
    return {key["person_id"] for entry in entries for key in entry["keys"] if "person_id" in key}


def _point(column: Column, from_id: int, to_id: int) -> Entry:
    rows = _sql.all("point", column.parts(), from_id=from_id, to_id=to_id)
    return _entry(column, keys=[column.key_of(_read(row["record"]), without_person=False) for row in rows])


def _put(column: Column, rows: list[dict[str, Any]], to_id: int) -> list[dict[str, Any]]:
    """The keys of those that found their place."""
    if not rows:
        return []
    put = _sql.all("put", column.parts(), rows=[row["row"] for row in rows], to_id=to_id)
    return [_key(column, row) for row in put]


def _take_back(column: Column, entry: Entry, kept_id: int) -> list[dict[str, Any]]:
    keys = json.dumps(entry["keys"])
    rows = _sql.all("take_keys", column.parts(_names(entry)), keys=keys, from_id=kept_id)
    if len(rows) < len(entry["keys"]):
        raise MovedRowGone(column.table)
    return rows


def _entry(column: Column, **what: Any) -> Entry:
    return {"table": column.table, "column": column.name, **what}


def _aside(column: Column, rows: list[dict[str, Any]]) -> Entry:
    """Rows whole: readable, and to the bit (JSON does not tell a JSON null from none)."""
    records = [_read(row["record"]) for row in rows]
    return _entry(column, columns=column.columns, rows=records, whole=[row["row"] for row in rows])


def _key(column: Column, row: dict[str, Any]) -> dict[str, Any]:
    return column.key_of(_read(row["record"]), without_person=True)


def _some(entries: list[Entry], what: str) -> list[Entry]:
    return [entry for entry in entries if entry[what]]


def _names(entry: Entry) -> list[str]:
    return list(entry["keys"][0])


def _of(known: dict[tuple[str, str], Column], entry: Entry) -> Column:
    """The column of an entry, which a later version of the program may no longer have."""
    if column := known.get((entry["table"], entry["column"])):
        return column
    raise MovedRowGone(entry["table"])


def _read(record: str | dict[str, Any]) -> dict[str, Any]:
    return json.loads(record) if isinstance(record, str) else record


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

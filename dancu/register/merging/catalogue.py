"""What the database's catalogue says of persons: which columns hold them, and which rows go with which.

A table that comes next year is so carried without anybody remembering it. A column holds persons by its name
(`person_id`, `…_person_id`, `…_person`, a relative's) or because its comment says so: COMMENT ON COLUMN
tower.keeper IS 'person'.

A row that belongs to another of the same person goes wherever that one goes, whenever it was written: by a
foreign key, or by a comment on the column that names it, which is called the same in both: COMMENT ON COLUMN
crossing.declaration_id IS 'goes with declaration'.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from dancu.db.queries import Queries
from dancu.register.errors import MovedRowGone
from dancu.register.held import RELATIVES as RELATIVES

_sql = Queries(__file__)

# rows: a larger table without an index on the column is searched once a night for all merges, not for each
# (0.3 s)
MANY = 1_000_000

# What holds persons and is not carried, and why.
STAYS = {
    ("person", "person_id"): "the record itself: merging moves it to person_merge",
    (
        "person_history",
        "person_id",
    ): "what was believed of a record stays under its own number: person_as_of answers for both",
    ("audit_entry", "person_id"): "never rewritten: who reads the audit of a person asks for all their ids",
    ("audit_entry", "actor_id"): "never rewritten",
    ("row_aside", "person_id"): "kept aside by the owner until the merge is undone",
    ("person_change", "person_id"): "tells who was changed: a merge notes both",
    ("person_merge", "kept_id"): "tells what was merged",
    ("person_merge", "other_id"): "tells what was merged",
}

Entry = dict[
    str, Any
    # {table, column, keys} of rows that are elsewhere now, {table, column, columns, rows, whole} of rows kept
    # aside
]


@dataclass(frozen=True)
class PersonColumn:
    """A column that holds persons. `key`: the columns of the table's primary key. `late`: too many rows to
    search for one person. `kept`: of rows that only the owner takes from one person to another.
    """

    table: str
    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    refers_to: tuple[str, ...]
    in_key: bool
    late: bool
    kept: bool

    def key_of(self, row: dict[str, Any], *, without_person: bool = True) -> dict[str, Any]:
        """By what this row of a statement (with its `record`) is recognised, of all or of one person's."""
        record = read(row["record"])
        return {part: record[part] for part in self.key if not (without_person and part == self.name)}

    def entry(self, **what: Any) -> Entry:
        return {"table": self.table, "column": self.name, **what}

    def parts(self, keys: Iterable[str] = ()) -> dict[str, str]:
        """What the statements of queries.sql leave open; `keys`: the columns that a row is recognised by."""
        return {
            "table": _quoted(self.table),
            "column": _quoted(self.name),
            "columns": ", ".join(_quoted(name) for name in self.columns),
            "same_key": " AND ".join(f"whole_row.{_quoted(name)} = named.{_quoted(name)}" for name in keys)
            or "TRUE",
            "values": ", ".join(
                "%(to_id)s::bigint" if name == self.name else f"(taken).{_quoted(name)}"
                for name in self.columns
            ),
        }


Known = dict[tuple[str, str], PersonColumn]  # by table and name


def columns() -> list[PersonColumn]:
    """The columns that a merge carries, of tables that others refer to before those others."""
    found: dict[str, list[PersonColumn]] = {}
    for row in _sql.all("people_columns", relatives=list(RELATIVES)):
        if (row["table"], row["column"]) not in STAYS:
            found.setdefault(row["table"], []).append(
                PersonColumn(
                    row["table"],
                    row["column"],
                    tuple(row["key"]),
                    tuple(row["columns"]),
                    tuple(row["refers_to"]),
                    row["in_key"],
                    late=row["rows"] > MANY and not row["indexed"],
                    kept=row["kept"],
                )
            )
    order = TopologicalSorter(
        {table: [parent for parent in each[0].refers_to if parent in found] for table, each in found.items()}
    )
    return [column for table in order.static_order() for column in found[table]]


def known_columns() -> Known:
    """The columns that a merge carries, in order."""
    return {(column.table, column.name): column for column in columns()}


def in_order(known: Known, entries: Iterable[Entry]) -> list[tuple[PersonColumn, Entry]]:
    """Entries with their columns, of tables that others refer to before those others."""
    order = list(known)
    told = [(of(known, entry), entry) for entry in entries]
    return sorted(told, key=lambda each: order.index((each[0].table, each[0].name)))


def in_taking_order(found: Iterable[PersonColumn]) -> list[PersonColumn]:
    """In which order rows leave a person, given columns in the order of `columns()`: what refers to others
    before those others; but first what others belong to by a comment, so that who holds a pass to write
    beside it is waited for before that is looked for.
    """
    links = _sql.all("belongings")
    named = {link["of"] for link in links if not link["refers"]} - {
        link["of"] for link in links if link["refers"]
    }
    last_first = list(found)[::-1]
    return [column for first in (True, False) for column in last_first if (column.table in named) == first]


def belonging(known: Known, entries: list[Entry], person_id: int) -> list[Entry]:
    """What else of this person goes with these rows, level after level: a pass with its declaration, a
    revocation with its pass.
    """
    links = _sql.all("belongings")
    seen: dict[tuple[str, str], list[Any]] = {}
    for entry in entries:
        seen.setdefault((entry["table"], entry["column"]), []).extend(entry["keys"])
    found, waiting = [], list(entries)
    while waiting:
        entry = waiting.pop()
        theirs = [link for link in links if link["of"] == entry["table"]]
        if (
            theirs and not of(known, entry).kept
        ):  # who holds one of these rows, to write beside it, is waited for
            _sql.all(
                "claim",
                of(known, entry).parts(entry["keys"][0]),
                keys=json.dumps(entry["keys"]),
                person_id=person_id,
            )
        for link in theirs:
            for column in [
                column for column in known.values() if column.table == link["table"] and column.in_key
            ]:
                there = seen.setdefault((column.table, column.name), [])
                rows = _sql.all(
                    "going_with", _link(column, link, of(known, entry), entry),
                    keys=json.dumps(entry["keys"]), seen=json.dumps(there), person_id=person_id,
                )  # fmt: skip
                if keys := [column.key_of(row) for row in rows]:
                    there += keys
                    found.append(column.entry(keys=keys))
                    waiting.append(found[-1])
    return found


def of(known: Known, entry: Entry) -> PersonColumn:
    """The column of an entry. Raises MovedRowGone where this version of the program has it no more."""
    if column := known.get((entry["table"], entry["column"])):
        return column
    raise MovedRowGone(entry["table"])


def read(record: str | dict[str, Any]) -> dict[str, Any]:
    return json.loads(record) if isinstance(record, str) else record


def _link(column: PersonColumn, link: dict[str, Any], of: PersonColumn, entry: Entry) -> dict[str, str]:
    """What `going_with` leaves open."""
    pairs = zip(link["columns"], link["named"], strict=True)
    return of.parts(entry["keys"][0]) | {
        "belongings": _quoted(column.table),
        "whose": _quoted(column.name),
        "goes_with": " AND ".join(
            f"belongs.{_quoted(mine)} = whole_row.{_quoted(its)}" for mine, its in pairs
        ),
        "is_seen": " AND ".join(
            f"belongs.{_quoted(name)} = seen.{_quoted(name)}" for name in column.key if name != column.name
        )
        or "TRUE",
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

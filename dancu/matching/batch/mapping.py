"""Which column of a file is which: a TOML file, or the columns' own names."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dancu.files.source import column_key
from dancu.matching.batch import headings
from dancu.matching.batch.errors import (
    BadFileMapping,
    FileColumnsDoubled,
    FileColumnsMissing,
    NothingToCompare,
)

WHOLE = (
    "record_id",
    "number",
    "full_name",
    "birth",
    "sex",
    "phone",
    "commune_code",
    "address",
    "sender",
    "province",
)
IN_PARTS = {
    "full_name": ("family_name", "middle_name", "given_name"),
    "birth": ("birth_day", "birth_month", "birth_year"),
}
OF_ONE_SEX = ("male", "female")
FIELDS = (*WHOLE, *(part for parts in IN_PARTS.values() for part in parts), *OF_ONE_SEX)
"""What a mapping may name; of one sex: in which of two columns somebody's birth, or a mark, stands."""
ORDERS = ("dmy", "mdy")


@dataclass(frozen=True)
class FileMapping:
    """`columns`: field → column of the file. `on`: the day whose administrative units the file's codes are;
    None: of today. `order`: of ORDERS, in which birth dates stand; None: find out.
    """

    columns: Mapping[str, str]
    on: date | None = None
    order: str | None = None

    def of(self, whole: str) -> list[tuple[str, str]]:
        """The columns that one field of WHOLE is made of, each with its own field."""
        named = (whole, *IN_PARTS.get(whole, ()))
        return [(field, self.columns[field]) for field in named if field in self.columns]

    @property
    def digest(self) -> str:
        """What tells one mapping from another."""
        said = json.dumps([dict(sorted(self.columns.items())), str(self.on), self.order])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def load_mapping(
    path: Path | None, file: str, columns: Collection[str], names: Collection[str] = ()
) -> FileMapping:
    """The mapping that a file says (`path`), else that the columns' names say by themselves. `file`,
    `columns`: what it is for; `names`: the columns' names as they stand in it, twice perhaps.

    The TOML file has a table `columns` (field = "column") and may have `on = 2022-03-01` and `order = "mdy"`.
    Raises BadMapping, MissingColumns, DoubledColumns, NothingToCompare.
    """
    mapping = _said(path) if path else FileMapping(_called_alike(file, names or columns))
    if missing := [column for column in mapping.columns.values() if not _has(columns, column)]:
        raise FileColumnsMissing(file, ", ".join(missing), ", ".join(columns))
    if not mapping.of("number") and not mapping.of("full_name"):
        if path is None:
            raise FileColumnsMissing(file, "number or full_name", ", ".join(columns))
        raise NothingToCompare(path.name)
    return mapping


def header_by(path: Path | None) -> Callable[[Collection[str]], bool]:
    """Tells whether a row's values are a header: with all columns of the mapping, or without one, with a
    number or a name. Raises BadMapping.
    """
    if path is None:
        return _names_somebody
    wanted = list(_said(path).columns.values())
    return lambda names: all(_has(names, column) for column in wanted)


def _has(names: Collection[str], column: str) -> bool:
    return column_key(column) in map(column_key, names)


def _names_somebody(names: Collection[str]) -> bool:
    """Whether these are the names of columns, two at least, among them a number's or a name's."""
    found = {field for field, called in _called(names).items() if called}
    return len([name for name in names if name]) > 1 and bool(found & {"number", "full_name", "given_name"})


def _called_alike(file: str, columns: Collection[str]) -> dict[str, str]:
    """The columns that are called as our fields are, or as lists here call them. Raises DoubledColumns."""
    called = _called(columns)
    for field, alike in called.items():
        if len(alike) > 1:
            raise FileColumnsDoubled(file, field, ", ".join(alike))
    return {field: alike[0] for field, alike in called.items() if alike}


def _called(columns: Collection[str]) -> dict[str, list[str]]:
    """By field: the columns that bear its own name, or else a usual heading, or else one that means it by
    its words (headings.py).
    """
    called: dict[str, list[str]] = {
        field: [column for column in columns if column_key(column) == column_key(field)] for field in FIELDS
    }
    called |= {field: called[field] or [column] for field, column in headings.of_each_sex(columns).items()}
    left = [column for column in columns if column not in [*called["male"], *called["female"]]]
    for field in called:
        called[field] = called[field] or headings.usually(field, left)
    taken = {column for alike in called.values() for column in alike}
    for field in called:
        called[field] = called[field] or [one for one in headings.by_words(field, left) if one not in taken]
    if parts := headings.in_three(left):
        called |= {"birth": []} | {part: [column] for part, column in parts.items()}
    whole = next((field for field in IN_PARTS["full_name"] if called[field]), None)
    if called["full_name"] and whole:
        called |= {
            part: []
            for part in IN_PARTS["full_name"]
            if not any(column_key(one) == column_key(part) for one in called[part])
        }
    return called


def _said(path: Path) -> FileMapping:
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFileMapping(path.name, error) from error
    columns, on, order = said.pop("columns", None), said.pop("on", None), said.pop("order", None)
    if (
        said
        or not isinstance(columns, dict)
        or not all(isinstance(column, str) for column in columns.values())
    ):
        raise BadFileMapping(
            path.name,
            'it must have a table [columns] of field = "column", and may say on = 2022-03-01 and order = '
            '"mdy"',
        )
    if unknown := [field for field in columns if field not in FIELDS]:
        raise BadFileMapping(
            path.name, f"unknown field {', '.join(unknown)}; the fields are {', '.join(FIELDS)}"
        )
    if on is not None and type(on) is not date:
        raise BadFileMapping(path.name, "on must be a day, such as on = 2022-03-01")
    if order not in (None, *ORDERS):
        raise BadFileMapping(
            path.name,
            f'order is the order of birth dates and must be one of {", ".join(ORDERS)}, not "{order}"',
        )
    return FileMapping(columns, on, order)

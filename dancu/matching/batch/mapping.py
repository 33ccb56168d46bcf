"""Which column of a file is which: a TOML file, or the columns' own names."""

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dancu.folding import fold
from dancu.matching.batch.errors import BadMapping, DoubledColumns, MissingColumns, NothingToCompare

WHOLE = (
    "record_id", "number", "full_name", "birth", "sex", "phone", "commune_code", "address", "sender", "province",
)  # fmt: skip
IN_PARTS = {
    "full_name": ("family_name", "middle_name", "given_name"),
    "birth": ("birth_day", "birth_month", "birth_year"),
}
FIELDS = (*WHOLE, *(part for parts in IN_PARTS.values() for part in parts))
"""What a mapping may name."""

_HEADINGS = {
    "record_id": "stt|mã bản ghi|số thứ tự|tt",
    "number": "số cccd|cccd|số định danh|số định danh cá nhân|mã định danh|số căn cước|căn cước|số cccd/cmnd|cccd/cmnd|số cmnd/cccd|cmnd/cccd|cmnd|số cmnd|pin",
    "full_name": "họ và tên|họ tên|họ, chữ đệm và tên|họ và tên người tiêm|tên đầy đủ|name",
    "family_name": "họ", "middle_name": "đệm|tên đệm|chữ đệm|họ đệm|họ và tên đệm|họ và đệm", "given_name": "tên",
    "birth": "ngày sinh|ngày tháng năm sinh|ngày, tháng, năm sinh|năm sinh|birth date|birth_date|date of birth|dob",
    "sex": "giới tính|giới|phái|gender", "phone": "điện thoại|số điện thoại|sđt|sdt|số đt|telephone",
    "commune_code": "mã xã|mã phường xã|mã xã phường|mã xã/phường", "address": "địa chỉ|nơi thường trú|thường trú|nơi ở|địa chỉ thường trú|hktt|hộ khẩu",
    "sender": "cơ sở|đơn vị|đơn vị gửi|cơ sở tiêm", "province": "tỉnh|tỉnh/thành phố|tỉnh thành",
}  # fmt: skip
"""How the columns of lists are called here; our own names go before."""


@dataclass(frozen=True)
class FileMapping:
    """`columns`: field → column of the file. `on`: the day whose administrative units the file's codes are; None: of today."""

    columns: Mapping[str, str]
    on: date | None = None

    def of(self, whole: str) -> list[tuple[str, str]]:
        """The columns that one field of WHOLE is made of, each with its own field."""
        named = (whole, *IN_PARTS.get(whole, ()))
        return [(field, self.columns[field]) for field in named if field in self.columns]

    @property
    def digest(self) -> str:
        """What tells one mapping from another."""
        said = json.dumps([dict(sorted(self.columns.items())), str(self.on)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def load_mapping(path: Path | None, file: str, columns: Collection[str], names: Collection[str] = ()) -> FileMapping:
    """The mapping that a file says (`path`), else that the columns' names say by themselves. `file`, `columns`: what it is for; `names`: the
    columns' names as they stand in it, twice perhaps.

    The TOML file has a table `columns` (field = "column") and may have `on = 2022-03-01`. Raises BadMapping, MissingColumns, DoubledColumns,
    NothingToCompare.
    """
    mapping = _said(path) if path else FileMapping(_called_alike(file, names or columns))
    alike = {_key(column) for column in columns}
    if missing := [column for column in mapping.columns.values() if _key(column) not in alike]:
        raise MissingColumns(file, ", ".join(missing), ", ".join(columns))
    if not mapping.of("number") and not mapping.of("full_name"):
        if path is None:
            raise MissingColumns(file, "number or full_name", ", ".join(columns))
        raise NothingToCompare(path.name)
    return mapping


def _called_alike(file: str, columns: Collection[str]) -> dict[str, str]:
    """The columns that are called as our fields are, or as lists here call them, spaces, marks and capitals aside. Raises DoubledColumns."""
    called = {field: [column for column in columns if _key(column) == _key(field)] for field in FIELDS}
    for field, headings in _HEADINGS.items():
        keys = {_key(heading) for heading in headings.split("|")}
        called[field] = called[field] or [column for column in columns if _key(column) in keys]
    whole = next((field for field in IN_PARTS["full_name"] if called[field]), None)
    if called["full_name"] and whole:
        called |= {
            part: [] for part in IN_PARTS["full_name"] if not any(_key(one) == _key(part) for one in called[part])
        }
    for field, alike in called.items():
        if len(alike) > 1:
            raise DoubledColumns(file, field, ", ".join(alike))
    return {field: alike[0] for field, alike in called.items() if alike}


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def _said(path: Path) -> FileMapping:
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMapping(path.name, error) from error
    columns, on = said.pop("columns", None), said.pop("on", None)
    if said or not isinstance(columns, dict) or not all(isinstance(column, str) for column in columns.values()):
        raise BadMapping(path.name, 'it has a table [columns] of field = "column", and may say on = 2022-03-01')
    if unknown := [field for field in columns if field not in FIELDS]:
        raise BadMapping(path.name, f"no field is called {', '.join(unknown)}; there are {', '.join(FIELDS)}")
    if on is not None and type(on) is not date:
        raise BadMapping(path.name, "on is a day, such as on = 2022-03-01")
    return FileMapping(columns, on)

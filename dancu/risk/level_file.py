"""A list of levels as a file: two columns, the code of a commune or province and its level, named in either
language. The page's own list, with levels changed, is such a file.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from dancu.delimited import NoTable, Table
from dancu.risk.errors import NoLevelFile
from dancu.risk.levels import LEVELS
from dancu.text.folding import fold
from dancu.text.invisible import visible

LARGEST = 1_000_000  # bytes: all communes have 400,000
CODES = ("Mã", "Mã xã", "Mã phường xã", "Mã đơn vị", "code", "commune_code", "area_code")
LEVEL_NAMES = ("Cấp độ", "Cấp độ dịch", "Cấp độ nguy cơ", "level", "risk_level", "Level of risk")


class LevelRowProblem(NamedTuple):
    """Why a row cannot be used. `line`: counted from 1, as a spreadsheet does."""

    line: int
    message: str


class LevelRow(NamedTuple):
    """What a row says."""

    line: int
    code: str
    level: int


@dataclass(frozen=True)
class LevelFile:
    """Rows without a level are passed over: so a list of all communes can be sent with some filled in."""

    rows: list[LevelRow] = field(default_factory=list)
    problems: list[LevelRowProblem] = field(default_factory=list)


def read_levels(data: bytes) -> LevelFile:
    """CSV in UTF-8 or UTF-16, with commas, semicolons or tabs. Raises NoLevelFile."""
    is_utf16 = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        if len(data) > LARGEST or "\0" in data.decode("utf-16" if is_utf16 else "utf-8"):
            raise NoLevelFile
        table = Table(data, "utf-16" if is_utf16 else "utf-8", is_header=_is_header)
    except (NoTable, UnicodeDecodeError):
        raise NoLevelFile from None
    code_at, level_at = _column(table.names, CODES), _column(table.names, LEVEL_NAMES)
    if code_at is None or level_at is None:
        raise NoLevelFile
    read = LevelFile()
    for batch in table.batches():
        for _row, line, unfit, _sent, *values in batch.iter_rows():
            if unfit:
                words = _("This row does not have as many values as the first line has names.")
                read.problems.append(LevelRowProblem(line, words))
                continue
            _take(read, line, *(visible(values[at] or "").strip() for at in (code_at, level_at)))
    return read


def _is_header(names: Sequence[str]) -> bool:
    return _column(names, CODES) is not None and _column(names, LEVEL_NAMES) is not None


def _column(names: Sequence[str], called: tuple[str, ...]) -> int | None:
    known = {fold(each) for each in called}
    return next((at for at, name in enumerate(names) if fold(visible(name)) in known), None)


def _take(read: LevelFile, line: int, code: str, level: str) -> None:
    if not level:
        return
    if not code:
        read.problems.append(LevelRowProblem(line, _("The code of the commune or province is missing.")))
    elif level not in map(str, LEVELS):
        words = _("“%(level)s” is no level. Write 1, 2, 3 or 4, or leave it empty.")
        read.problems.append(LevelRowProblem(line, words % {"level": level[:20]}))
    else:
        read.rows.append(LevelRow(line, code.zfill(5) if len(code) in (3, 4) else code.zfill(2), int(level)))

"""The copies on this machine, and what they lack."""

import datetime as dt
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl

from dancu.db.embedded import HOME
from dancu.db.queries import Queries
from dancu.register import changed_people
from dancu.register.frames import answer
from dancu.register.lasting import LASTS
from dancu.register.many_candidates import COLUMNS as _SELECTED
from dancu.register.many_candidates import PEOPLE

_sql = Queries(__file__)

FOLDER = HOME / "copies"
OLDEST = 30  # days
_MOST_CHANGED = 50  # of the people one in so many: then a new copy is sooner read than what changed

COLUMNS = {
    **{name: dtype for name, dtype in PEOPLE.items() if name != "led_by"},
    "given_key": pl.Int32,
    "ends_key": pl.Int32,
    "lives_in": pl.Int32,
}
"""What is told of a person, with its types: as many_candidates.PEOPLE, the keys by which people are looked
for, and `lives_in`, an area where they live for now; of who has several such homes once for each.
"""
FORMER = {"person_id": pl.Int64, "number": pl.String}
GATHERED = {
    "births": "SELECT DISTINCT birth_date, birth_precision FROM {people}",
    "areas": "SELECT DISTINCT unnest([home_area, lives_in]) AS area_id FROM {people}",
    "away": "SELECT person_id, lives_in FROM {people} WHERE lives_in IS NOT NULL",
}
"""What a copy tells of everybody besides, in SQL of DuckDB: every birth, every area where somebody is at
home, and who has another home.
"""


@dataclass(frozen=True)
class Copy:
    """A copy that this machine holds. `snapshot`: which transactions it is sure to have seen."""

    copy_id: UUID
    made_at: dt.datetime
    snapshot: str
    people: int

    @property
    def folder(self) -> Path:
        return FOLDER / str(self.copy_id)

    def files(self, of: str) -> str:
        """Those of `people`, `former` numbers or GATHERED, as DuckDB takes them."""
        return f"{self.folder}/{of}-*.parquet"


@dataclass(frozen=True)
class Changed:
    """Who was changed since a copy was made: what it says of `person_ids` holds no more, `people` (COLUMNS)
    and `former` (person_id, number) do. Who is not among `people` left the register.
    """

    person_ids: pl.Series
    people: pl.DataFrame
    former: pl.DataFrame


def standing() -> Copy | None:
    """The newest copy on this machine that is not too old and lacks few people."""
    for copy in made():
        most = copy.people // _MOST_CHANGED
        if copy.folder.is_dir() and len(changed_people.since(copy.snapshot, most)) <= most:
            return copy
    return None


def made() -> list[Copy]:
    """Those that were made of this register, on any machine, and are not too old; the newest first."""
    return [Copy(**row) for row in _sql.all("copies", days=OLDEST)]


def since(copy: Copy) -> Changed:
    """What changed since."""
    ids = sorted(changed_people.since(copy.snapshot, copy.people))
    which = f"person_id = ANY ('{{{','.join(map(str, ids))}}}'::bigint[])"
    return Changed(pl.Series("person_id", ids, pl.Int64), people(which), former(which))


def people(which: str) -> pl.DataFrame:
    """The people of the register for whom the condition (on person_id) holds, with COLUMNS."""
    return _read("people", which, COLUMNS)


def former(which: str) -> pl.DataFrame:
    """Their former numbers."""
    return _read("former", which, FORMER)


def _read(name: str, which: str, types: dict[str, Any]) -> pl.DataFrame:
    return pl.concat(
        [
            pl.DataFrame(schema=types),
            *answer(_sql, name, {"columns": _SELECTED, "which": which, "lasts": LASTS}, types),
        ]
    )


@contextmanager
def locked(folder: Path, how: int) -> Iterator[bool]:
    """Hold a copy to read it (fcntl.LOCK_SH) or to remove it (fcntl.LOCK_EX | fcntl.LOCK_NB); False:
    somebody else does.
    """
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, how)
        except OSError:
            yield False
        else:
            yield True

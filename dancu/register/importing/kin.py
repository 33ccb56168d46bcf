"""What the rows of a whole country's files say of themselves that their relatives' rows are held against:
29 bytes a person, on disk.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np
import polars as pl

from dancu.register.codes import DEAD, MARRIED, SEPARATED
from dancu.register.importing import ruling
from dancu.register.importing.directory import NOBODY, Directory, keys_of_numbers
from dancu.register.importing.problems import text_as_date

COLUMNS = (
    "sex",
    "birth_date",
    "birth_precision",
    "status",
    "status_on",
    "marital_status",
    "spouse_pin",
    "father_pin",
    "mother_pin",
)
_PARENTS = ("father", "mother")
_AT_ONCE = 4_000_000
_PRECISIONS = {"M": 1, "Y": 2}
_UNKNOWN, _FIRST = (
    1,
    2,
    # of whom a row names as husband or wife: nobody (0), somebody who is not in the files, the row of one who
    # is
)


class Kin:
    """Of each row of the files (counted from 0 over all of them) sex, birth, death or missing, and
    husband or wife.
    """

    def __init__(self, where: Path, rows: int) -> None:
        self._claims, self._adding = where / "claims", Lock()

        def kept(name: str, dtype: type) -> np.ndarray:
            return np.memmap(where / name, dtype, "w+", shape=(max(rows, 1),))

        self._born, self._gone, self._spouse = (kept(name, np.int32) for name in ("born", "gone", "spouse"))
        self._marks = kept("marks", np.uint8)
        self._parents = {
            role: kept(role, np.int64) for role in _PARENTS
        }  # their numbers, as the directory has them
        self._crowded = np.empty(0, np.int64)

    def enter(self, first: int, batch: pl.DataFrame) -> None:
        """Consecutive rows, of which the first is row `first`, with those of COLUMNS that the file has.
        May be called from several threads.
        """
        rows = _typed(batch)
        span = slice(first, first + len(rows))
        self._born[span], self._gone[span] = rows["born"].to_numpy(), rows["gone"].to_numpy()
        self._marks[span] = rows["marks"].to_numpy()
        for role, numbers in self._parents.items():
            numbers[span] = keys_of_numbers(rows[f"{role}_pin"])
        claimed = keys_of_numbers(rows["spouse_pin"])
        (nth,) = np.nonzero(claimed)
        with self._adding, self._claims.open("ab") as file:
            np.column_stack((nth + first, claimed[nth])).tofile(file)

    def seal(self, directory: Directory) -> None:
        """After the last `enter`, by the sealed directory: who is married to whom."""
        self._directory = directory
        size = self._claims.stat().st_size if self._claims.exists() else 0
        claims = np.memmap(self._claims, np.int64, "r").reshape(-1, 2) if size else np.empty((0, 2), np.int64)
        parts = [claims[start : start + _AT_ONCE] for start in range(0, len(claims), _AT_ONCE)]
        for part in parts:
            found = directory.find(np.ascontiguousarray(part[:, 1]))
            self._spouse[part[:, 0]] = np.where(found == NOBODY, _UNKNOWN, found + _FIRST)
        pairs = [self._unreturned(part[:, 0]) for part in parts]
        rows, named = (
            np.concatenate([pair[side] for pair in pairs] or [np.empty(0, np.int64)]) for side in (0, 1)
        )
        order = np.lexsort((rows, named))
        again = np.diff(named[order], prepend=-1) == 0
        self._crowded = np.sort(rows[order][again])
        self._claims.unlink(missing_ok=True)

    def beside(self, good: pl.DataFrame, first: int, found: dict[str, np.ndarray]) -> pl.DataFrame:
        """`good` rows with what `ruling` asks of them and of their relatives. `first`: the row that stands as
        0 in good["nth"]; `found`: the relatives' rows, NOBODY where there is none.
        """
        row = good["nth"].to_numpy() + first
        own = _unpacked(self._marks[row])
        frame = good.select("sex", "status").with_columns(
            pl.Series("born", self._born[row]),
            good["birth_date"].cast(pl.Int32).alias("born_days"),
            pl.Series("precision", own["precision"]),
            pl.Series("married", own["married"]),
            pl.Series(
                "crowded", np.isin(row, self._crowded) if len(self._crowded) else np.zeros(len(row), np.bool_)
            ),
            left=pl.lit(value=False),
            unwed=pl.lit(value=False),  # by an empty register nobody is anything
        )
        for kind, rows in found.items():
            frame = frame.with_columns(
                pl.Series(f"{kind}_{name}", values) for name, values in self._of(rows).items()
            )
        names = pl.Series("spouse_names", self._named_by(found["spouse"], row))
        return frame.with_columns(names, pl.Series("close", self._close(good, row, found["spouse"])))

    def _close(self, good: pl.DataFrame, row: np.ndarray, spouses: np.ndarray) -> np.ndarray:
        """Whether each one's husband or wife is a parent or grandparent, or has one of these too
        (register/descent.py; no farther up the direct line, since it would take another look-up for each
        generation of a country)."""
        close = np.zeros(len(row), np.bool_)
        there = np.where(spouses == NOBODY, 0, spouses)
        has_line = sum(numbers[row] + numbers[there] for numbers in self._parents.values()) > 0
        (couples,) = np.nonzero((spouses != NOBODY) & has_line)
        if not len(couples):
            return close
        pins = [keys_of_numbers(good[column]) for column in ("pin", "spouse_pin")]

        def meet(couples: np.ndarray, lines: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
            sides = [
                [own[couples], *map(lines, self._line(rows[couples]))]
                for own, rows in zip(pins, (row, spouses), strict=True)
            ]
            hit = np.zeros(len(couples), np.bool_)
            for one in sides[0]:
                for other in sides[1]:
                    hit |= (one == other) & (one != 0)
            return couples[hit]

        close[meet(meet(couples, np.asarray), self._held)] = (
            True  # first by number alone: of a country only a few are then looked up
        )
        return close

    def _held(self, keys: np.ndarray) -> np.ndarray:
        """Those of whom the files have a row: the register knows no other relatives either."""
        return np.where(self._directory.find(np.ascontiguousarray(keys)) == NOBODY, 0, keys)

    def _line(self, rows: np.ndarray) -> list[np.ndarray]:
        """The numbers of parents and grandparents, 0 where none is known."""
        parents = [numbers[rows] for numbers in self._parents.values()]
        found = [self._directory.find(np.ascontiguousarray(keys)) for keys in parents]
        above = [
            np.where(at == NOBODY, 0, numbers[np.where(at == NOBODY, 0, at)])
            for at in found
            for numbers in self._parents.values()
        ]
        return [*parents, *above]

    def _of(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        there = rows != NOBODY
        at = np.where(there, rows, 0)
        told = {"born": self._born[at], "gone": self._gone[at], **_unpacked(self._marks[at])}
        return {name: np.where(there, values, 0).astype(values.dtype) for name, values in told.items()}

    def _named_by(self, spouses: np.ndarray, row: np.ndarray) -> np.ndarray:
        """Whom each one's husband or wife names in turn."""
        there = spouses != NOBODY
        named = np.where(there, self._spouse[np.where(there, spouses, 0)], 0).astype(np.int64)
        in_files = named >= _FIRST
        died = in_files & (_unpacked(self._marks[np.where(in_files, named - _FIRST, 0)])["status"] == DEAD)
        choices = [named == 0, named == row + _FIRST, died]
        return np.select(choices, [ruling.NOBODY, ruling.THIS_ONE, ruling.ONE_WHO_DIED], ruling.ANOTHER)

    def _unreturned(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of the living and married among these rows those who name somebody living who names nobody, and
        whom.
        """
        own = _unpacked(self._marks[rows])
        named = self._spouse[rows].astype(np.int64)
        rows, named = (
            each[(named >= _FIRST) & own["married"] & (own["status"] != DEAD)] for each in (rows, named)
        )
        theirs = named - _FIRST
        lonely = (self._spouse[theirs] == 0) & (_unpacked(self._marks[theirs])["status"] != DEAD)
        return rows[lonely], theirs[lonely]


def _typed(batch: pl.DataFrame) -> pl.DataFrame:
    def column(name: str, dtype: type[pl.DataType]) -> pl.Expr:
        if name not in batch.columns:
            return pl.lit(None, dtype)
        text = batch.schema[name] == pl.String
        if dtype == pl.Date:
            return text_as_date(pl.col(name)) if text else pl.col(name)
        return (
            pl.col(name).str.strip_chars().cast(dtype, strict=False)
            if text
            else pl.col(name).cast(dtype, strict=False)
        )

    rows = batch.select(column(name, _TYPES[name]).alias(name) for name in COLUMNS)
    marital, spouse = pl.col("marital_status"), pl.col("spouse_pin")
    married = marital.is_in([MARRIED, SEPARATED]) | (
        marital.is_null() & spouse.is_not_null() & (spouse != "")
    )
    status = pl.col("status").fill_null(1)
    marks = (
        pl.col("sex").fill_null(0).clip(0, 3)
        | (pl.col("birth_precision").replace_strict(_PRECISIONS, default=0, return_dtype=pl.UInt8) * 4)
        | (status.clip(0, 3) * 16)
        | (married.fill_null(value=False).cast(pl.UInt8) * 64)
    )
    born = pl.col("birth_date")
    return rows.select(
        *(pl.col(f"{role}_pin").str.strip_chars() for role in ("spouse", *_PARENTS)),
        ruling.as_number(born).fill_null(0).cast(pl.Int32).alias("born"),
        pl.col("status_on").cast(pl.Int32).fill_null(0).alias("gone"),
        marks.cast(pl.UInt8).alias("marks"),
    )


def _unpacked(marks: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "sex": marks & 3,
        "precision": marks >> 2 & 3,
        "status": marks >> 4 & 3,
        "married": (marks >> 6 & 1).astype(np.bool_),
    }


_TYPES: dict[str, type[pl.DataType]] = {
    "sex": pl.UInt8,
    "birth_date": pl.Date,
    "birth_precision": pl.String,
    "status": pl.UInt8,
    "status_on": pl.Date,
    "marital_status": pl.UInt8,
    "spouse_pin": pl.String,
    "father_pin": pl.String,
    "mother_pin": pl.String,
}

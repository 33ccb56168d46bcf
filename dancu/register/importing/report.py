"""What an import tells of itself, while it runs and at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

Progress = Callable[[str, int], None]  # the step, and how many more rows it has done
READING = "read and checked"
NUMBERS = "numbers looked up"
INDEXES = "indexes"
LAST = ("problems", "as_sent")  # columns of the refused rows, after those that were sent


@dataclass(frozen=True)
class Unfinished:
    """A load that broke off: the names of its files, when it began, from which day it holds, how many of its
    parts are in.

    `parts`: None of a load that an older version of the program began.
    """

    files: str
    began: datetime
    on: date
    parts_in: int
    parts: int | None


@dataclass
class Report:
    """What an import did. `rejects`: the file that holds the refused rows with their problems, or None;
    `warnings`: the one that tells what is doubtful of rows that were taken. `given_up`: a load that broke off
    and that nobody can go on with, now that the register holds people."""

    read: int = 0
    new: int = 0
    changed: int = 0
    rejected: int = 0
    warned: int = 0
    rejects: Path | None = None
    warnings: Path | None = None
    given_up: Unfinished | None = None

    @property
    def unchanged(self) -> int:
        return self.read - self.rejected - self.new - self.changed


def warnings_beside(rejects: Path) -> Path:
    """Where warnings are told: beside the refused rows."""
    return rejects.with_name(f"{rejects.stem}-warnings.csv")


def silent(_step: str, _rows: int) -> None:
    """For callers who watch nothing."""

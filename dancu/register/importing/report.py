"""What an import tells of itself, while it runs and at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[str, int], None]  # the step, and how many more rows it has done
READING = "read and checked"
NUMBERS = "numbers looked up"
INDEXES = "indexes"


@dataclass
class Report:
    """What an import did. `rejects`: the file that holds the refused rows with their problems, or None."""

    read: int = 0
    new: int = 0
    changed: int = 0
    rejected: int = 0
    warned: int = 0
    rejects: Path | None = None

    @property
    def unchanged(self) -> int:
        return self.read - self.rejected - self.new - self.changed


def silent(_step: str, _rows: int) -> None:
    """For callers who watch nothing."""

"""Files that tell of people, which nobody else of the machine reads."""

import os
from pathlib import Path
from typing import BinaryIO


def opened(file: Path) -> BinaryIO:
    """The file, empty and to be written, for its owner alone, also where it was there and others could
    read it.
    """
    target = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
    os.fchmod(target.fileno(), 0o600)
    return target

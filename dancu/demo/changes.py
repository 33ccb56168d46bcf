"""What was changed in the program's own files while the demo runs: for `bin/demo --reload`."""

import subprocess
import sys
from pathlib import Path

from dancu.web.build import ROOT

_READ = ("*.py", "*.html", "*.sql", "*.toml", "*.csv", "*.po", "*.scss", "*.js")
_STEPS = ("dancu.web.build", "dancu.web.messages")  # each does only what is needed


class Changes:
    """Looks at the times of all files under dancu/ and assets/ (some 1,500, 20 ms)."""

    def __init__(self, root: Path = ROOT) -> None:
        self._folders = (root / "dancu", root / "assets")
        self._known = self._times()

    def any(self) -> bool:
        """Whether a file was changed, added or removed since the last look; styles, scripts and messages
        are made anew then.
        """
        now = self._times()
        if now == self._known:
            return False
        self._known = now
        for step in _STEPS:
            subprocess.run(
                [sys.executable, "-m", step], check=False
            )  # what is wrong with it stands on the screen
        return True

    def _times(self) -> dict[Path, float]:
        files = (file for folder in self._folders for kind in _READ for file in folder.rglob(kind))
        return {file: file.stat().st_mtime for file in files if "built" not in file.parts and file.exists()}

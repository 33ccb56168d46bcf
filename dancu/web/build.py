"""Build the stylesheet and scripts, with the Node that came from PyPI: `python -m dancu.web.build
[run|work]`.

Each step runs only when what it reads has changed, so calling this before every start costs a few
milliseconds.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from dancu.web.node import environment, node, npm

ROOT = Path(__file__).resolve().parents[2]
BUILT = Path(__file__).resolve().parent / "static" / "built"
_ASSETS, _MODULES = ROOT / "assets", ROOT / "node_modules"
_TESTS = _ASSETS / "tests"
_LOCK = [ROOT / "package.json", ROOT / "package-lock.json"]
_INSTALLED = _MODULES / ".dancu"  # for which purpose, and of which lock
_QUIETLY = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]


class InstallFailed(Exception):
    """npm could not install the JavaScript packages named in package-lock.json. It needs a package registry once."""  # noqa: E501


class BuildFailed(Exception):
    """The stylesheet or a script under assets/ does not compile."""


def build(purpose: str = "run") -> list[str]:
    """Do what is needed and return the names of the steps done: "installed", "built", both or none.

    `purpose`: "run" installs what the pages are made of, "work" the linter and what the tests need besides.
    Raises InstallFailed or BuildFailed, each with the tool's own last words.
    """
    done = []
    packages = _digest(_LOCK)
    if _read(_INSTALLED) not in {f"{purpose} {packages}", f"work {packages}"}:
        _run([npm(), "ci", *([] if purpose == "work" else ["--omit=dev"]), *_QUIETLY], InstallFailed)
        _INSTALLED.write_text(f"{purpose} {packages}")
        done.append("installed")
    sources = _digest([*_LOCK, *(file for file in _ASSETS.rglob("*") if file.parent != _TESTS)])
    if _read(BUILT / "built-from") != sources or not all(
        (BUILT / file).exists() for file in names().values()
    ):
        _run([_ASSETS / "build.js"], BuildFailed)
        (BUILT / "built-from").write_text(sources)
        done.append("built")
    return done


def names() -> dict[str, str]:
    """Under which name each built file lies, with the hash of its content: {"citizen.css":
    "citizen.0f3a….css"}; empty before the first build.
    """
    return json.loads(_read(BUILT / "manifest.json") or "{}")


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        digest.update(f"{file.relative_to(ROOT).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def _run(script_and_options: list[Path | str], failure: type[Exception]) -> None:
    command = [node(), *script_and_options]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise failure(f"{failure.__doc__}\n\n{(done.stderr or done.stdout).strip()[-4000:]}")


if __name__ == "__main__":
    try:
        steps = build(*sys.argv[1:])
    except (InstallFailed, BuildFailed) as error:
        sys.exit(str(error))
    sys.stdout.write(f"Pages' styles and scripts: {' and '.join(steps) or 'nothing new'}.\n")

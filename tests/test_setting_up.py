"""The first command sets the program up. Whatever the package clients of a machine say meanwhile, it is
shown only where something fails.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dancu.demo.preparing import Cast, Member, _read, _write

BIN = Path(__file__).parents[1] / "bin"
WARNINGS = (
    "WARNING: Running pip as the 'root' user can result in broken permissions",
    "[notice] A new release of pip is available: 23.2.1 -> 26.0",
    "debconf: delaying package configuration, since apt-utils is not installed",
    "npm warn deprecated inflight@1.0.6",
)
PYTHON = """#!/usr/bin/env bash
# A Python as any machine may have it, whose clients talk a lot
warn() { printf '%s\\n' "$WARNINGS" >&2; printf '%s\\n' "$WARNINGS"; }
case "$*" in
  *ensurepip*) exit "${ENSUREPIP:-0}" ;;
  "-m venv"*) warn; [ "${FAILS:-}" != venv ] || { echo "venv: no room"; exit 1; }; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  "-m pip install"*) warn; [ "${FAILS:-}" != pip ] || { echo "ERROR: no matching distribution: django" >&2; exit 1; } ;;
  "-m dancu.web."*) ;;
  -c*|*--version) ;;
  *) echo "runs: $*" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    shutil.copytree(BIN, tmp_path / "dancu" / "bin")
    requirements = tmp_path / "dancu" / "requirements"
    requirements.mkdir()
    for lock in ("run", "work"):
        (requirements / f"{lock}.lock").write_text("django==5.2\n")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("python3", "chromium", "apt-get"):
        (tools / name).write_text(PYTHON)
        (tools / name).chmod(0o755)
    return tmp_path


def given(machine: Path, command: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{machine / 'tools'}:{os.environ['PATH']}",
        "WARNINGS": "\n".join(WARNINGS),
        **more,
    }
    return subprocess.run(
        [machine / "dancu" / "bin" / command, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["demo", "dancu", "bench", "test"])
def test_warnings_of_the_package_client_are_not_shown_while_all_goes_well(
    machine: Path, command: str
) -> None:
    done = given(machine, command, "something")
    assert done.returncode == 0, done.stderr
    assert "runs: " in done.stdout
    shown = done.stdout + done.stderr
    assert [warning for warning in WARNINGS if warning in shown] == []


@pytest.mark.parametrize(
    ("fails", "words"), [("pip", "ERROR: no matching distribution"), ("venv", "venv: no room")]
)
def test_where_something_fails_the_clients_own_last_words_are_shown(
    machine: Path, fails: str, words: str
) -> None:
    done = given(machine, "demo", FAILS=fails)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.index(words) < done.stderr.index(
        "could not be installed" if fails == "pip" else "venv module"
    )
    assert "runs: " not in done.stdout
    assert not (machine / "dancu" / ".venv" / "stamp-run").exists()


def test_the_second_time_nothing_is_set_up_or_said(machine: Path) -> None:
    given(machine, "dancu", "areas")
    again = given(machine, "dancu", "areas", FAILS="pip")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == "runs: -P -m dancu areas\n"


@pytest.mark.parametrize(("user", "asked"), [("0", True), ("1000", False)])
def test_only_root_has_the_system_asked_for_what_it_lacks_and_that_is_not_shown_either(
    machine: Path, user: str, asked: bool
) -> None:
    shows = {"id": f"echo {user}", "apt-get": f'touch "{machine}/asked"; printf "%s\\n" "$WARNINGS"'}
    for name, does in shows.items():
        (machine / "tools" / name).write_text(f"#!/usr/bin/env bash\n{does}\n")
        (machine / "tools" / name).chmod(0o755)
    done = given(machine, "demo", ENSUREPIP="1")
    assert done.returncode == 0, done.stderr
    assert (machine / "asked").exists() is asked
    assert [warning for warning in WARNINGS if warning in done.stdout + done.stderr] == []


def test_the_passwords_of_a_demo_are_nobody_elses_to_read(tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    file.write_text("of an earlier version")
    file.chmod(0o644)
    _write(
        file,
        Cast({"binh": Member("binh", "Bình", "checkpoint_officer", "station", "secret")}, {}, "", 0, "", 0),
    )
    assert file.stat().st_mode & 0o777 == 0o600
    assert _read(file).officials["binh"].password == "secret"
    file.chmod(0o644)
    _read(file)
    assert file.stat().st_mode & 0o777 == 0o600

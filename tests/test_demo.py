"""The first command a newcomer runs: it sets a country up, plays the main job, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

STEPS = ("declare", "compare", "QR", "scan", "decision", "bus", "commune list", "levels of risk")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of its own, where a test's own PostgreSQL may run as another user."""
    tmp_path.chmod(0o755)
    return tmp_path / "home"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "dancu", "demo", "--people", "2000", *arguments]


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DANCU_")}
    return kept | {"DANCU_HOME": str(home), "COLUMNS": "200"}


def demo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=environment(home), capture_output=True, text=True, timeout=300, check=False
    )


def left_running(home: Path) -> list[str]:
    """Processes that have to do with this home."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(str(home) in argument for argument in process.info["cmdline"] or []):
            found.append(" ".join(process.info["cmdline"]))
    return found


@pytest.mark.xdist_group("demo")
def test_the_demo_plays_the_main_job_step_by_step_and_leaves_nothing_running(home: Path) -> None:
    played = demo(home, "--once")
    assert played.returncode == 0, played.stdout + played.stderr
    for number, step in enumerate(STEPS, 1):
        assert f"✓ {number}. {step}" in played.stdout
    assert left_running(home) == []


@pytest.mark.xdist_group("demo")
def test_a_set_up_that_was_killed_goes_on_the_next_time(home: Path) -> None:
    killed = subprocess.Popen(command("--once"), env=environment(home), stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (home / "demo-2000.parquet").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    played = demo(home, "--once")
    assert played.returncode == 0, played.stdout + played.stderr
    assert left_running(home) == []


@pytest.mark.xdist_group("demo")
def test_ctrl_c_stops_all_that_was_started_and_the_data_stays(home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    running = subprocess.Popen(
        command("--port", port), env=environment(home), stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    told = ""
    while "Everybody in this register is invented" not in told:  # the last line of what it tells
        line = running.stdout.readline()
        assert line, told
        told += line
    taken = demo(home, "--port", port)
    assert taken.returncode == 1
    assert f"Port {port} is in use" in taken.stderr
    running.send_signal(signal.SIGINT)
    rest, _errors = running.communicate(timeout=30)
    assert "binh" in told
    assert running.returncode == 0, told + rest
    assert left_running(home) == []
    assert (home / "demo.json").exists()

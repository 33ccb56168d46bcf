"""`bin/bench load` plays its travellers and kills what it says: a few of them, for seconds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def home():
    """A home of its own that the database's user can reach."""
    made = Path(os.environ.get("TMPDIR", "/tmp")) / f"dancu-load-{os.getpid()}"
    made.mkdir()
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_travellers_declare_are_scanned_and_pass_beside_slow_clients_and_what_dies_comes_back(home):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DANCU_", "DJANGO_"))
    }
    command = [
        sys.executable,
        "-m",
        "bench",
        "load",
        "--people",
        "400",
        "--seconds",
        "2",
        "--clients",
        "3",
        "--slow",
        "8",
        "--json",
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"DANCU_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    figures = {figure["name"]: figure for figure in map(json.loads, done.stdout.splitlines())}
    for run in ("alone", "beside"):
        assert figures[f"load.{run}.journeys"]["value"] > 0, done.stderr[-3000:]
        assert figures[f"load.{run}.wrong"]["value"] == 0, done.stderr[-3000:]
        for step in ("question", "sending", "scan", "decision"):
            assert (
                0
                < figures[f"load.{run}.{step}_p50"]["value"]
                <= figures[f"load.{run}.{step}_p95"]["value"]
                < 15_000
            )
    assert figures["load.memory_of_workers"]["value"] > 50
    for killed in ("a_worker", "all_workers", "a_backend", "the_postmaster"):
        assert figures[f"load.good_after_{killed}"]["value"] < 45

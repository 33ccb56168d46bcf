"""A run that is cut off goes on where it was; nothing is done twice, nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import psutil
import pytest
from django.db import connection

from dancu.matching.batch import errors, running
from dancu.matching.batch.parts import reserved
from dancu.matching.batch.running import Job, compare_file
from dancu.matching.batch.tests.country import declarations, people
from dancu.register import candidates

pytestmark = pytest.mark.slow

RUN = """
import sys, time
import django
from django.db import connections
connections.settings["default"]["NAME"] = sys.argv[4]
django.setup()
from pathlib import Path
from dancu.matching.batch import running
do = running._do
def slowly(job, weighing, parts, nth, reading):
    do(job, weighing, parts, nth, reading)
    print(nth, flush=True)
    if nth == int(sys.argv[3]):
        time.sleep(60)
running._do = slowly
running.compare_file(running.Job(Path(sys.argv[1]), Path(sys.argv[2]), part=200, processes=0))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("published_areas")
def test_a_run_that_is_killed_goes_on_at_the_part_that_is_missing(tmp_path, monkeypatch):
    file = declarations(people(tmp_path, 1500), 900)
    whole = tmp_path / "whole.parquet"
    compare_file(Job(file, whole, part=200, processes=0))
    out = tmp_path / "result.parquet"
    arguments = [sys.executable, "-c", RUN, str(file), str(out), "1", connection.settings_dict["NAME"]]
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "dancu.settings"},
    ) as run:
        assert run.stdout
        assert [run.stdout.readline().strip() for _ in range(2)] == ["0", "1"]
        run.send_signal(signal.SIGKILL)
    assert not out.exists()
    before = {
        part.name: part.stat().st_mtime_ns for part in (tmp_path / "result.parquet.parts").glob("part-*")
    }
    assert set(before) == {"part-00000.parquet", "part-00001.parquet"}
    (tmp_path / "result.parquet.parts" / "partial").write_bytes(b"PAR1 half of a part")
    done = []
    monkeypatch.setattr(running, "_do", lambda *given, do=running._do: (done.append(given[3]), do(*given)))
    summary = compare_file(Job(file, out, part=200, processes=0))
    assert done == [2, 3, 4]
    assert summary.sent == 900
    same = [column for column in pl.read_parquet(whole).columns if column != "waterfall"]
    assert pl.read_parquet(out).select(same).equals(pl.read_parquet(whole).select(same))
    assert not (tmp_path / "result.parquet.parts").exists()


HANDS = """
import os, time
import django
django.setup()
from dancu.matching.batch.worker_pool import worker_pool
if __name__ == "__main__":
    with worker_pool({}, None, 1) as reading:
        print(reading.pool.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path):
    (tmp_path / "program.py").write_text(HANDS)  # a file, since other processes are begun from it
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dancu.settings", "PYTHONPATH": str(Path.cwd())}
    arguments = [sys.executable, str(tmp_path / "program.py")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment) as run:
        assert run.stdout
        hand = psutil.Process(int(run.stdout.readline()))
        run.send_signal(signal.SIGKILL)
    psutil.wait_procs([hand], timeout=10)
    assert not hand.is_running()


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
def test_a_file_that_has_changed_is_begun_anew_and_that_is_told(tmp_path, monkeypatch):
    file, out, told = declarations(people(tmp_path, 2000), 500), tmp_path / "result.csv", []
    monkeypatch.setattr(running.ResultParts, "finish", lambda *_given: pytest.fail("stopped"))
    with pytest.raises(pytest.fail.Exception):
        compare_file(Job(file, out, part=200, processes=0))
    monkeypatch.undo()
    pl.read_parquet(file).head(450).write_parquet(file)
    candidates._size = (0.0, 0)
    summary = compare_file(Job(file, out, part=200, processes=0, notice=told.append))
    assert any("file changed since" in step for step in told)
    assert "already done" not in told
    assert summary.sent == len(pl.read_csv(out)) == 450


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
def test_two_runs_do_not_write_one_result(tmp_path):
    file = declarations(people(tmp_path, 2000), 100)
    with reserved(tmp_path / "result.csv"), pytest.raises(errors.BeingCompared):
        compare_file(Job(file, tmp_path / "result.csv"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("published_areas")
def test_other_processes_read_the_same_as_this_one(tmp_path):
    file = declarations(people(tmp_path, 2000), 400)
    began = time.monotonic()
    compare_file(Job(file, tmp_path / "alone.parquet", processes=0))
    compare_file(Job(file, tmp_path / "two.parquet", processes=2))
    assert pl.read_parquet(tmp_path / "alone.parquet").equals(pl.read_parquet(tmp_path / "two.parquet"))
    assert time.monotonic() - began < 120

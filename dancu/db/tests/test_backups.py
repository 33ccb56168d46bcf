"""A backup is its owner's alone, and whole or not there."""

import os
import subprocess

import click
import pytest
from django.db import connection

from dancu.db import backups, embedded


@pytest.fixture(autouse=True)
def _this_database(db, monkeypatch):
    parts = connection.get_connection_params()
    monkeypatch.setenv(
        "DANCU_DATABASE_URL", f"postgresql://{parts['user']}@/{parts['dbname']}?host={parts['host']}"
    )


def test_nobody_else_on_the_machine_may_read_it(tmp_path):
    os.umask(0o022)
    target = tmp_path / "all.dump"
    backups.write(target)
    assert target.stat().st_mode & 0o777 == 0o600
    listed = subprocess.run(
        [embedded.binary("pg_restore"), "--list", target], capture_output=True, text=True, check=True
    )
    assert "TABLE DATA public person " in listed.stdout


def test_a_file_that_others_may_read_is_replaced_by_one_that_they_may_not(tmp_path):
    target = tmp_path / "all.dump"
    target.write_text("old")
    target.chmod(0o644)
    backups.write(target)
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_fails_leaves_the_last_one_as_it_was(tmp_path, monkeypatch):
    target = tmp_path / "all.dump"
    target.write_text("old")
    monkeypatch.setenv("DANCU_DATABASE_URL", "postgresql://nobody@/nowhere?host=/nowhere")
    with pytest.raises(click.ClickException, match="failed"):
        backups.write(target)
    assert [file.name for file in tmp_path.iterdir()] == ["all.dump"]
    assert target.read_text() == "old"


def test_it_is_encrypted_on_its_way(tmp_path, monkeypatch):
    """By age, of which a stand-in that turns every byte shows what reaches the disk."""
    program = tmp_path / "age"
    program.write_text('#!/bin/sh\n[ "$1 $2" = "--recipient age1key" ] || exit 3\nexec tr "PG" "xy"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    target = tmp_path / "all.age"
    backups.write(target, ["age1key"])
    assert target.read_bytes()[:5] == b"xyDMx", "not PGDMP"
    with pytest.raises(click.ClickException, match="failed"):
        backups.write(target, ["another"])


def test_where_age_is_missing_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(click.ClickException, match="“age” is not installed"):
        backups.write(tmp_path / "all.age", ["age1key"])

"""Who reaches the database that comes with dancu."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from dancu.db import embedded

pytestmark = pytest.mark.django_db
RUNS = """
from dancu.db import embedded
import psycopg
with psycopg.connect(embedded.start()) as connection:
    print(connection.execute("SHOW data_directory").fetchone()[0])
"""


def asked(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture
def data() -> str:
    ((data,),) = asked("SHOW data_directory")
    if not data.startswith(str(embedded.HOME)):
        pytest.skip("The tests run on another server")
    return data


def test_nobody_is_believed_to_be_who_they_say(data):
    assert asked("SELECT type, auth_method, options FROM pg_hba_file_rules") == [
        ("local", "peer", ["map=dancu"])
    ]
    assert asked("SELECT error FROM pg_ident_file_mappings WHERE error IS NOT NULL") == []
    mapped = {system for (system,) in asked("SELECT sys_name FROM pg_ident_file_mappings")}
    assert mapped <= {"root", "pgserver", os.environ.get("USER", "root")}


def test_another_user_of_the_machine_does_not_get_in(data):
    if os.getuid() != 0:
        pytest.skip("Only root can be somebody else")
    tried = subprocess.run(
        ["psql", "-h", data, "-U", "postgres", "-c", "SELECT 1", embedded.DATABASE],
        executable=embedded.binary("psql"),
        capture_output=True,
        text=True,
        preexec_fn=lambda: os.setuid(65534),
        check=False,
    )
    assert tried.returncode != 0
    assert Path(data).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["dancu new", "it's dancu", "dân cư"])
def test_a_folder_of_nearly_any_name_holds_it(tmp_path, name):
    done = started_in(tmp_path / name)
    assert done.stdout.splitlines()[-1:] == [str(tmp_path / name / "postgres")], done.stderr[-2000:]


@pytest.mark.parametrize("name", ["d$ancu", "d`ancu", 'd"ancu', "d\\ancu"])
def test_of_any_other_it_is_said_what_would_be_right(tmp_path, name):
    done = started_in(tmp_path / name)
    assert "set DANCU_HOME to another one" in " ".join(done.stderr.split())
    assert not (tmp_path / name).exists()


def started_in(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUNS],
        env={name: value for name, value in os.environ.items() if name != "DANCU_DATABASE_URL"}
        | {"DANCU_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_where_it_is_not_installed_a_database_has_to_be_named_and_the_systems_programs_serve(monkeypatch):
    monkeypatch.setattr(embedded, "WHEEL", "not_installed")
    monkeypatch.delenv("DANCU_DATABASE_URL")
    with pytest.raises(embedded.NotInstalled, match=r"requirements/run\.lock"):
        embedded.start()
    assert embedded.binary("sh") == Path(shutil.which("sh") or "")

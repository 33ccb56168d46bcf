"""Who reaches the database that comes with dancu."""

import os
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from dancu.db import embedded

pytestmark = pytest.mark.django_db


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
    assert asked("SELECT type, auth_method, options FROM pg_hba_file_rules") == [("local", "peer", ["map=dancu"])]
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

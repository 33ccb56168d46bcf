"""What the machine remembers of the register's files, forgotten, so that a lookup begins at the disk."""

import os
import subprocess
from pathlib import Path

from django.db import connections

from dancu.db import embedded


def forget() -> bool:
    """Start the embedded server anew and have the system drop its files from memory; False where another
    server is used.
    """
    data = embedded.HOME / "postgres"
    if (
        f"{data}" not in os.environ["DANCU_DATABASE_URL"].replace("%2F", "/")
        or not (data / "postmaster.pid").exists()
    ):
        return False
    connections.close_all()
    _restart(data)
    for file in (data / "base").rglob("*"):
        if file.is_file():
            _drop(file)
    return True


def _restart(data: Path) -> None:
    """As the user to whom the server belongs: it never runs as root."""
    owner = data.stat().st_uid
    command = [
        embedded.binary("pg_ctl"),
        "-w",
        "-t",
        "300",
        "-D",
        data,
        "-l",
        data / "log",
        "restart",
        "-m",
        "fast",
    ]
    other = {"user": owner, "extra_groups": []} if owner != os.geteuid() else {}
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL, **other)


def _drop(file: Path) -> None:
    opened = os.open(file, os.O_RDONLY)
    try:
        os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(opened)

"""All data in one file, for its owner's eyes alone."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import click

from dancu.db import embedded


def write(target: Path, recipients: Sequence[str] = ()) -> None:
    """pg_dump's custom format, mode 0600, put in its place when it is whole; `recipients`: age's public keys,
    to which it is encrypted on its way.

    Raises click.ClickException where age is wanted and missing, or the dump fails.
    """
    if recipients and not shutil.which("age"):
        raise click.ClickException("The program “age” is not installed (on Debian: apt install age).")
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    dump = [str(embedded.binary("pg_dump")), "--format=custom", os.environ["DANCU_DATABASE_URL"]]
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            _run(dump, recipients, file.fileno())
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _run(dump: list[str], recipients: Sequence[str], file: int) -> None:
    if not recipients:
        if subprocess.run(dump, stdout=file, check=False).returncode:
            raise click.ClickException("pg_dump failed. Nothing was written.")
        return
    encrypt = ["age", *(word for key in recipients for word in ("--recipient", key))]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        encrypted = subprocess.run(encrypt, stdin=dumping.stdout, stdout=file, check=False).returncode
    if encrypted or dumping.returncode:
        raise click.ClickException("The backup failed. Nothing was written.")

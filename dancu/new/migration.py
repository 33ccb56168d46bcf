"""The next migration of a module: an SQL file for its statements, and the file by which Django finds it."""

import re
from pathlib import Path

from dancu import modules
from dancu.errors import DancuError

_NAME = re.compile(r"[a-z][a-z0-9_]{1,49}")
_PYTHON = """from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [{dependencies}]
    operations = [sql_file(__file__)]
"""
_FIRST = _PYTHON.replace("    dependencies", "    initial = True\n    dependencies")


class BadMigrationName(DancuError):
    """“{0}”: a migration is named in small letters, digits and _, as in named_relatives."""


class NoSuchModule(DancuError):
    """There is no module “{0}”. Those that are: {1}."""


class TwoNewest(DancuError):
    """{0} has two migrations of one number, {1} and {2}: give one of them the next."""


def write_migration(module: str, name: str) -> list[Path]:
    """Write both files of a migration after the newest of the module, and give them. Raises
    BadMigrationName, NoSuchModule, TwoNewest.
    """
    if not _NAME.fullmatch(name):
        raise BadMigrationName(name)
    known = {each.rpartition(".")[2]: each for each in modules.names()}
    if module not in known:
        raise NoSuchModule(module, ", ".join(sorted(known)))
    folder = modules.folder(known[module]) / "migrations"
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    before = sorted(file.stem for file in folder.glob("[0-9][0-9][0-9][0-9]_*.py"))
    if len(before) > 1 and before[-1][:4] == before[-2][:4]:
        raise TwoNewest(module, *before[-2:])
    number = int(before[-1][:4]) + 1 if before else 1
    python = folder / f"{number:04}_{name}.py"
    after = f'("{module}", "{before[-1]}")' if before else ""
    python.write_text((_PYTHON if before else _FIRST).replace("{dependencies}", after), "utf-8")
    statements = python.with_suffix(".sql")
    statements.write_text("-- What changes, and why: a sentence\n", "utf-8")
    return [statements, python]

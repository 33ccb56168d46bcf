"""The next migration of a module, as an SQL file."""

import re
from pathlib import Path

from dancu import modules
from dancu.db.errors import BadMigrationName, NoSuchModule, TwoNewest
from dancu.db.migrations import migration_names

_NAME = re.compile(r"[a-z][a-z0-9_]{1,49}")
_NUMBERED = re.compile(r"\d{4}_\w+")


def write_migration(module: str, name: str) -> Path:
    """Write the file of a migration after the newest of the module, and give it. Raises BadMigrationName,
    NoSuchModule, TwoNewest.
    """
    if not _NAME.fullmatch(name):
        raise BadMigrationName(name)
    known = {each.rpartition(".")[2]: each for each in modules.names()}
    if module not in known:
        raise NoSuchModule(module, ", ".join(sorted(known)))
    folder = modules.folder(known[module]) / "migrations"
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    before = [each for each in migration_names(folder) if _NUMBERED.fullmatch(each)]
    if len(before) > 1 and before[-1][:4] == before[-2][:4]:
        raise TwoNewest(module, *before[-2:])
    number = int(before[-1][:4]) + 1 if before else 1
    after = f"{module} {before[-1]}" if before else "nothing"
    file = folder / f"{number:04}_{name}.sql"
    file.write_text(f"-- depends: {after}\n-- What changes, and why: a sentence.\n", "utf-8")
    return file

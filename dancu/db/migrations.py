"""Migrations in SQL (decision 0029): in a module's `migrations`, a file `0002_list.sql` is one. It says first
after which others it comes, and runs in one transaction:

    -- depends: isolation 0001_isolation, checkpoints 0003_doubtful

or “nothing”. What takes Python, or several transactions, is a .py; an .sql of the same name is then its own.
"""

import re
from collections.abc import Iterator
from importlib.abc import Loader
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from django.db.migrations import Migration, RunSQL
from django.db.migrations.loader import MigrationLoader

from dancu.db.errors import BadMigrationHeader, EmptyMigration, NoSuchMigration, NotUtf8Migration
from dancu.modules import FILE

_DEPENDS = re.compile(r"-- depends: (nothing|\w+ \w+(?:, \w+ \w+)*)")
_ALIKE = re.compile(r"\s*-- ?depend\w*( on)? ?:", re.IGNORECASE)  # left for a comment, it would order nothing


class MigrationFolder:
    """Finds a module's migrations in SQL and in Python, for sys.path_hooks, whose entries raise ImportError
    for any other folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        if self._folder.name != "migrations" or not (self._folder.parent / FILE).is_file():
            raise ImportError
        files = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES), (_SqlLoader, [".sql"]))
        self.find_spec, self.invalidate_caches = files.find_spec, files.invalidate_caches

    def iter_modules(self, prefix: str = "") -> Iterator[tuple[str, bool]]:
        """The name of each, and that it is no package: for pkgutil, which Django asks."""
        return ((prefix + name, False) for name in migration_names(self._folder))


def migration_names(folder: Path) -> list[str]:
    """Those in a folder, in order, each once."""
    names = {file.stem for file in folder.iterdir() if file.suffix in (".py", ".sql")}
    return sorted(name for name in names - {"__init__"} if "." not in name)  # no ._name of a file manager's


def sql_file(migration: str) -> RunSQL:
    """The statements of the .sql file with the same name as `migration` (pass `__file__`)."""
    return RunSQL(_text(Path(migration).with_suffix(".sql")))


class _SqlLoader(Loader):
    def __init__(self, _fullname: str, file: str) -> None:
        self._file = Path(file)

    def exec_module(self, module: ModuleType) -> None:
        text = _text(self._file)
        said = {"dependencies": _dependencies(self._file, text), "operations": [RunSQL(text)]}
        if all(not line.strip() or line.lstrip().startswith("--") for line in text.split("\n")):
            raise EmptyMigration(self._file)  # it would count as done, and what is written later never run
        vars(module)["Migration"] = type("Migration", (Migration,), said | {"__module__": module.__name__})


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise NotUtf8Migration(file, wrong) from wrong


def _dependencies(file: Path, text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if number > 1 and not _ALIKE.match(line):
            continue
        if not (said := _DEPENDS.fullmatch(line.rstrip())):
            raise BadMigrationHeader(file, number, line)
        found += [(one[0], one[1]) for each in said[1].split(", ") if len(one := each.split()) == 2]
        if unknown := [one for one in found if not _is_there(*one)]:
            raise NoSuchMigration(file, number, *unknown[0])
    return found


def _is_there(module: str, name: str) -> bool:
    try:
        return find_spec(f"{MigrationLoader.migrations_module(module)[0]}.{name}") is not None
    except (LookupError, ModuleNotFoundError):
        return False

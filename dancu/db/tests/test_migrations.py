"""A file of SQL is a migration as it stands, and says after which others it comes."""

from collections import Counter
from importlib.util import module_from_spec
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from dancu import modules
from dancu.db.errors import BadMigrationHeader, EmptyMigration, NoSuchMigration, NotUtf8Migration
from dancu.db.migrations import MigrationFolder, migration_names

AREAS, AUDIT = ("areas", "0001_area"), ("audit", "0001_audit")  # the first in SQL, the second in Python
FOLDERS = [folder for name in modules.names() if (folder := modules.folder(name) / "migrations").is_dir()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the migrations of a module lie."""
    (tmp_path / "module.py").touch()
    (tmp_path / "migrations").mkdir()
    return tmp_path / "migrations"


def migration(folder: Path, name: str = "0001_visits") -> type[migrations.Migration]:
    """What Django gets of one."""
    spec = MigrationFolder(str(folder)).find_spec(name)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Migration


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("-- depends: nothing", []),
        ("-- depends: areas 0001_area", [AREAS]),
        ("-- depends: areas 0001_area, audit 0001_audit\n-- What visits are.\n", [AREAS, AUDIT]),
        ("-- depends: areas 0001_area\n-- depends: audit 0001_audit\n", [AREAS, AUDIT]),
        ("-- depends: sessions 0001_initial\r\nSELECT 1;\r\n", [("sessions", "0001_initial")]),
        ("\ufeff-- depends: nothing\nSELECT 1", []),
        ("-- depends: nothing\n-- It depends on the reader: nobody else knows.", []),
    ],
)
def test_the_first_lines_say_after_which_others_it_comes(
    folder: Path, text: str, others: list[tuple[str, str]]
) -> None:
    (folder / "0001_visits.sql").write_text(f"{text}\nSELECT 1;", "utf-8", newline="")
    assert migration(folder).dependencies == others


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        ("", 1, ""),
        ("CREATE TABLE visit ();", 1, "CREATE TABLE visit ();"),
        ("\n-- depends: nothing", 1, ""),
        ("-- depends:", 1, "-- depends:"),
        ("-- depends: areas", 1, "-- depends: areas"),
        ("-- depends: areas.0001_area", 1, "-- depends: areas.0001_area"),
        ("-- depends: areas 0001_area,", 1, "-- depends: areas 0001_area,"),
        ("-- depends: areas 0001_area audit 0001_audit", 1, "-- depends: areas 0001_area audit 0001_audit"),
        ("-- depends: nothing, areas 0001_area", 1, "-- depends: nothing, areas 0001_area"),
        ("--depends: nothing", 1, "--depends: nothing"),
        ("-- depends: areas 0001_area\n-- depend: audit 0001_audit", 2, "-- depend: audit 0001_audit"),
        ("-- depends: areas 0001_area\n\n-- Depends on: audit", 3, "-- Depends on: audit"),
    ],
)
def test_a_first_line_that_does_not_say_it_is_shown_with_its_file_and_number(
    folder: Path, text: str, line: int, shown: str
) -> None:
    file = folder / "0001_visits.sql"
    file.write_text(text, "utf-8")
    with pytest.raises(BadMigrationHeader) as told:
        migration(folder)
    assert str(told.value).startswith(f"{file}, line {line}: “{shown}” does not say")


@pytest.mark.parametrize(
    ("module", "name"),
    [("areas", "0001_aera"), ("aeras", "0001_area"), ("db", "0001_area"), ("web", "0001_area")],
)
def test_what_it_comes_after_and_is_not_there_is_told_with_the_line(
    folder: Path, module: str, name: str
) -> None:
    file = folder / "0001_visits.sql"
    file.write_text(f"-- depends: areas 0001_area\n-- depends: audit 0001_audit, {module} {name}\n", "utf-8")
    with pytest.raises(NoSuchMigration) as told:
        migration(folder)
    assert str(told.value) == f"{file}, line 2: no module “{module}” has a migration “{name}”."


def test_a_file_without_a_statement_is_refused_before_it_counts_as_done(folder: Path) -> None:
    (folder / "0001_visits.sql").write_text("-- depends: nothing\n-- What changes, and why.\n\n", "utf-8")
    with pytest.raises(EmptyMigration, match=r"0001_visits\.sql has no statement yet"):
        migration(folder)


def test_a_file_that_is_not_in_utf_8_is_named(folder: Path) -> None:
    (folder / "0001_visits.sql").write_bytes("-- depends: nothing\n-- Lượt".encode("utf-16"))
    with pytest.raises(NotUtf8Migration, match=r"0001_visits\.sql is not in UTF-8"):
        migration(folder)


@pytest.mark.django_db
def test_its_statements_run_as_they_are_written(folder: Path) -> None:
    (folder / "0001_visits.sql").write_text(
        "-- depends: nothing\nCREATE TABLE visit (text text CHECK (text LIKE 'Đ%s%'));\n"
        "INSERT INTO visit VALUES ('Đ%s: 100 %');\n",
        "utf-8",
    )
    made = migration(folder)("0001_visits", "visits")
    assert made.atomic
    with connection.schema_editor() as editor:
        made.apply(MigrationLoader(connection).project_state(), editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM visit")
        assert cursor.fetchall() == [("Đ%s: 100 %",)]


def test_where_python_has_the_name_the_sql_is_its_own(folder: Path) -> None:
    (folder / "__init__.py").touch()
    (folder / "0001_visits.py").write_text("class Migration:\n    dependencies = 'as Python says'\n", "utf-8")
    (folder / "0001_visits.sql").write_text("SELECT 1;", "utf-8")
    (folder / "0002_more.sql").write_text("-- depends: nothing", "utf-8")
    (folder / "._0002_more.sql").write_bytes(b"\0\5\26\7")  # beside each file on some disks
    (folder / "notes.txt").touch()
    assert list(MigrationFolder(str(folder)).iter_modules("x.")) == [
        ("x.0001_visits", False),
        ("x.0002_more", False),
    ]
    assert migration(folder).dependencies == "as Python says"


def test_folders_that_are_no_modules_are_left_to_python(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "other" / "migrations").mkdir(parents=True)
    for other in (tmp_path / "other" / "migrations", tmp_path, tmp_path / "nowhere" / "migrations"):
        with pytest.raises(ImportError):
            MigrationFolder(str(other))


@pytest.mark.django_db
def test_a_database_that_stands_has_nothing_to_apply_and_knows_no_other() -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
    loader = MigrationLoader(connection)
    assert set(loader.applied_migrations) == set(loader.disk_migrations)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_each_number_is_one_migrations_and_what_it_comes_after_is_said_once(folder: Path) -> None:
    numbers = Counter(name[:4] for name in migration_names(folder))
    assert set(numbers.values()) == {1}
    beside = [file.with_suffix(".sql") for file in folder.glob("*.py")]
    assert not [file for file in beside if file.exists() and "-- depends:" in file.read_text("utf-8")]

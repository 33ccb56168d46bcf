"""A module in a folder of its own, which nothing of the house names, is known everywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dancu import modules
from dancu.accounts import duties
from dancu.db.commands import db
from dancu.db.errors import TwoNewest
from dancu.db.new_migration import write_migration
from dancu.modules import Module, OperatorCommand, Role, WorkPage
from dancu.new.commands import new, write
from dancu.testing.officials import make_official, signed_in

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """The folder in which `dancu new module visits` wrote one."""
    tmp_path.chmod(0o755)
    written = CliRunner().invoke(new, ["module", "visits", "--into", str(tmp_path)])
    assert written.exit_code == 0, written.output
    return tmp_path


def run(folder: Path, *arguments: str, status: int = 0, **more: str) -> str:
    """What a program of the house says that knows the module; what it complains of, where it is to fail."""
    known = {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "DANCU_MODULES": "visits"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **known, **more},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stderr if status else done.stdout


def test_its_own_tests_pass_and_every_role_is_crossed_with_its_addresses(visits: Path) -> None:
    of_its_own = conninfo_to_dict(os.environ["DANCU_DATABASE_URL"]) | {"dbname": f"visits_{os.getpid()}"}
    tests = [
        str(visits / "visits" / "tests"),
        "tests/test_every_url_with_every_role.py",
        "tests/test_every_recorded_action_has_words.py",
        "tests/test_what_modules_name.py",
        "dancu/db/tests/test_grants.py",
        "dancu/metrics/tests/test_collecting.py",
        "dancu/rules/tests/test_catalogue.py",
        "dancu/endpoints/tests/test_problems.py",
        "dancu/endpoints/tests/test_schemathesis.py",
        "dancu/web/tests/test_translations.py",
    ]
    run(visits, "-m", "dancu.web.messages")
    said = run(
        visits,
        *(
            "-m",
            "pytest",
            "-c",
            "pyproject.toml",
            *tests,
            "-k",
            "visits or token or words or vietnamese or named or kept or sentence or has_a_rule or (lets_in and commune)",
        ),
        DANCU_DATABASE_URL=make_conninfo("", **of_its_own),
    )
    assert "no tests ran" not in said


@pytest.mark.xdist_group("demo")
def test_the_demo_plays_its_scene_and_its_step_and_an_operator_finds_its_command(visits: Path) -> None:
    home = {"DANCU_HOME": str(visits / "home"), "DANCU_DATABASE_URL": "", "COLUMNS": "200"}
    played = run(visits, "-m", "dancu", "demo", "--people", "2000", "--once", **home)
    assert "9. visits" in played
    assert "The main job works." in played
    assert "area" in run(visits, "-m", "dancu", "visits", "count", **home)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        *(
            (name, "a module's name is one word")
            for name in ("Visits", "a", "two words", "with-dash", "../up")
        ),
        *((name, "a word of Python") for name in ("class", "import", "match")),
        *((name, "a package of Python") for name in ("json", "django", "dancu", "email")),
        *((name, "something of this house") for name in ("register", "office", "person", "officials")),
    ],
)
def test_a_name_that_is_no_modules_or_is_taken_is_refused_in_words(
    name: str, why: str, tmp_path: Path
) -> None:
    refused = CliRunner().invoke(new, ["module", name, "--into", str(tmp_path)])
    assert refused.exit_code == 1
    assert why in refused.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over(visits: Path) -> None:
    again = CliRunner().invoke(new, ["module", "visits", "--into", str(visits)])
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_two_modules_that_bring_the_same_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    both = {"one": Module(duties={"walk": "walk"}), "other": Module(duties={"walk": "walk on"})}
    monkeypatch.setattr(modules, "installed", lambda: both)
    with pytest.raises(modules.TwiceAnnounced, match="one and other both bring “walk”"):
        modules.brought(lambda module: module.duties)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Module(duties_of_roles={"comune_officer": ["search"]}), "no module brings “comune_officer”"),
        (Module(duties_of_roles={"commune_officer": ["serch"]}), "no module brings “serch”"),
        (Module(duties_of_roles={"commune_officer": "search"}), "no module brings “a, c, e, h, r, s”"),
        (Module(duties_of_roles={"auditor": ["search"]}), "the duties of its own module alone"),
        (Module(pages=[WorkPage("serch", "x:y", "x")]), "no module brings “serch”"),
        (Module(roles={"r": Role("r", frozenset(), ("moon",), "passage")}), "no module brings “moon”"),
        (Module(roles={"r": Role("r", frozenset(), ("area",), "fun")}), "no module brings “fun”"),
        (Module(urls={"office/": "x.urls"}), "both bring “office/”"),
        (Module(commands={"serve": OperatorCommand("x:y", "x")}), "both bring “serve”"),
    ],
)
def test_a_module_that_speaks_of_what_nobody_brings_is_told_at_the_start(wrong: Module, why: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=why):
        modules._check({**modules.installed(), "visits": wrong})


def test_a_role_of_a_module_that_is_no_more_has_no_duties(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    left = make_official("lam", "vaccinator")
    monkeypatch.delitem(cast(dict, duties.ROLES), "vaccinator")
    page = signed_in(client, left).get("/office/")
    assert page.status_code == 200
    giang = signed_in(Client(), make_official("giang", "administrator"))
    assert giang.get(f"/office/accounts/{left.pk}/").status_code == 200


def test_a_module_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANCU_MODULES", "dancu.text")
    modules.installed.cache_clear()
    try:
        with pytest.raises(ImproperlyConfigured, match=r"there is no module “dancu\.text”"):
            modules.installed()
    finally:
        modules.installed.cache_clear()


@pytest.mark.xdist_group("demo")
def test_the_next_migration_of_a_module_comes_after_its_newest_and_is_applied_as_it_stands(
    visits: Path,
) -> None:
    home = {"DANCU_HOME": str(visits / "home"), "DANCU_DATABASE_URL": ""}
    folder = visits / "visits" / "migrations"
    assert [file.name for file in sorted(folder.glob("0*"))] == ["0001_notes.sql", "0002_sums.py"]
    file = folder / "0003_who_came.sql"
    written = run(visits, "-m", "dancu", "db", "new-migration", "visits", "who_came", **home)
    assert written == f"Written: {file}\n"
    assert file.read_text("utf-8").startswith("-- depends: visits 0002_sums\n-- ")
    refused = run(visits, "-m", "dancu", "db", "migrate", status=1, **home)
    assert f"Error: {file} has no statement yet." in refused
    file.write_text(file.read_text("utf-8") + "CREATE TABLE visits_who_came (n integer);\n", "utf-8")
    assert "Applying visits.0003_who_came... OK" in run(visits, "-m", "dancu", "db", "migrate", **home)
    assert "No migrations to apply" in run(visits, "-m", "dancu", "db", "migrate", **home)
    file.write_text("SELECT 1;\n", "utf-8")
    refused = run(visits, "-m", "dancu", "db", "migrate", status=1, **home)
    assert f"Error: {file}, line 1: “SELECT 1;” does not say" in refused
    assert "Traceback" not in refused


def test_the_first_migration_of_a_module_comes_after_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modules, "names", lambda: ["own.visits"])
    monkeypatch.setattr(modules, "folder", lambda _name: tmp_path)
    file = write_migration("visits", "who_came")
    assert file == tmp_path / "migrations" / "0001_who_came.sql"
    assert file.read_text("utf-8").startswith("-- depends: nothing\n")
    assert (tmp_path / "migrations" / "__init__.py").exists()
    (tmp_path / "migrations" / "0001_others.py").touch()
    with pytest.raises(TwoNewest, match="two migrations of one number, 0001_others and 0001_who_came"):
        write_migration("visits", "who_left")


@pytest.mark.parametrize(
    ("module", "name", "why"),
    [("register", "Who came", "small letters"), ("nobodys", "who_came", "There is no module “nobodys”")],
)
def test_a_migration_of_no_module_or_with_no_name_is_refused_in_words(
    module: str, name: str, why: str
) -> None:
    refused = CliRunner().invoke(db, ["new-migration", module, name])
    assert refused.exit_code == 1
    assert why in refused.output


def test_one_of_the_houses_own_keeps_its_walls_and_its_form(tmp_path: Path) -> None:
    name = "twentylettersatmostx"
    shutil.copytree(ROOT / "dancu", tmp_path / "dancu", ignore=shutil.ignore_patterns("static", "*.mo"))
    write(name, tmp_path / "dancu" / name)
    said = (ROOT / "pyproject.toml").read_text("utf-8")
    (tmp_path / "pyproject.toml").write_text(
        said.replace('    "demo",\n', f'    "{name}",\n    "demo",\n', 1)
    )
    programs = Path(sys.executable).parent
    for command in (
        [programs / "lint-imports"],
        [programs / "ruff", "check", f"dancu/{name}"],
        [programs / "ruff", "format", "--check", f"dancu/{name}"],
    ):
        env = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

"""A module in a folder of its own, which nothing of the house names, is known everywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dancu import modules
from dancu.modules import Module
from dancu.new.commands import new

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """The folder in which `dancu new module visits` wrote one."""
    tmp_path.chmod(0o755)
    written = CliRunner().invoke(new, ["module", "visits", "--into", str(tmp_path)])
    assert written.exit_code == 0, written.output
    return tmp_path


def run(folder: Path, *arguments: str, **more: str) -> str:
    """What a program of the house says that knows the module."""
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
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_own_tests_pass_and_every_role_is_crossed_with_its_addresses(visits: Path) -> None:
    of_its_own = conninfo_to_dict(os.environ["DANCU_DATABASE_URL"]) | {"dbname": f"visits_{os.getpid()}"}
    tests = [str(visits / "visits" / "tests"), "tests/test_every_url_with_every_role.py"]
    said = run(
        visits,
        *("-m", "pytest", "-c", "pyproject.toml", *tests, "-k", "visits or token"),
        DANCU_DATABASE_URL=make_conninfo("", **of_its_own),
    )
    assert "no tests ran" not in said


@pytest.mark.xdist_group("demo")
def test_the_demo_plays_its_scene_and_its_step_and_an_operator_finds_its_command(visits: Path) -> None:
    home = {"DANCU_HOME": str(visits / "home"), "DANCU_DATABASE_URL": "", "COLUMNS": "200"}
    played = run(visits, "-m", "dancu", "demo", "--people", "2000", "--once", **home)
    assert "7. visits" in played
    assert "The main job works." in played
    assert "area" in run(visits, "-m", "dancu", "visits", "offices", **home)


@pytest.mark.parametrize("name", ["Visits", "a", "two words", "with-dash", "../up"])
def test_a_name_that_is_no_modules_is_refused_in_words(name: str, tmp_path: Path) -> None:
    refused = CliRunner().invoke(new, ["module", name, "--into", str(tmp_path)])
    assert refused.exit_code == 1
    assert "a module's name is one word" in refused.output
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


def test_a_module_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANCU_MODULES", "dancu.text")
    modules.installed.cache_clear()
    try:
        with pytest.raises(ImproperlyConfigured, match=r"there is no module “dancu\.text”"):
            modules.installed()
    finally:
        modules.installed.cache_clear()


def test_the_next_migration_of_a_module_comes_after_its_newest(
    visits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANCU_MODULES", "visits")
    monkeypatch.syspath_prepend(visits)
    written = CliRunner().invoke(new, ["migration", "visits", "who_came"])
    assert written.exit_code == 0, written.output
    migration = (visits / "visits" / "migrations" / "0002_who_came.py").read_text("utf-8")
    assert 'dependencies = [("visits", "0001_notes")]' in migration
    assert (visits / "visits" / "migrations" / "0002_who_came.sql").exists()
    for module, name, why in (
        ("visits", "Who came", "small letters"),
        ("nobodys", "x1", "There is no module"),
    ):
        refused = CliRunner().invoke(new, ["migration", module, name])
        assert refused.exit_code == 1
        assert why in refused.output

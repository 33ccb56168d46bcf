import json
import re

import pytest

from dancu.web import build
from dancu.web.build import ROOT


def test_the_lock_file_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_every_javascript_package_is_named_with_its_exact_version():
    wanted = json.loads((ROOT / "package.json").read_text())

    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(version[0].isdigit() for version in versions)


def test_what_scripts_and_build_are_made_of_is_installed_where_nobody_develops():
    wanted = json.loads((ROOT / "package.json").read_text())
    imported = {
        package
        for script in (ROOT / "assets").glob("*.js")
        for package in re.findall(
            r'(?:from |import |resolve\()"(?!node:)((?:@[\w-]+/)?[\w-][\w.-]*)', script.read_text()
        )
    }

    assert {"esbuild", "sass", "govuk-frontend", "zxing-wasm"} <= imported
    assert imported <= wanted["dependencies"].keys()
    assert {"@biomejs/biome", "happy-dom"} <= wanted["devDependencies"].keys()


@pytest.mark.parametrize(
    ("stands_there", "wanted", "asked_for"),
    [
        ("nothing", "run", "without"),
        ("nothing", "work", "with"),
        ("run", "run", None),
        ("run", "work", "with"),
        ("work", "work", None),
        ("work", "run", None),
    ],
)
def test_the_tools_of_development_are_installed_once_and_only_for_who_develops(
    tmp_path, monkeypatch, stands_there, wanted, asked_for
):
    runs = []
    monkeypatch.setattr(build, "_run", lambda command, _failure: runs.append(command))
    monkeypatch.setattr(build, "_INSTALLED", tmp_path / "stamp")
    monkeypatch.setattr(build, "BUILT", tmp_path)
    if stands_there != "nothing":
        build.build(stands_there)
    runs.clear()
    build.build(wanted)

    installs = ["without" if "--omit=dev" in command else "with" for command in runs if "ci" in command]
    assert installs == ([asked_for] if asked_for else [])

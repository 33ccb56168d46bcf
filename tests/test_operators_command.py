"""bin/dancu, as an operator gives it: from any folder, by any name, its answer ready for the next program."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

COMMAND = Path(__file__).parents[1] / "bin" / "dancu"


def given(folder: Path, command: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_files_are_named_from_where_the_command_was_given(tmp_path: Path):
    done = given(tmp_path, COMMAND, "population", "generate", "--people", "10", "people.parquet")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "people.parquet").exists()


def test_standard_output_holds_nothing_but_the_commands_answer_also_by_a_link(tmp_path: Path):
    (tmp_path / "dancu").symlink_to(COMMAND)
    done = given(tmp_path, tmp_path / "dancu", "--help")
    assert done.stdout.startswith("Usage: dancu"), done.stderr


def test_it_tells_the_version_that_pyproject_and_the_changelog_have():
    root = COMMAND.parents[1]
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    done = given(root, COMMAND, "--version")
    assert done.stdout == f"dancu, version {version}\n", done.stderr
    released = re.findall(r"^## \[(\d[\d.]*)\]", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert released[0] == version

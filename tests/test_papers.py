"""The papers at the door: what they name is there, each line can be read, and no decision is lost."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from dancu.accounts.duties import ROLES, roles_with

ROOT = Path(__file__).parents[1]
PAPERS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "dancu/linkage/README.md"]
DECISIONS = sorted(ROOT.glob("docs/decisions/0*.md"))
LONGEST, TWO_SCREENS = 110, 100  # characters of a line; lines of a page
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
_FILE = re.compile(
    r"(?<![\w/.~*<{-])((?:[\w-]+/)*[\w.-]*\w\.(?:py|sql|toml|md|html|js|scss|service|timer|conf))(?![\w/*-])"
)
_NOBODYS = {
    "utils.py",
    "model.toml",
    "NNNN_name.sql",
    "NNNN_name.py",
}  # named though, or because, they are not there
_COMMENT = {".py": "#", ".sql": "--", ".toml": "#", ".js": "//", ".scss": "//", ".html": "{#", ".conf": "#"}


def paper_ids(paper: Path) -> str:
    return str(paper.relative_to(ROOT))


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def headings(paper: Path) -> set[str]:
    return {
        anchor(line.lstrip("#")) for line in paper.read_text("utf-8").splitlines() if line.startswith("#")
    }


@pytest.fixture(scope="module")
def files() -> set[str]:
    """All files that are kept, from the repository's root, and each also by every shorter end of its path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    whole = [line.split("/") for line in listed.stdout.splitlines() if (ROOT / line).exists()]
    return {"/".join(parts[at:]) for parts in whole for at in range(len(parts))}


def said_beside(file: Path) -> Iterator[str]:
    """The comments of a file, and a Python file's docstrings."""
    text = file.read_text("utf-8")
    if file.suffix != ".py":
        mark = _COMMENT[file.suffix]
        yield from (line.partition(mark)[2] for line in text.splitlines() if mark in line)
        return
    yield from (
        token.string
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    )
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


@pytest.mark.parametrize("paper", PAPERS, ids=paper_ids)
def test_each_link_leads_somewhere(paper: Path) -> None:
    for target, part in _LINK.findall(paper.read_text("utf-8")):
        there = paper.parent / target if target else paper
        assert there.exists(), target
        if part and there.suffix == ".md":
            assert part in headings(there), f"{target}#{part}"


@pytest.mark.parametrize("paper", [paper for paper in PAPERS if paper.name != "CHANGELOG.md"], ids=paper_ids)
def test_each_file_that_a_paper_names_is_there(paper: Path, files: set[str]) -> None:
    code = " ".join(re.findall(r"`([^`\n]+)`", paper.read_text("utf-8")))
    assert set(_FILE.findall(code)) - files - _NOBODYS == set()


@pytest.mark.parametrize("folder", ["dancu", "tests", "bench", "assets", "deploy"])
def test_each_file_that_a_comment_or_a_docstring_names_is_there(folder: str, files: set[str]) -> None:
    read = [
        file for file in (ROOT / folder).rglob("*") if file.suffix in _COMMENT and "built" not in file.parts
    ]
    named = {
        (paper_ids(file), name) for file in read for said in said_beside(file) for name in _FILE.findall(said)
    }
    assert {(file, name) for file, name in named if name not in files} == set()


@pytest.mark.parametrize("paper", PAPERS, ids=paper_ids)
def test_each_line_can_be_read(paper: Path) -> None:
    lines = paper.read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > LONGEST and not line.startswith("|")] == []


@pytest.mark.parametrize("paper", [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/[fh]*/*.md")], ids=paper_ids)
def test_a_long_page_begins_with_what_is_on_it_and_the_index_has_it(paper: Path) -> None:
    text = paper.read_text("utf-8")
    if len(text.splitlines()) > TWO_SCREENS:
        assert re.search(r"\]\(#", text.partition("\n## ")[0]), "no table of contents"
    if paper != ROOT / "docs/README.md":
        assert f"({paper.relative_to(ROOT / 'docs')})" in (ROOT / "docs/README.md").read_text("utf-8")


def test_the_endpoints_page_names_the_roles_that_may_call_them() -> None:
    said = (ROOT / "docs/api.md").read_text("utf-8")
    table = said.partition("| Role | where it may count |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()[2:]]
    named = {
        (role, where)
        for roles, wheres in rows
        for role in re.findall(r"`(\w+)`", roles)
        for where in re.findall(r"`(\w+)`", wheres)
    }
    assert named == {(role, where) for role in roles_with("identify") for where in ROLES[role].jurisdictions}


def test_decisions_are_numbered_without_a_gap_and_never_deleted() -> None:
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_each_decision_has_number_status_and_date_and_stands_in_the_list(decision: Path) -> None:
    heading, _, status, *_rest = decision.read_text("utf-8").splitlines()
    assert heading.startswith(f"# {int(decision.name[:4])}. ")
    assert re.fullmatch(r"\*(Accepted|Proposed|\d{1,2} \w+ \d{4}\. Superseded)\b.*\d{4}.*\*", status), status
    row = (
        f"| [{decision.name[:4]}]({decision.name}) | {heading.partition('. ')[2]} | "
        f"{status.strip('*').removesuffix('.')} |"
    )
    assert row in (ROOT / "docs/decisions/README.md").read_text("utf-8").splitlines()


def test_the_licence_is_there_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n                           Version 2.0" in text
    assert "END OF TERMS AND CONDITIONS" in text

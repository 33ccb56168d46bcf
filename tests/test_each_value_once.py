"""Each value has one definition (dancu/values): no other room reads it by a pattern, a list of words or
arithmetic of its own.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "dancu" / "values"
# What recognises a value in running text, in a heading, or makes invented ones is no definition of it.
RECOGNISES = (
    "dancu/matching/lines/",
    "dancu/matching/batch/headings.py",
    "dancu/synthetic/",
    "dancu/linkage/",
)

SIGNS = {
    "a telephone": r"84\|?[^\n]*\\d|\(0\|\\\+84|0\[1-9\]|016\d|\+84",
    "a personal number": r"(\[0-9\]|\\d)\{12\}|(\[0-9\]|\\d)\{3\}[^\n]*(\[0-9\]|\\d)\{9\}",
    "an old card": r"(\[0-9\]|\\d)\{9\}",
    "a passport": r"\[A-Z0-9\]\{\d",
    "a plate": r"\\d\\d\[A-Z",
    "an e-mail address": r"@\[A-Za-z0-9",
}


_ASIDE = {"tests", "testing", "migrations"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / "dancu").rglob("*.py")):
        name = str(file.relative_to(ROOT))
        is_other = HOME not in file.parents and not _ASIDE.intersection(file.parts)
        if is_other and not name.startswith(RECOGNISES):
            yield name, ast.parse(file.read_text("utf-8"))


SOURCES = list(sources())


def texts(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("value", SIGNS)
def test_no_other_room_has_a_pattern_of_it(value):
    found = [
        f"{name}: {text!r}" for name, tree in SOURCES for text in texts(tree) if re.search(SIGNS[value], text)
    ]
    assert not found, f"{value} is defined in dancu/values: take it from there\n" + "\n".join(found)


def test_no_other_room_has_words_for_a_sex():
    found = [
        name
        for name, tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and {"nam", "nữ", "nu", "male", "female"}
        & {key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
        and all(isinstance(each, ast.Constant | ast.Name) for each in node.values)
    ]
    assert found in ([], ["dancu/matching/batch/columns.py"]), found  # whose columns are called so


def test_no_other_room_works_out_how_much_of_a_birth_date_is_known():
    found = [
        f"{name}:{node.lineno}"
        for name, tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.IfExp) and "precision" in (said := ast.unparse(node)) and ".month" in said
    ]
    assert not found, found


def test_no_other_room_masks_a_number():
    found = [name for name, tree in SOURCES for text in texts(tree) if text == "•"]
    assert not found, found

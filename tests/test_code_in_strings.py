"""Programs that tests hand to other processes are text: no checker sees what they import."""

import ast
import importlib
import importlib.util
import re
from pathlib import Path

import pytest

_IMPORT = re.compile(r"^(?:.*; )?from (dancu[\w.]*) import ([\w, ]+)$", re.MULTILINE)
FILES = [
    path
    for folder in ("dancu", "tests", "bench")
    for path in sorted(Path(folder).rglob("*.py"))
    if _IMPORT.search(path.read_text("utf-8"))
]


def imports_in_strings(path: Path) -> list[tuple[str, str]]:
    """The module and name of each import that stands in a text of this file."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return [
        (found[1], name.split(" as ")[0].strip())
        for text in texts
        for found in _IMPORT.finditer(text)
        for name in found[2].split(",")
    ]


def test_some_programs_stand_in_texts():
    assert sum(bool(imports_in_strings(path)) for path in FILES) >= 5


@pytest.mark.parametrize("path", [path for path in FILES if imports_in_strings(path)], ids=str)
def test_what_a_program_in_a_text_imports_is_there(path):
    for module, name in imports_in_strings(path):
        there = importlib.import_module(module)
        assert hasattr(there, name) or importlib.util.find_spec(f"{module}.{name}"), f"{module} has no {name}"

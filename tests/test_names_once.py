"""A public class has a name of its own, so that whoever reads it knows which is meant, and finds it by a
search.
"""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "dancu"
# What a name that cannot be read is told to whoever declares it, and to whoever writes it into the register.
IN_TWO_ROOMS = {
    "NameGarbled",
    "NameLostLetters",
    "NameNotLatin",
    "NameTooLong",
    "NoName",
    "NotAName",
}


def test_no_public_class_name_is_given_twice():
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(ROOT.rglob("*.py")):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(file.relative_to(ROOT)))
    twice = {name: where for name, where in places.items() if len(where) > 1 and name not in IN_TWO_ROOMS}
    assert not twice, twice

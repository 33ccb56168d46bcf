"""A model as the text of its file."""

import json
from collections.abc import Mapping
from typing import Any


def as_toml(source: Mapping[str, Any]) -> str:
    """A model's source as TOML, which load_model reads back to the same."""
    lines = [
        "blocks = [",
        *(f"    {json.dumps(list(block))}," for block in source.get("blocks", [])),
        "]",
        *([f"identity = {json.dumps(list(source['identity']))}"] if source.get("identity") else []),
        "",
        "[fields]",
    ]
    lines += [f"{_key(field)} = {_text(kind)}" for field, kind in source["fields"].items()]
    for comparison in source["comparison"]:
        lines += [
            "",
            "[[comparison]]",
            f"field = {_text(comparison['field'])}",
            f"missing = {_text(comparison['missing'])}",
        ]
        lines.append("[comparison.levels]")
        for name, level in comparison["levels"].items():
            if isinstance(level, str):
                lines.append(f"{_key(name)} = {_text(level)}")
            else:
                said = ", ".join(f"{key} = {_text(value)}" for key, value in level.items())
                lines.append(f"{_key(name)} = {{ {said} }}")
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _text(name)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

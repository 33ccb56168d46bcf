"""A rule's document as text for people: its fields in their order, what is short in one line."""

import json
from collections.abc import Mapping
from typing import Any

_WIDTH = 90
_ORDER = (
    "id", "version", "kind", "area", "valid_from", "valid_to", "citation", "title", "clauses", "otherwise",
    "when", "then", "unknown", "words", "vi", "en",
)  # fmt: skip


def laid_out(document: Mapping[str, Any]) -> str:
    """The document as JSON; the database keeps no order of fields."""
    return _text(_in_order(document), "")


def _in_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
        return {name: _in_order(value[name]) for name in names}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def _text(value: Any, indent: str) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or (indent and len(indent) + len(line) <= _WIDTH):
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {_text(one, inner)}" for name, one in value.items()]
        opens, closes = "{}"
    else:
        parts = [_text(one, inner) for one in value]
        opens, closes = "[]"
    lines = ",\n".join(inner + part for part in parts)
    return f"{opens}\n{lines}\n{indent}{closes}"

"""`var`: what lies in the data at a path."""

import re
from typing import Any

from dancu.certlogic.parts import Left, Part, refusing
from dancu.certlogic.values import in_digits

_INDEX = re.compile(r"[+-]?\d+", re.ASCII)
_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"  # with the next, JavaScript's
_BLANKS += "".join(map(chr, range(0x2000, 0x200B)))


def variable(path: Any) -> Part:
    """A part that gives what lies in the data at a path such as "a.0.b", or null; all data for ""."""
    if not isinstance(path, str):
        return refusing("var takes a path, which is a text")
    if path == "":
        return lambda data, _left: data
    fragments = [_key_and_index(fragment) for fragment in path.split(".")]

    def found(data: Any, _left: Left) -> Any:
        for key, index in fragments:
            if isinstance(data, dict):
                data = data.get(key)
            elif isinstance(data, list) and 0 <= index < len(data):
                data = data[index]
            else:
                return None
        return data

    return found


def _key_and_index(fragment: str) -> tuple[str, int]:
    """Of an object the key, of an array the index (-1: none): what begins as a number is one, as JavaScript's
    parseInt reads it (ECMA-262, 19.2.5).
    """
    number = _INDEX.match(fragment.lstrip(_BLANKS))
    if number is None:
        return fragment, -1
    key = in_digits(float(number[0]))
    return key, int(key) if key.isdecimal() else -1

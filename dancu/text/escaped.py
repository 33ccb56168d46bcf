"""Letters written as codes, where a page, an address line or a program's text was copied: "Nguy&#7877;n",
"Nguy%E1%BB%85n", "Nguy\\u1ec5n", "Nguy+HsU-n".
"""

import html
import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import unquote

ESCAPED = r"&#[0-9]{2,7};?|&#[xX][0-9A-Fa-f]{2,6};|&[A-Za-z]{2,8};|[%=][C-Fc-f][0-9A-Fa-f][%=][89ABab][0-9A-Fa-f]|[A-Za-z]%20[A-Za-z]|%u[0-9A-Fa-f]{4}|\\u[0-9A-Fa-f]{4}|[A-Za-z]?\+[AH][A-Za-z0-9/]{2,}-"  # noqa: E501
"""What no name has in it, for a regular expression, Python's or polars's."""
_ESCAPED = re.compile(ESCAPED)
_ENTITY = re.compile(r"&(?:#\d{2,7};?|#[xX][0-9A-Fa-f]{2,6};|[A-Za-z]{2,8};)")
_BYTES = re.compile(r"(?:%[0-9A-Fa-f]{2}|=[0-9A-Fa-f]{2})+")
_UNIT = re.compile(r"(?:[%\\]u[0-9A-Fa-f]{4})+")
_UTF_7 = re.compile(r"\+([AH][A-Za-z0-9+/]{2,})-?")
_MARKED = re.compile("[\u00c0-\u01b0\u0300-\u0323\u1ea0-\u1ef9]+")
_TIMES = 3  # "&amp;#7877;" is coded twice


def is_escaped(text: str) -> bool:
    """Whether letters of it stand as codes."""
    return bool(_ESCAPED.search(text))


def unescaped(text: str) -> str:
    """The text with its letters, where each code says one; as it is where one does not, or says a sign
    that stands in no text.
    """
    if not is_escaped(text):
        return text  # as nearly all
    meant = text
    for _time in range(_TIMES):
        if not is_escaped(meant):
            break
        spaces = meant.replace("+", " ") if "%" in meant and " " not in meant else meant
        for codes, letters in _WAYS:
            spaces = codes.sub(letters, spaces)
        meant = spaces
    is_text = all(letter.isprintable() and letter not in "<>" and letter != "\ufffd" for letter in meant)
    return meant if is_text and not is_escaped(meant) else text


def _of_bytes(found: re.Match[str]) -> str:
    with suppress(UnicodeError):
        return unquote(found[0].replace("=", "%"), errors="strict")
    return found[0]


def _of_units(found: re.Match[str]) -> str:
    units = [int(unit, 16) for unit in re.findall(r"[0-9A-Fa-f]{4}", found[0].replace("u", " "))]
    with suppress(UnicodeError):
        return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be")
    return found[0]


def _of_utf_7(found: re.Match[str]) -> str:
    with suppress(UnicodeError):
        letters = found[0].encode("ascii").decode("utf-7")
        return letters if _MARKED.fullmatch(letters) else found[0]
    return found[0]


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_ENTITY, lambda found: html.unescape(found[0])),
    (_UNIT, _of_units),
    (_BYTES, _of_bytes),
    (_UTF_7, _of_utf_7),
)

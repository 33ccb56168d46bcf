"""Words in a name, whatever marks it has: what Python and the database find them by."""

import unicodedata
from functools import cache

from dancu.text.folding import fold


def bears(key: str, full_name: str) -> bool:
    """Whether some words, folded, stand in this name as they follow each other; no word at all is borne
    by everybody.
    """
    return not key or f" {key} " in f" {fold(full_name)} "


def as_written(name: str, full_name: str) -> bool:
    """Whether the name has the marks that were asked, if any were."""
    return name.isascii() or f" {_marked(name)} " in f" {_marked(full_name)} "


@cache
def name_pattern(key: str) -> str:
    """A regular expression that finds these words, folded, as they follow each other in a name, since the
    database has no other way to leave marks out; none for no word.
    """
    letters = _letters()
    words = "".join(f"[{letters[one]}][\u0300-\u036f]*" if one in letters else _literal(one) for one in key)
    return rf"(^|\s){words}(\s|$)" if words else ""


def _literal(one: str) -> str:
    return one if one.isalnum() or not one.isascii() or one == " " else "\\" + one


@cache
def _letters() -> dict[str, str]:
    """a → "aAàÀảẢ…": whatever folds to one letter, of the Latin blocks."""
    found: dict[str, str] = {}
    for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        folded = fold(chr(code))
        if len(folded) == 1 and folded.isascii() and folded.isalpha():
            found[folded] = found.get(folded, "") + chr(code)
    return found


def _marked(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).lower().split())

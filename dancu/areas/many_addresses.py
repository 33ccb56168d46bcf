"""Very many addresses: what stands before the commune's part is put aside, so that the same commune written alike is looked for once.

Only where that cannot matter: a first part that no unit's name ends, with no dash in it, before at least two others. Then no way to read
the address has anything of it (addresses.py), and the rest alone is read the same. A test compares both.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from .addresses import _COMMA, _DASH, _KINDS, _mentions, _split, parse
from .index import Area, Index

_FIRST_OF_TWO = {kind[0] for kinds in _KINDS.values() for kind in kinds if len(kind) > 1}  # thành, in thành phố
_REMEMBERED = 1 << 17  # half a million declarations have 73,000 different rests


class Reader:
    """Reads addresses of one day, remembering what it read."""

    def __init__(self, index: Index, on: date) -> None:
        self.index, self.on = index, on
        self._named = lru_cache(_REMEMBERED)(lambda rest: _named(index, rest, on))
        self._is_aside = lru_cache(_REMEMBERED)(lambda first: _is_aside(index, first))

    def commune(self, text: str) -> Area | None:
        """The commune that an address names; None where it cannot be told, or a hamlet may be meant that is called so."""
        return self._named(self._rest(unicodedata.normalize("NFC", text)))

    def _rest(self, text: str) -> str:
        while comma := _COMMA.search(text):
            first, rest = text[: comma.start()], text[comma.end() :]
            if not _COMMA.search(rest.strip(" ,;\n")) or not self._is_aside(first):
                return text
            text = rest
        return text


def communes_in(index: Index, texts: Iterable[str], on: date) -> dict[str, Area | None]:
    """The commune of each of these addresses."""
    global _reader
    if _reader is None or (_reader.index, _reader.on) != (index, on):
        _reader = Reader(index, on)
    return {text: _reader.commune(text) for text in texts}


_reader: Reader | None = None  # of the day and the list of units asked for last: it remembers what it read


def _named(index: Index, text: str, on: date) -> Area | None:
    parsed = parse(index, text, on)
    return None if parsed.alone else parsed.area


def _is_aside(index: Index, first: str) -> bool:
    """Whether no unit's name, of whatever level, ends this part, and no kind begins with its last word."""
    address = _split(first)
    if not address.words or _DASH.search(first) or address.plain[-1] in _FIRST_OF_TWO:
        return False
    two_parts = address._replace(
        parts=address.parts | {len(address.words)}
    )  # as in the whole address, where others follow
    return not any(True for level in _KINDS for _mention in _mentions(index, two_parts, level, len(address.words)))

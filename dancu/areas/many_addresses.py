"""Very many addresses: what is read of one serves all that are written alike but for their marks and capitals, and for house and street.

What stands before the commune's part is put aside where it cannot matter: a first part that no unit's name ends, with no dash in it,
before at least two others. Then no way to read the address has anything of it (addresses.py), and the rest alone is read the same. Marks
are looked at only where they tell one commune from another. What no reading of is sure (run_together.py) is read whole. A test
compares all this with reading each alone.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from . import run_together
from .addresses import COMMA, DASH, Address, Reading, best_readings, meant, mentions, split, sure
from .folding import bare, with_marks
from .index import Area, Index
from .kinds import KINDS, names_a_commune

_FIRST_OF_TWO = {kind[0] for kinds in KINDS.values() for kind in kinds if len(kind) > 1}  # thành, in thành phố
_HOUSE = re.compile(r"\s*([0-9]+)(?:/[0-9]+)*(?= [^\W\d_])")
_REMEMBERED = 1 << 17  # 850,000 addresses have 90,000 different rests, and 34,000 first parts


class _Open(NamedTuple):
    """An address whose marks may choose among readings that are equally good without them."""

    address: Address
    readings: list[Reading]


class _Hasty:
    """An address of which no reading is sure: the whole text must be read, as it is written."""


class Reader:
    """Reads addresses of one day, remembering what it read."""

    def __init__(self, index: Index, on: date) -> None:
        self.index, self.on = index, on
        self._read = lru_cache(_REMEMBERED)(self._read_anew)
        self._read_hasty = lru_cache(_REMEMBERED)(self._read_hasty_anew)
        self._is_aside = lru_cache(_REMEMBERED)(lambda first: _is_aside(index, first))
        self._numbers = {word for _level, name in index.by_name if (word := name.partition(" ")[0]).isdigit()}

    def commune(self, text: str) -> Area | None:
        """The commune that an address names; None where it cannot be told, or a hamlet may be meant that is called so."""
        text = unicodedata.normalize("NFC", text)
        plain = bare(text)
        rest = self._rest(text if plain is None else plain)
        found = self._read(rest)
        if isinstance(found, _Open):
            found = meant(self.index, found.address._replace(text=text[-len(rest) :]), found.readings, self.on)
        if isinstance(found, _Hasty):
            return self._read_hasty(text)
        if found is None or not found.alone:
            return found and found.area
        return None if len(rest) == len(text) else self._read_hasty(text)  # what was put aside makes it no longer alone

    def _rest(self, text: str) -> str:
        while comma := COMMA.search(text):
            first, rest = text[: comma.start()], text[comma.end() :]
            if not COMMA.search(rest.strip(" ,;\n")) or not self._is_aside(self._unnumbered(first)):
                return text
            text = rest
        return text

    def _unnumbered(self, first: str) -> str:
        """A street with its houses' numbers alike, of which none begins a unit's name (as in 2 Bảo Lộc)."""
        house = _HOUSE.match(first)
        if house and self._numbers.isdisjoint((house[1].lstrip("0"), "0")):
            return "0" + first[house.end() :]
        return first

    def _read_anew(self, text: str) -> Reading | _Open | _Hasty | None:
        address = split(text)
        readings = sure(self.index, address, best_readings(self.index, address, self.on))
        if not readings:
            return _Hasty()
        if len({(reading.start, reading.stop, with_marks(reading.area.short_name)) for reading in readings}) > 1:
            return _Open(address, readings)
        return meant(self.index, address, readings, self.on)

    def _read_hasty_anew(self, text: str) -> Area | None:
        found = run_together.commune(self.index, text, self.on)
        return found and found[1]


def communes_in(index: Index, texts: Iterable[str], on: date) -> dict[str, Area | None]:
    """The commune of each of these addresses."""
    global _reader
    if _reader is None or (_reader.index, _reader.on) != (index, on):
        _reader = Reader(index, on)
    return {text: _reader.commune(text) for text in texts}


_reader: Reader | None = None  # of the day and the list of units asked for last: it remembers what it read


def _is_aside(index: Index, first: str) -> bool:
    """Whether no unit's name, of whatever level, ends this part, no kind begins with its last word, and none names a commune in it."""
    address = split(first)
    if not address.words or DASH.search(first) or address.words[-1] in _FIRST_OF_TWO:
        return False
    if any(names_a_commune(address.words, address.parts, at) for at in range(len(address.words))):
        return False
    end = len(address.words)
    two_parts = address._replace(parts=[*address.parts, end])  # as in the whole address, where others follow
    return not any(mentions(index, two_parts, level, end) for level in KINDS)

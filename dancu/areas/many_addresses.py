"""Very many addresses: what is read of one serves all that are written alike but for their marks and
capitals, and for house and street.

What stands before the commune's part is put aside where it cannot matter: a first part that no unit's name
ends, with no dash in it, before at least two others. Then no way to read the address has anything of it
(addresses.py), and the rest alone is read the same. Marks are looked at only where they tell one commune from
another. What no reading of is sure (run_together.py) is read whole. A test compares all this with reading
each alone.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from . import run_together
from .address_parts import COMMA, DASH, Reading, SplitAddress, split
from .addresses import best_readings, is_told_by_the_districts_marks, meant, mentions
from .backwards import is_backwards
from .folding import bare, with_marks
from .forms import has_english_kinds, usual
from .guesses import is_of_a_former_district, sure
from .index import Area, Index
from .kinds import KINDS, names_a_commune
from .parsing import find
from .remarks import may_have_remarks, remarks

_FIRST_OF_TWO = {
    kind[0] for kinds in KINDS.values() for kind in kinds if len(kind) > 1
}  # thành, in thành phố
_HOUSE = re.compile(r"\s*([0-9]+)(?:/[0-9]+)*(?= [^\W\d_])")
_REMEMBERED = 1 << 17  # 850,000 addresses have 90,000 different rests, and 34,000 first parts


class _Open(NamedTuple):
    """An address whose marks may choose among readings that are equally good without them."""

    address: SplitAddress
    readings: list[Reading]


class _Former(NamedTuple):
    """A commune that is called as a former district was, which `said`; `begins`: at the first word of
    what was read.
    """

    area: Area
    said: tuple[str, ...]
    begins: bool


class _Hasty:
    """An address of which no reading is sure: the whole text must be read, as it is written, even by what
    is sure of it.
    """

    def __init__(self, whole: bool = False) -> None:
        self.whole = whole


class AddressReader:
    """Reads addresses of one day, remembering what it read."""

    def __init__(self, index: Index, on: date) -> None:
        self.index, self.on = index, on
        self._known = lru_cache(_REMEMBERED)(self._known_anew)
        self._read = lru_cache(_REMEMBERED)(self._read_anew)
        self._read_hasty = lru_cache(_REMEMBERED)(self._read_hasty_anew)
        self._names_one_of = lru_cache(_REMEMBERED)(
            lambda district, text: run_together.may_name_a_commune_of(index, list(district), text)
        )
        self._is_aside = lru_cache(_REMEMBERED)(lambda first: _is_aside(index, first))
        self._numbers = {word for _level, name in index.by_name if (word := name.partition(" ")[0]).isdigit()}

    def commune(self, text: str) -> Area | None:
        """The commune that an address names; None where it cannot be told, or a hamlet may be meant that
        is called so.
        """
        text = unicodedata.normalize("NFC", text)
        rest = self._rest(text)
        found = self._known(rest)
        if isinstance(found, _Former):
            return self._former(found, text, len(text) - len(rest))
        if isinstance(found, _Hasty):
            return self._alone(text) if found.whole else self._read_hasty(self._unnumbered(text))
        if found is None or not found.alone:
            return found and found.area
        return (
            None if len(rest) == len(text) else self._read_hasty(text)
        )  # what was put aside makes it no longer alone

    def _former(self, found: "_Former", text: str, aside: int) -> Area | None:
        """Where something was put aside, a commune of the district that was called so may be named in it."""
        if aside and found.begins and self._names_one_of(found.said, text[:aside]):
            return self._read_hasty(text)
        if aside and not found.begins:
            return self._alone(text)
        return found.area

    def _alone(self, text: str) -> Area | None:
        found = find(self.index, usual(text), self.on)
        return None if found is None or found.alone else found.area

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

    def _known_anew(self, rest: str) -> Reading | _Former | _Hasty | None:
        """What is read of an address as it is written, of which what does not matter is put aside."""
        plain = bare(rest) or rest
        if usual(rest) != rest or (may_have_remarks(plain) and remarks(self.index, rest)):
            return _Hasty(whole=True)
        found = self._read(plain)
        if isinstance(found, _Open):
            found = meant(self.index, found.address._replace(text=rest), found.readings, self.on)
        plainly = isinstance(found, _Former) or (isinstance(found, Reading) and found.rank.levels > 1)
        return _Hasty(whole=True) if not plainly and is_backwards(self.index, rest) else found

    def _read_anew(self, text: str) -> Reading | _Open | _Former | _Hasty | None:
        address = split(self.index, text)
        readings = sure(self.index, address, best_readings(self.index, address, self.on))
        if not readings:
            return _Hasty()
        former = any(is_of_a_former_district(self.index, address, reading) for reading in readings)
        alike = (
            len({(reading.start, reading.stop, with_marks(reading.area.short_name)) for reading in readings})
            == 1
        )
        if not alike or any(
            len(self.index.marked[self.index.short_keys[reading.area.area_id]]) > 1
            or is_told_by_the_districts_marks(self.index, address, reading)
            for reading in readings
        ):
            if former:
                return _Hasty(whole=True)
            return _Open(address, readings)
        found = meant(self.index, address, readings, self.on)
        if found and is_of_a_former_district(self.index, address, found):
            return _Former(found.area, tuple(address.words[found.start : found.stop]), found.start == 0)
        return found

    def _read_hasty_anew(self, text: str) -> Area | None:
        found = run_together.commune(self.index, split(self.index, text), self.on)
        return found and found[1]


def communes_in(index: Index, texts: Iterable[str], on: date) -> dict[str, Area | None]:
    """The commune of each of these addresses."""
    global _reader
    if _reader is None or (_reader.index, _reader.on) != (index, on):
        _reader = AddressReader(index, on)
    return {text: _reader.commune(text) for text in texts}


_reader: AddressReader | None = (
    None  # of the day and the list of units asked for last: it remembers what it read
)


def _is_aside(index: Index, first: str) -> bool:
    """Whether no unit's name, of whatever level, ends this part, no kind begins with its last word, and
    none names a commune in it.
    """
    if usual(first) != first or has_english_kinds(first.lower()) or may_have_remarks(first.lower()):
        return False  # what it says may be of what follows
    address = split(index, first)
    if not address.words or DASH.search(first) or address.words[-1] in _FIRST_OF_TWO:
        return False
    if any(names_a_commune(address.words, address.parts, at) for at in range(len(address.words))):
        return False
    end = len(address.words)
    two_parts = address._replace(parts=[*address.parts, end])  # as in the whole address, where others follow
    return not any(mentions(index, two_parts, level, end) for level in KINDS)

"""What one line means that an official typed: number, telephone, name, birth date, place, in any order and any writing.

"le le nga 13/4/1981", "0912 345 678", "nga 1981", "Nguyễn Văn Hùng, 1980, Ninh Kiều". Where digits or words can be read in two ways, both
readings are given, the likelier first, so that who searches can try one after the other.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.folding import fold
from dancu.matching.dates import DeclaredDate
from dancu.matching.line_digits import dates_in_digits, of_digits, told_apart
from dancu.matching.normalising.titles import untitled
from dancu.matching.normalising.word_lists import may_be_surname

LONGEST = 200
MOST_READINGS = 4
MOST_PLACES = 12  # of one name; where there are more, one of them has to be named


@dataclass(frozen=True)
class Line:
    """One reading. `or_before`: who is meant was born in the year of `birth_date` or the one before, as an age says. `places`: the ids of the
    units of which one is meant. `unread`: what nothing could be made of, as it was typed.
    """

    number: str = ""
    phone: str = ""
    name: str = ""
    birth_date: DeclaredDate | None = None
    or_before: bool = False
    places: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def asked(self) -> dict[str, Any]:
        """What `searching.look` asks by."""
        return {name: value for name, value in vars(self).items() if name != "unread"}

    def __bool__(self) -> bool:
        return bool(self.number or self.phone or self.name or self.birth_date)


def read_line(text: str, within: Collection[int] | None = None) -> list[Line]:
    """The readings of a line, the likeliest first, at most 4; empty where nothing in it can be searched for. `within`: the ids under which
    people of the official's area are registered (None: the nation): of places with one name those are meant. Raises NumberRounded where a
    spreadsheet kept only the first digits of a number.
    """
    text = dates_in_digits(_unlabelled(unicodedata.normalize("NFC", text.replace("\0", " "))[:LONGEST]))
    digits, words = told_apart(text, areas.is_numbered_name)
    read: list[Line] = []
    named = (
        replace(line, name=name)
        for line in _of_words(words, within)
        for name in (untitled(line.name) if line.name else [""])
    )
    for in_digits, line in product(of_digits(digits), named):
        line = replace(line, **(vars(in_digits) | {"unread": (*line.unread, *in_digits.unread)}))
        if line and line not in read:
            read.append(line)
    fewest = min((len(line.unread) for line in read), default=0)
    return [line for line in read if len(line.unread) == fewest][:MOST_READINGS]


def places_alone(text: str, within: Collection[int] | None = None) -> tuple[int, ...]:
    """The ids of the units that a whole line names, of which one is meant; none where it names none for sure. `within`: as for read_line."""
    text = _unlabelled(unicodedata.normalize("NFC", text.replace("\0", " "))[:LONGEST])
    return _places(", ".join(part for segment in text.split(",") for part in _parted(segment)), within)


_NAME_LABEL = re.compile(
    r"(?<!\w)(?:(?:họ(?:\s*,)?(?:\s+chữ\s+đệm)?(?:\s+và|\s*&)?\s+tên(?:\s+khai\s+sinh)?|ho(?:\s+va)?\s+ten|full\s+name)\s*:?|"
    r"(?:tên|ten|name|công\s+dân|giới\s+tính|sex)\s*:)\s*",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"(?<!\w)(?:địa\s+chỉ|nơi\s+(?:ở|thường\s+trú|tạm\s+trú|cư\s+trú)|(?:đăng\s+ký\s+)?(?:thường|tạm)\s+trú|hộ\s+khẩu|hkt+t?|"
    r"address)\s*:\s*",
    re.IGNORECASE,
)


def _unlabelled(text: str) -> str:
    """Without the words of a form that say what follows: "họ tên:", "địa chỉ:"."""
    return _PLACE_LABEL.sub(", ", _NAME_LABEL.sub(", ", text))


_PLACE_BEGINS = re.compile(
    r"(?<!\w)(?:(?:ở|tại|trú tại|thường trú|ngụ)\s+|(?=(?:phường|xã|thị\s+trấn|quận|huyện|thị\s+xã|thành\s+phố|tỉnh|đường|ấp|thôn)\s)|"
    r"(?=(?:p|q|x|h|tp|tt|tx)\.\s*\w)|(?=[pqPQ]\d{1,2}(?!\w))|(?=(?:tp|tphcm)(?!\w)))",
    re.IGNORECASE,
)
_BEFORE_A_YEAR = {"sinh", "năm", "nam"}  # names too
_SEXES = {"nam", "nữ", "nu", "male", "female"}


def _of_words(segments: list[str], within: Collection[int] | None) -> Iterator[Line]:
    """Readings of the words: which are the name, and which the place."""
    unread = tuple(one for one in segments if len(segments) > 1 and one.lower() in _SEXES)
    segments = [one for segment in segments if segment not in unread for one in _parted(segment)]
    if not segments:
        yield Line(unread=unread)
        return
    named: list[Line] = []
    for at in sorted(range(len(segments)), key=lambda at: not may_be_surname(segments[at].split()[0])):
        rest = ", ".join(segments[:at] + segments[at + 1 :])
        places = _places(rest, within) if rest else ()
        named.append(
            Line(name=segments[at], places=places, unread=(*unread, *((rest,) if rest and not places else ())))
        )
    best = min(named, key=lambda line: len(line.unread))
    everywhere = Line(places=_places(", ".join(segments), within), unread=unread)
    if everywhere.places and (_PLACE_BEGINS.match(best.name) or areas.provinces_called(best.name)):
        yield everywhere
        return
    is_place = everywhere.places and not may_be_surname(best.name.split()[0])
    yield from (everywhere, best) if is_place else (best, everywhere) if everywhere.places else (best,)
    words = segments[0].split()
    for length in (2, 3) if len(segments) == 1 else ():  # "nga ninh kieu": a place without a comma
        if len(words) > length and (places := _places(" ".join(words[-length:]), within)):
            yield Line(name=" ".join(words[:-length]), places=places, unread=unread)
    if len(words) > 2 and words[-1].lower() in _BEFORE_A_YEAR:
        yield Line(name=" ".join(words[:-1]), unread=unread)


def _parted(segment: str) -> list[str]:
    """A segment before and after the words with which a place begins."""
    found = _PLACE_BEGINS.search(segment)
    parts = [segment[: found.start()], segment[found.end() :]] if found else [segment]
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _places(text: str, within: Collection[int] | None) -> tuple[int, ...]:
    """The units that a text names, those of the official's area if any is; none where it names none for sure, or too many."""
    parsed = areas.parse_address(text, timezone.localdate())
    communes = [parsed.area] if parsed.area and not parsed.detail else _called(text)
    named = areas.provinces_called(text) or communes
    if within is not None:
        of_the_area = ([area for area in some if _lies_in(area, within)] for some in (named, communes))
        named = next(filter(None, of_the_area), named)
    return tuple(area.area_id for area in named) if len(named) <= MOST_PLACES else ()


def _lies_in(area: areas.Area, within: Collection[int]) -> bool:
    return not set(areas.ids_below(area.area_id)).isdisjoint(within)


def _called(text: str) -> list[areas.Area]:
    """The units of today with just this name, or that took in those that had it, a province before others."""
    found = areas.find(text, limit=60)
    alike = [area for area in found if fold(text) in (fold(area.short_name), fold(area.name), fold(area.path))]
    just = [area for area in alike if areas.says(text, area)]  # Hưng Lợi is not Xã Hùng Lợi
    kinded = bool(re.match(r"(?:phường|xã|thị|quận|huyện|thành|tỉnh|tp|p|q|x|h)[\s.\d]", text, re.IGNORECASE))
    return [area for area in just if area.level == areas.PROVINCE] or just or (found if kinded or "," in text else [])

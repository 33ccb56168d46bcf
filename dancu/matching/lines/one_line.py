"""What one line means that an official typed: number, telephone, name, birth date, place, in any order and
any writing.

"le le nga 13/4/1981", "0912 345 678", "nga 1981", "Nguyễn Văn Hùng, 1980, Ninh Kiều". Where digits or words
can be read in two ways, both readings are given, the likelier first, so that who searches can try one after
the other.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product, zip_longest
from typing import Any

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.matching.errors import PassportsNotHeld
from dancu.matching.lines.asides import LineParts, line_parts
from dancu.matching.lines.digits import of_digits, split_digits
from dancu.matching.lines.doubts import is_begun
from dancu.matching.lines.labels import unlabelled
from dancu.matching.normalising.titles import BEGINNINGS, untitled
from dancu.matching.normalising.word_lists import is_surely_surname, may_be_surname
from dancu.register.card import read_card
from dancu.register.errors import RegisterError
from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate
from dancu.values.sexes import SEX_NAMES

LONGEST = 200
MOST_READINGS = 4
MOST_PLACES = 12  # of one name; where there are more, one of them has to be named


@dataclass(frozen=True)
class ReadLine:
    """One reading of a line. `or_before`: the person was born in the year of `birth_date` or the one before,
    as for an age. `places`: the ids of the units of which one is meant. `unread`: the parts that could not be
    used, as they were typed; `passports`: the passport numbers among them, which the register does not hold.
    """

    number: str = ""
    phone: str = ""
    name: str = ""
    birth_date: PartialDate | None = None
    or_before: bool = False
    places: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()
    passports: tuple[str, ...] = ()

    @property
    def search_fields(self) -> dict[str, Any]:
        """The reading as the arguments of `searching.search_page`."""
        return {name: value for name, value in vars(self).items() if name not in ("unread", "passports")}

    def __bool__(self) -> bool:
        return bool(self.number or self.phone or self.name or self.birth_date)


def read_line(text: str, within: Collection[int] | None = None) -> list[ReadLine]:
    """The readings of a line, at most 4, the likeliest first; empty where it has nothing to search for.
    `within`: the ids of the official's area (None: the nation), preferred among places with the same name.
    Raises NumberRounded where a spreadsheet kept only the first digits of a number, PassportsNotHeld where
    only a passport number was typed.
    """
    if card := _of_card(text):
        return card
    text = _FAMILY_APART.sub(
        partial(_joined, within), unicodedata.normalize("NFC", text.replace("\0", " "))[:LONGEST]
    )
    line = line_parts(text)
    read = [_read(line, within)]
    if line.doubts.any:
        read.append(_read(line_parts(text, otherwise=True), within))
        read.sort(key=lambda lines: _unnamed(lines[0].name) if lines else 3)
        read = [lines for lines in read if any(line.name for line in lines)] or read[:1]
    if line.passports and not any(read):
        raise PassportsNotHeld
    best = (each for lines in zip_longest(*read) for each in lines if each)
    return list(dict.fromkeys(best))[:MOST_READINGS]


def read_name(text: str) -> tuple[str, tuple[str, ...]]:
    """The name in the text of a name field, and the other parts, such as the remark in "Mai (nữ)". The whole
    text where no part is a name.
    """
    line = line_parts(unicodedata.normalize("NFC", text.replace("\0", " "))[:LONGEST])
    digits, words = split_digits(line.text, areas.is_numbered_name)
    for one in [*line.aside, *(words for _number, words in line.streets)]:
        more, others = split_digits(one, areas.is_numbered_name)
        digits, words = digits + more, words + others
    first = min(words, key=_unlike_a_name, default="")
    if not (name := _name(first)):
        return text, ()
    left = [
        *_no_name(first),
        *(one for one in words if one is not first),
        *map(" ".join, digits),
        *line.unread,
    ]
    return name, (*left, *(number for number, _words in line.streets))


def places_alone(text: str, within: Collection[int] | None = None) -> tuple[int, ...]:
    """The ids of the units that a whole line may name; empty where it surely names none. `within`: as for
    read_line.
    """
    text = unlabelled(unicodedata.normalize("NFC", text.replace("\0", " "))[:LONGEST])
    return _places(", ".join(part for segment in text.split(",") for part in _segments(segment)), within)


_FAMILY_APART = re.compile(r"^\s*([^\W\d_]+)\s*[/,]\s*([^\W\d_]+(?:\s+[^\W\d_]+)*)")
_PLACE_BEGINS = re.compile(
    r"(?<!\w)(?:(?:ở|tại|trú tại|thường "
    r"trú|ngụ)\s+|(?=(?:phường|xã|thị\s+trấn|quận|huyện|thị\s+xã|thành\s+phố|tỉnh|đường|ấp|thôn)\s)|"
    r"(?=(?:p|q|x|h|tp|tt|tx)\.\s*\w)|(?=[pqPQ]\d{1,2}(?!\w))|(?=(?:tp|tphcm)(?!\w)))",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s*){2,}[^\W\d_]")
_ONE_LETTER = re.compile(r"[^\W\d_]\.?(?:[^\W\d_]\.)*")
_INITIAL = re.compile(r"[A-Z]\.\s*[^\W\d_]")
_BEFORE_A_YEAR = {"sinh", "năm", "nam"}  # names too
_AT = {"ở", "tại"}
_MOST_SEGMENTS = 6  # among which a place is looked for


def _of_card(text: str) -> list[ReadLine]:
    """The text of a card's code, as a scanner types it; nothing where it is none, or cannot be used as
    such.
    """
    try:
        card = read_card(text) if "|" in text else None
    except RegisterError:
        return []
    if not card:
        return []
    born = PartialDate(card.birth_year, card.birth_month, card.birth_day)
    is_passport = card.number_kind == "passport"
    unread = tuple(
        field for field in (card.cmnd, card.address, *([card.number] if is_passport else [])) if field
    )
    line = ReadLine("" if is_passport else card.number, "", card.full_name, born, unread=unread)
    return [replace(line, passports=(card.number,) if is_passport else ())]


def _joined(within: Collection[int] | None, found: re.Match[str]) -> str:
    """A family name that was set apart, with the others: "NGUYEN/NHATLINH", "Nguyễn, Nhật Linh"; a place
    after it stays apart.
    """
    family, others = found.groups()
    return (
        found[0]
        if not is_surely_surname(family) or _PLACE_BEGINS.match(others) or _places(others, within)
        else f"{family} {others}"
    )


def _read(line: LineParts, within: Collection[int] | None) -> list[ReadLine]:
    """The readings of a line whose asides are told."""
    digits, words = split_digits(line.text, areas.is_numbered_name)
    aside = _of_streets(line, words)
    for one in line.aside:
        more, others = split_digits(one, areas.is_numbered_name)
        digits, aside = digits + more, aside + others
    read: list[ReadLine] = []
    for in_digits, each in product(of_digits(digits), _of_words(words, aside, within)):
        unread = (*each.unread, *in_digits.unread, *line.unread)
        each = replace(each, **(vars(in_digits) | {"unread": unread, "passports": tuple(line.passports)}))
        if each and each not in read:
            read.append(each)
    fewest = min((len(each.unread) for each in read), default=0)
    return [other for each in read if len(each.unread) == fewest for other in _otherwise(each)]


def _unnamed(name: str) -> int:
    """How much is missing of a name: nothing, all but its beginning, all."""
    words = name.split()
    return 2 if not words else int(is_begun(words) or (len(words) == 1 and is_surely_surname(words[0])))


def _of_streets(line: LineParts, words: list[str]) -> list[str]:
    """The words after the number of a house, where nothing else can be the name; else they are unread
    with it.
    """
    if any(map(_name, words)) or any(map(_name, line.aside)):
        line.unread += [" ".join(filter(None, street)) for street in line.streets]
        return []
    line.unread += [number for number, _words in line.streets]
    return [words for _number, words in line.streets if words]


def _of_words(words: list[str], aside: list[str], within: Collection[int] | None) -> Iterator[ReadLine]:
    """Readings of the words: which are the name, and which the place. What stands `aside` is a name only
    where nothing else can be.
    """
    unread = tuple(
        one for one in (*words, *aside) if len(words) + len(aside) > 1 and one.lower() in SEX_NAMES
    )
    plain, beside = (
        [part for one in some if one not in unread for part in _segments(one)] for some in (words, aside)
    )
    plain, beside = (plain, beside) if any(map(_name, plain)) else ([*plain, *beside], [])
    segments = [*plain, *beside]
    if not segments:
        yield ReadLine(unread=unread)
        return
    named: list[ReadLine] = []
    for at in sorted(range(len(plain)), key=lambda at: _unlike_a_name(plain[at])):
        if name := _name(plain[at]):
            places, left = _places_among([*segments[:at], *segments[at + 1 :]], within)
            named.append(ReadLine(name=name, places=places, unread=(*unread, *left, *_no_name(plain[at]))))
    best = min(named, key=_worse, default=ReadLine(unread=(*unread, *segments)))
    everywhere = ReadLine(places=_places(", ".join(segments), within), unread=unread)
    if everywhere.places and (_begins_a_place(best.name) or areas.provinces_called(best.name)):
        yield everywhere
        return
    is_name = _INITIALS.match(best.name) or (best.name and may_be_surname(best.name.split()[0]))
    is_place = everywhere.places and not is_name
    yield from (everywhere, best) if is_place else (best, everywhere) if everywhere.places else (best,)
    words = best.name.split() if len(segments) == 1 else []
    for length in (2, 3):  # "nga ninh kieu": a place without a comma
        is_name = len(words) - length > 1 or not is_surely_surname("".join(words[:1]))
        if len(words) > length and is_name and (places := _places(" ".join(words[-length:]), within)):
            yield replace(best, name=" ".join(words[:-length]), places=places)


def _begins_a_place(segment: str) -> bool:
    """Whether a segment begins as a place does, and not with the initials of somebody: "P. T. Hoa", "P. Hoa",
    as no ward is called.
    """
    if not _PLACE_BEGINS.match(segment):
        return False
    if not (initial := _INITIAL.match(segment)):
        return True
    if _INITIALS.match(segment):
        return False
    named = fold(segment[initial.end() - 1 :].strip(" ."))
    found = areas.find(segment, limit=60) if len(named) > 1 else []
    return bool(found) and (" " in named or any(named == fold(area.short_name) for area in found))


def _worse(line: ReadLine) -> tuple[bool, int]:
    """A name that begins like a place is worse than any other, then the one that leaves more unread."""
    return _begins_a_place(line.name), len(line.unread)


def _unlike_a_name(segment: str) -> tuple[bool, bool, bool, bool]:
    """The more of it, the less likely it is the name: no initials, a place by its kind, a title by itself,
    words that begin with no family name.
    """
    first, *others = segment.split()
    return (
        not _INITIALS.match(segment),
        _begins_a_place(segment),
        not others and first.lower() in BEGINNINGS,
        not may_be_surname(first),
    )


def _otherwise(line: ReadLine) -> Iterator[ReadLine]:
    """A reading, and the same with less in the name: no title, none of the words in small letters around
    it, no sex, no "sinh".
    """
    for name in untitled(line.name) if line.name else [""]:
        words = name.split()
        great = [at for at, word in enumerate(words) if word[0].isupper()]
        bare = words[great[0] : great[-1] + 1] if len(great) > 1 else words
        small = (
            [" ".join(some) for some in (words[: great[0]], words[great[-1] + 1 :]) if some] if great else []
        )
        without = replace(line, name=" ".join(bare), unread=(*small, *line.unread))
        is_remark = len(bare) < len(words) and (bare[0] != words[great[0]] or may_be_surname(bare[0]))
        if is_remark and (words[0] != bare[0] or words[-1] in SEX_NAMES):
            yield without
            continue
        yield replace(line, name=name)
        if is_remark:
            yield without
        elif len(words) > 2 and words[-1].lower() in _BEFORE_A_YEAR | SEX_NAMES:
            yield replace(line, name=" ".join(words[:-1]))


def _name(segment: str) -> str:
    """The words of a segment that may be a name's: none that holds a digit."""
    words = re.sub(r"[()\[\]{}<>]", " ", segment).split()
    return " ".join(word for word in words if not any(map(str.isdigit, word)) and any(map(str.isalpha, word)))


def _no_name(segment: str) -> list[str]:
    """Its other words."""
    return [word for word in segment.split() if any(map(str.isdigit, word))]


def _segments(segment: str) -> list[str]:
    """A segment before and after the words with which a place begins; the middle of a name is none:
    "Nguyễn Đường Anh", "Lê H. Lan".
    """
    found = next(
        (one for one in _PLACE_BEGINS.finditer(segment) if not _is_in_a_name(segment[: one.start()], one)),
        None,
    )
    parts = [segment[: found.start()], segment[found.end() :]] if found else [segment]
    return [part.strip(" .") for part in parts if part.strip(" .") and part.strip(" .").lower() not in _AT]


def _is_in_a_name(before: str, found: re.Match[str]) -> bool:
    words = untitled(before.strip())[0].split()
    behind = found.string[found.end() :]
    is_initial = bool(_INITIAL.match(behind)) or bool(re.match(r"đường\s+[^\W\d]", behind, re.IGNORECASE))
    if is_initial and words and all(_ONE_LETTER.fullmatch(word) for word in words):
        return True  # T.H. Lan
    return is_begun(words) or (len(words) == 1 and is_initial and is_surely_surname(words[0]))


def _places_among(segments: list[str], within: Collection[int] | None) -> tuple[tuple[int, ...], list[str]]:
    """The units that these segments name, all of them or the most that follow each other, and the
    segments that are left over.
    """
    for length in range(min(len(segments), _MOST_SEGMENTS), 0, -1):
        starts = range(len(segments) - length + 1)
        for at in sorted(starts, key=lambda at: not _begins_a_place(segments[at])):
            if places := _places(", ".join(segments[at : at + length]), within):
                return places, [*segments[:at], *segments[at + length :]]
    return (), [", ".join(segments)] if segments else []


def _places(text: str, within: Collection[int] | None) -> tuple[int, ...]:
    """The units that a text names, those of the official's area if any is; none where it names none for
    sure, or too many.
    """
    parsed = areas.parse_address(text, timezone.localdate())
    is_meant = parsed.area and not parsed.detail and (not parsed.alone or areas.says(text, parsed.area))
    communes = [parsed.area] if parsed.area and is_meant else _called(text)
    named = areas.provinces_called(text) or communes
    if within is not None:
        of_the_area = ([area for area in some if _lies_in(area, within)] for some in (named, communes))
        named = next(filter(None, of_the_area), None) or _called_as_a_province(text, within) or named
    return tuple(area.area_id for area in named) if len(named) <= MOST_PLACES else ()


def _called_as_a_province(text: str, within: Collection[int]) -> list[areas.Area]:
    return _just(text, areas.get_many(within).values()) if areas.provinces_called(text) else []


def _lies_in(area: areas.Area, within: Collection[int]) -> bool:
    return not set(areas.ids_below(area.area_id)).isdisjoint(within)


def _called(text: str) -> list[areas.Area]:
    """The units of today with just this name, or that took in those that had it, a province before others."""
    found = areas.find(text, limit=60)
    just = _just(text, found)
    kinded = bool(re.match(r"(?:phường|xã|thị|quận|huyện|thành|tỉnh|tp|p|q|x|h)[\s.\d]", text, re.IGNORECASE))
    return (
        [area for area in just if area.level == areas.PROVINCE]
        or just
        or (found if kinded or "," in text else [])
    )


def _just(text: str, found: Collection[areas.Area]) -> list[areas.Area]:
    """Those of the found with just this name: Hưng Lợi is not Xã Hùng Lợi."""
    alike = [
        area for area in found if fold(text) in (fold(area.short_name), fold(area.name), fold(area.path))
    ]
    return [area for area in alike if areas.says(text, area)]

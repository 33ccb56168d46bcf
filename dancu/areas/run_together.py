"""Reading what was typed in haste: "X.Nga Thanh hyện Nga son TỉnhThanhQ Hóa", "p tan phong q7", "Thôn Chua Bình Minh, Thanh Oai".

Commas, spaces and kinds may be missing or misplaced, and a name may have a letter too many, too few or wrong. So names are compared
without their spaces: first the province's, then those of its districts, then those of that district's communes, as each leaves
few to choose from. A commune is told only where one way to read is better than all others.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from .folding import key, with_marks
from .hasty import COMMUNE, DISTRICT, KIND_OF, KINDS, PROVINCE, Words, squeezed
from .index import Area, Index
from .kinds import is_above_in_full

SHORTEST_MISTYPED = {COMMUNE: 6, DISTRICT: 5, PROVINCE: 5}  # letters: of two shorter names one letter makes another
ANYWHERE = 0  # where nothing above is named; no unit's id
MISTYPED = 2  # letters in all names together
LEFT_OUT = 3  # words between the names, and after them
_SHORT_KINDS = {
    COMMUNE: {
        "Phường": ("p", "f", "phuong"),
        "Xã": ("x", "xa"),
        "Thị trấn": ("tt", "thitran"),
        "Đặc khu": ("dk", "dackhu"),
    },
    DISTRICT: {
        "Quận": ("q", "quan"),
        "Huyện": ("h", "huyen"),
        "Thị xã": ("tx", "thixa"),
        "Thành phố": ("tp", "thanhpho"),
    },
    PROVINCE: {"Tỉnh": ("t", "tinh"), "Thành phố": ("tp", "thanhpho")},
}


class Names:
    """What the units of one level and one unit above may be written as, without spaces."""

    def __init__(self, level: int, areas: Iterable[Area]) -> None:
        self.plain: defaultdict[str, list[Area]] = defaultdict(list)
        self.with_kind: defaultdict[str, list[Area]] = defaultdict(list)
        self.initials: defaultdict[str, list[Area]] = defaultdict(list)  # TB; said only after a kind, or last of all
        self.shortened: defaultdict[str, list[Area]] = defaultdict(list)  # T. Giang, Đ.Đa
        self.words: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)  # of what is spelled so
        for area in areas:
            for name in dict.fromkeys((key(area.short_name), *area.search_key.split("|"))):
                words = tuple(map(squeezed, name.split()))
                self.plain["".join(words)].append(area)
                self.words["".join(words)].add(words)
            first, *others = key(area.short_name).split()
            if first.isdigit() or (others and others[-1].isdigit()):
                continue
            for kind in _SHORT_KINDS[area.level].get(area.kind, ()):
                self.with_kind[squeezed(kind) + _joined((first, *others))].append(area)
            if others:
                self.initials[_joined(word[0] for word in (first, *others))].append(area)
                self.shortened[_joined((first[0], *others))].append(area)
        self.spelled = {*self.plain, *self.with_kind, *self.initials}  # most of what is asked for is none of them
        shortest = SHORTEST_MISTYPED[level]
        self.long = [
            name for name, some in self.plain.items() if len(name) >= shortest and not any(map(_ends_apart, some))
        ]


class Named(NamedTuple):
    """The units that the words from `start` to before `stop` name; `begins`: where without its kind."""

    start: int
    begins: int
    stop: int
    areas: list[Area]
    mistyped: int

    @property
    def with_kind(self) -> bool:
        return self.start < self.begins


class _Reading(NamedTuple):
    rank: tuple[float, ...]
    start: int
    stop: int
    areas: list[Area]


class Country:
    """The names of one edition of the list, by what is above them."""

    def __init__(self, index: Index) -> None:
        grouped: dict[int, defaultdict[int, list[Area]]] = {level: defaultdict(list) for level in (1, 2, 3)}
        for area in index.areas.values():
            if area.level < COMMUNE:
                grouped[area.level][ANYWHERE].append(area)
            for above in (*area.ancestors, *index.once_in.get(area.area_id, ())):
                grouped[area.level][above].append(area)
        self.index, self.areas = index, index.areas
        self.scopes = {
            level: {above: Names(level, areas) for above, areas in some.items()} for level, some in grouped.items()
        }
        self.syllables = {squeezed(word) for area in index.areas.values() for word in key(area.short_name).split()}
        self.marked = {word for area in index.areas.values() for word in with_marks(area.short_name).split()}
        self.markings: defaultdict[str, set[str]] = defaultdict(set)  # all that is spelled so without its marks
        for area in index.areas.values():
            self.markings[_joined(key(area.short_name).split())].add(_run_together(area.short_name))
        self.known = {
            level: {name for names in scopes.values() for name in names.plain} for level, scopes in self.scopes.items()
        }


@lru_cache(maxsize=2)  # as many as the index keeps
def country(index: Index) -> Country:
    """The names of this edition of the list; made at the first address that needs them, in half a second."""
    return Country(index)


def commune(index: Index, text: str, on: date) -> tuple[int, Area] | None:
    """Where the commune is named in `text` (in NFC), and which it is; None where that cannot be told for sure.

    A unit that had not begun by that day is in no address.
    """
    words = Words(text)
    for mistyped in (0, 1):
        reader = _Reader(country(index), words, on, mistyped)
        if readings := reader.readings():
            best = max(reading.rank for reading in readings)
            return _meant(index, text, words, [reading for reading in readings if reading.rank == best], on)
    return None


def names_a_commune_of(index: Index, district: list[str], text: str) -> bool:
    """Whether a text ends in the name of a commune of a district of that name, or nearly so."""
    names, words = country(index), Words(text)
    closely = _Reader(names, words, date.max, 1)
    districts = names.scopes[DISTRICT][ANYWHERE].plain.get(_joined(district), []) if len(words) else []
    return any(closely.named(COMMUNE, each.area_id, len(words)) for each in districts)


class _Reader:
    """Reads one text, with as many letters mistyped in each name as it is told."""

    def __init__(self, names: Country, words: Words, on: date, mistyped: int) -> None:
        self.names, self.words, self.on, self.mistyped = names, words, on, mistyped
        self._found: dict[tuple[int, int, int], list[Named]] = {}
        self._unknown: dict[tuple[int, int], list[tuple[tuple[int, int], str]]] = {}  # by level and end

    def readings(self) -> list[_Reading]:
        """All ways to read it with its province; if there are none, without."""
        end = len(self.words)
        found: list[_Reading] = []
        for province in self.named(PROVINCE, ANYWHERE, end):
            for province_id in {area.area_id for area in province.areas}:
                for district in self.named(DISTRICT, province_id, province.start):
                    found += self._in_district(district, province)
                found += self._in_province(province_id, province)
        if not found:
            for district in self.named(DISTRICT, ANYWHERE, end):
                found += self._in_district(self._as_a_province_too(district), None)
        return found

    def _as_a_province_too(self, district: Named) -> Named:
        """Of a district that is called as a province only that one which lies in it: Thanh Hóa is not Thạnh Hóa in Long An."""
        if district.with_kind:
            return district
        stretch = (district.start, district.stop)
        named = [
            each for each in self.named(PROVINCE, ANYWHERE, len(self.words)) if (each.begins, each.stop) == stretch
        ]
        provinces = {area.area_id for each in named for area in each.areas}
        if not provinces:
            return district
        return district._replace(areas=[area for area in district.areas if area.province_id in provinces])

    def _in_district(self, district: Named, province: Named | None) -> Iterator[_Reading]:
        kind = self.words.last_kind_of_a_commune(district.start)
        for area in district.areas:
            for found in self.named(COMMUNE, area.area_id, district.start):
                if province is None and self._is_a_district_of(area.province_id, found):
                    continue
                if found.start == kind or (kind is None and (found.with_kind or self.words.begins_a_name(found.start))):
                    above = [district, *([province] if province else [])]
                    yield from self._reading(found, above, kind is not None)

    def _in_province(self, province_id: int, province: Named) -> Iterator[_Reading]:
        kind = self.words.last_kind_of_a_commune(province.start)
        for found in self.named(COMMUNE, province_id, province.start):
            if found.start == kind and found.with_kind:
                yield from self._reading(found, [province], True)
            elif kind is None and (found.with_kind or self.words.is_a_part(found.start)):
                yield from self._reading(found._replace(areas=self._no_districts(found)), [province], found.with_kind)

    def _no_districts(self, found: Named) -> list[Area]:
        """Without its kind the name of a district may be all that was read of an address in it: while there are districts.

        Since there are none, it is a commune's where none of that district's communes is named before it.
        """
        spelled = "".join(self.words.squeezed[found.start : found.stop])
        districts = self.names.scopes[DISTRICT][ANYWHERE].plain.get(spelled, [])
        if found.with_kind or not districts:
            return found.areas
        closely = _Reader(self.names, self.words, self.on, 1)
        if any(closely.named(COMMUNE, district.area_id, found.start) for district in districts):
            return []
        return [area for area in found.areas if area.district_id is None]

    def _is_a_district_of(self, province_id: int, found: Named) -> bool:
        """Whether what stands there without its kind is a district's name, and what was read as the district the province's: Thạch Hà, Hà Tĩnh."""
        spelled = "".join(self.words.squeezed[found.start : found.stop])
        after = self.names.scopes[PROVINCE][ANYWHERE].plain
        rest = "".join(self.words.squeezed[found.stop :])
        named = any(area.area_id == province_id for area in after.get(rest, ()))
        return named and not found.with_kind and spelled in self.names.scopes[DISTRICT][province_id].plain

    def _says_otherwise(self, found: Named, before: int) -> bool:
        """Whether what is left out after a commune makes it another's name, or names another of its district, or another district."""
        communes = self.names.scopes[COMMUNE].get(found.areas[0].parent_id or 0)
        districts = self.names.scopes[DISTRICT][ANYWHERE].plain
        for (start, _stop), spelled in self.words.stretches(found.stop, before).items():
            if start == found.begins and spelled in self.names.known[COMMUNE]:
                return True
            if start < found.stop:
                continue
            if communes and spelled in communes.plain:
                return True
            others = {area.area_id for area in districts.get(spelled, ())}
            if others and not any(self.names.index.ever_lay_in(area, others) for area in found.areas):
                return True
        return False

    def _is_longer(self, district: Named, before: int) -> bool:
        """Whether what is left out after a district makes it another's name: Gò Công Đông."""
        if district.stop == before:
            return False
        stretches = self.words.stretches(district.stop, before).items()
        return any(
            start == district.begins and spelled in self.names.known[DISTRICT] for (start, _), spelled in stretches
        )

    def _reading(self, found: Named, above: list[Named], said_by_kind: bool) -> Iterator[_Reading]:
        stops = [found.stop, *(each.stop for each in above)]
        starts = [*(each.start for each in above), len(self.words)]
        left_out = sum(self.words.left_out(stop, start) for stop, start in zip(stops, starts, strict=True))
        mistyped = found.mistyped + sum(each.mistyped for each in above)
        areas = [area for area in found.areas if area.valid_from <= self.on]
        whole = len(above) == 2
        if self.words.goes_on(found.stop, starts[0]):
            return
        if areas and found.stop < starts[0] and self._says_otherwise(found, starts[0]):
            return
        if areas and whole and self._is_longer(above[0], starts[1]):
            return
        if areas and left_out <= (LEFT_OUT if whole else 0) and mistyped <= (MISTYPED if whole else found.with_kind):
            if said_by_kind and self.words.left_out(found.stop, starts[0]):
                return
            rank = (len(above), -mistyped - left_out, found.with_kind, found.stop - found.begins, found.stop)
            yield _Reading(rank, found.start, found.stop, areas)

    def named(self, level: int, above: int, end: int) -> list[Named]:
        """The units below one above that the words before `end` name, with no more than a few words in between."""
        asked = (level, above, end)
        if asked not in self._found:
            names = self.names.scopes[level].get(above)
            stretches = self.words.stretches(max(0, end - LEFT_OUT - 1), end) if names else {}
            strictly = above == ANYWHERE or (level == COMMUNE and self.names.areas[above].level == PROVINCE)
            self._found[asked] = [*self._spelled(names, level, stretches, strictly)] if names else []
            if names and self.mistyped:
                self._found[asked] += self._misspelled(names, level, end, stretches)
        return self._found[asked]

    def _spelled(
        self, names: Names, level: int, stretches: dict[tuple[int, int], str], strictly: bool
    ) -> Iterator[Named]:
        """`strictly`: marks that are another unit's speak against it; below its district they are more likely mistaken."""
        for (start, stop), spelled in stretches.items():
            if spelled not in names.spelled:
                continue
            if areas := names.plain.get(spelled):
                if stop - start > 1 and self.words.is_a_kinds_letter(start):
                    continue
                if strictly:
                    areas = self._marked_so(start, stop, spelled, areas)
                yield from self._with_its_kind(level, start, stop, areas, 0)
            elif areas := names.with_kind.get(spelled):
                yield Named(start, start + 1, stop, areas, 0)
            elif (areas := names.initials.get(spelled)) and self._may_be_initials(level, start, stop, spelled):
                yield from self._with_its_kind(level, start, stop, areas, 0)

    def _marked_so(self, start: int, stop: int, spelled: str, areas: list[Area]) -> list[Area]:
        """Without those that another unit's marks are written for: Thanh Hóa is not Thạnh Hóa. What has no marks may be either."""
        markings = self.names.markings.get(spelled, ())
        if len(markings) < 2:
            return areas
        written = _run_together(self.words.written(start, stop))
        if written.isascii() or written not in markings:
            return areas
        return [area for area in areas if written == (own := _run_together(area.short_name)) or own not in markings]

    def _misspelled(self, names: Names, level: int, end: int, stretches: dict[tuple[int, int], str]) -> Iterator[Named]:
        """What is no unit's name anywhere, but one letter from one here; and T. Giang, Đ.Đa."""
        for (start, stop), spelled in stretches.items():
            single = len(self.words.letters[start]) == 1
            if single and (areas := names.shortened.get(spelled)) and self._may_be_shortened(level, start):
                yield from self._with_its_kind(level, start, stop, areas, 1)
        if (level, end) not in self._unknown:
            known, shortest = self.names.known[level], SHORTEST_MISTYPED[level] - 1
            self._unknown[level, end] = [
                (place, spelled)
                for place, spelled in stretches.items()
                if len(spelled) >= shortest and spelled not in known and self._may_be_misspelled(*place)
            ]
        some = self._unknown[level, end]
        if not some or not names.long:
            return
        distances = cdist([spelled for _, spelled in some], names.long, scorer=OSA.distance, score_cutoff=1)
        for row, column in zip(*(distances <= 1).nonzero(), strict=True):
            (start, stop), name = some[row][0], names.long[column]
            if level < COMMUNE or self._is_a_slip(start, stop, names, name):
                yield from self._with_its_kind(level, start, stop, names.plain[name], 1)

    def _may_be_initials(self, level: int, start: int, stop: int, spelled: str) -> bool:
        """Q.TB, and HCM at the end; but An is no initials."""
        if spelled in self.names.syllables:
            return False
        return self.words.kind_before(start, level) > 0 or (
            level == PROVINCE and stop == len(self.words) and len(spelled) > 1
        )

    def _may_be_shortened(self, level: int, start: int) -> bool:
        """T. An has its letter by itself, which is no kind; Tân is no T. An, nor is P. An a Phú An."""
        letter = self.words.letters[start]
        if self.words.kind_before(start, level) > 0:
            return True
        return level not in KINDS.get((letter,), ()) and not (level == COMMUNE and self.words.is_a_kinds(start))

    def _is_a_slip(self, start: int, stop: int, names: Names, name: str) -> bool:
        """Whether one word of a name is mistyped and the others are right, or all of them are one word.

        What is a word of some other name, or a kind, is not mistyped: Tân Lạ is not Tân Lập, nor Phường Long Thượng Long.
        With marks the letters must be the same but for one, too.
        """
        written = self.words.joined(start, stop)
        marks = not "".join(word.marked for word in written).isascii()
        for meant in names.words[name]:
            if len(written) not in (1, len(meant)):
                continue
            wrong = [at for at, word in enumerate(written) if word.letters != meant[at] or len(written) == 1]
            if len(wrong) != 1 or (written[wrong[0]].letters,) in KINDS:
                continue
            slip = written[wrong[0]]
            if len(written) == 1 or not marks:
                return slip.letters not in self.names.syllables
            if with_marks(slip.marked) in self.names.marked:
                return False
            marked = {_marked(area, meant)[wrong[0]] for area in names.plain[name]}
            return any(OSA.distance(slip.marked, one) <= 1 for one in marked)
        return False

    def _may_be_misspelled(self, start: int, stop: int) -> bool:
        """A number or a single letter at an end tells one name from another: Tân Thành B, Cát Tiên 2."""
        first, last = self.words.letters[start], self.words.letters[stop - 1]
        return not (first.isdigit() or last.isdigit() or (len(last) == 1 and stop - start > 1))

    def _with_its_kind(self, level: int, start: int, stop: int, areas: list[Area], mistyped: int) -> Iterator[Named]:
        words = self.words
        began = start - words.kind_before(start, level)
        if level == COMMUNE and began == start and self._is_anothers(start, stop):
            return
        typed = KIND_OF.get("".join(words.letters[began:start]))
        if typed and level != PROVINCE:
            areas = of_kind(self.names.areas, areas, typed)
        begins = start + (words.letters[start][-1:].isdigit() and not words.letters[start].isdigit())  # phuong13
        if areas:
            yield Named(began, begins, stop, areas, mistyped)

    def _is_anothers(self, start: int, stop: int) -> bool:
        """Whether the kind before a name says that it is a district's or province's: where a mark is before it, or there is such a unit."""
        words = self.words
        kind = max(words.kind_before(start, DISTRICT), words.kind_before(start, PROVINCE))
        if not kind or words.words[start].comma:
            return False
        spelled = "".join(words.squeezed[start:stop])
        return words.words[start - kind].begins or any(
            spelled in self.names.known[level] for level in (DISTRICT, PROVINCE)
        )


def of_kind(areas: Mapping[int, Area], named: list[Area], kind: str | None) -> list[Area]:
    """Those of the units of one name that are meant where `kind` is written before it: of that kind, or else of any.

    A unit may have had another kind, or has another now. But a town that is called as its district is was that always, so
    Xã Đông Anh in Huyện Đông Anh is none.
    """
    if alike := [area for area in named if area.kind == kind]:
        return alike
    districts = ((area, areas[area.district_id]) for area in named if area.level == 3 and area.district_id)
    return [] if any(area.short_name == district.short_name for area, district in districts) else named


def _meant(index: Index, text: str, words: Words, readings: list[_Reading], on: date) -> tuple[int, Area] | None:
    found = {area.area_id: (reading, area) for reading in readings for area in reading.areas}
    if len(found) > 1:
        found = {area_id: each for area_id, each in found.items() if _has_its_marks(text, words, *each)} or found
    if len(found) > 1:
        found = {area_id: each for area_id, each in found.items() if each[1].stood(on)} or found
    if len(found) != 1:
        return None
    ((reading, area),) = found.values()
    kind = words.kind_at(reading.start)
    if kind and is_above_in_full(text) and not index.was_called(area, key(f"{kind} {area.short_name}")):
        return None
    return words.words[reading.start].start, area


def _has_its_marks(text: str, words: Words, reading: _Reading, area: Area) -> bool:
    end = words.words[reading.stop].start if reading.stop < len(words) else len(text)
    written = with_marks(text[words.words[reading.start].start : end])
    return not written.isascii() and with_marks(area.short_name).replace(" ", "") in written.replace(" ", "")


def _run_together(name: str) -> str:
    return with_marks(name).replace(" ", "")


def _joined(words: Iterable[str]) -> str:
    return "".join(map(squeezed, words))


def _marked(area: Area, meant: tuple[str, ...]) -> list[str]:
    """The words of that one of a unit's names that is written so without its marks, with them."""
    for name in (area.name, *area.aliases):
        words = re.sub("['’]", "", name.lower()).replace("-", " ").split()[-len(meant) :]
        if tuple(squeezed(word) for word in key(" ".join(words)).split()) == meant:
            return words
    return list(meant)


def _ends_apart(area: Area) -> bool:
    """Whether a number or a single letter at the end tells it from another: Tân Thành A, Cát Tiên 2, Phường 13."""
    last = key(area.short_name).rpartition(" ")[2]
    return len(last) == 1 or last.isdigit()

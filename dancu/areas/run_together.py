"""Reading what was typed in haste: "X.Nga Thanh hyện Nga son TỉnhThanhQ Hóa", "p tan phong q7", "Thôn Chua
Bình Minh, Thanh Oai".

Commas, spaces and kinds may be missing or misplaced, and a name may have a letter too many, too few or wrong.
So names are compared without their spaces: first the province's, then those of its districts, then those of
that district's communes, as each leaves few to choose from. A commune is told only where one way to read is
better than all others.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import OSA

from .address_parts import SplitAddress
from .finding import LEFT_OUT, Finder, NamedUnits
from .folding import key, marked_alike, with_marks
from .hasty import COMMUNE, DISTRICT, PROVINCE, Words
from .index import Area, Index
from .kinds import is_above_in_full
from .spelling import ANYWHERE, SHORTEST_MISTYPED, country, joined

MISTYPED = 2  # letters in all names together


class _Reading(NamedTuple):
    rank: tuple[float, ...]
    start: int
    stop: int
    areas: list[Area]


def commune(index: Index, address: SplitAddress, on: date) -> tuple[int, Area] | None:
    """Where the commune is named in the text of an address, and which it is; None where that cannot be told
    for sure.

    A unit that had not begun by that day is in no address.
    """
    text, words = address.text, Words(address.text, address.mistyped)
    for mistyped in (0, 1):
        reader = _Reader(country(index), words, on, mistyped)
        if readings := reader.readings():
            best = max(reading.rank for reading in readings)
            return _meant(index, text, words, [reading for reading in readings if reading.rank == best], on)
    return None


def may_name_a_commune_of(index: Index, district: list[str], text: str) -> bool:
    """Whether a text before a district's name may end in the name of a commune of it, mistyped or not."""
    words = Words(text, {})
    return Finder(country(index), words, date.max, 1).may_name_a_commune_of(joined(district), len(words))


class _Reader(Finder):
    """Reads one text, with as many letters mistyped in each name as it is told."""

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

    def _as_a_province_too(self, district: NamedUnits) -> NamedUnits:
        """Of a district that is called as a province only that one which lies in it: Thanh Hóa is not
        Thạnh Hóa in Long An.
        """
        if district.with_kind:
            return district
        stretch = (district.start, district.stop)
        named = [
            each
            for each in self.named(PROVINCE, ANYWHERE, len(self.words))
            if (each.begins, each.stop) == stretch
        ]
        provinces = {area.area_id for each in named for area in each.areas}
        if not provinces:
            return district
        return district._replace(areas=[area for area in district.areas if area.province_id in provinces])

    def _in_district(self, district: NamedUnits, province: NamedUnits | None) -> Iterator[_Reading]:
        kind = self.words.last_kind_of_a_commune(district.start)
        for area in district.areas:
            for found in self.named(COMMUNE, area.area_id, district.start):
                if province is None and self._is_a_district_of(area.province_id, found):
                    continue
                if found.start == kind or (
                    kind is None and (found.with_kind or self.words.begins_a_name(found.start))
                ):
                    above = [district, *([province] if province else [])]
                    yield from self._reading(found, above, kind is not None)

    def _in_province(self, province_id: int, province: NamedUnits) -> Iterator[_Reading]:
        kind = self.words.last_kind_of_a_commune(province.start)
        for found in self.named(COMMUNE, province_id, province.start):
            if found.start == kind and found.with_kind:
                yield from self._reading(found, [province], True)
            elif kind is None and (found.with_kind or self.words.is_a_part(found.start)):
                if not found.with_kind and self._is_one_name(found, province):
                    continue
                yield from self._reading(
                    found._replace(areas=self._no_districts(found)), [province], found.with_kind
                )

    def _is_one_name(self, found: NamedUnits, province: NamedUnits) -> bool:
        """Whether what was read as a commune and its province is the name of one unit, Đức Huệ, or a word
        that is no name: "quê Hà Nam".

        A commune of one word is taken only with its own marks, or where there are none in it.
        """
        spelled = "".join(self.words.squeezed[found.begins : province.stop])
        if spelled in self.names.known[COMMUNE] or spelled in self.names.known[DISTRICT]:
            return True
        if found.stop - found.begins > 1:
            return False
        written = self.words.written(found.begins, found.stop).strip(" ,.;-")
        return not any(marked_alike(written, area.short_name) for area in found.areas)

    def _no_districts(self, found: NamedUnits) -> list[Area]:
        """Without its kind the name of a district may be all that was read of an address in it: while there
        are districts.

        Since there are none, it is a commune's where none of that district's communes is named before it.
        """
        spelled = "".join(self.words.squeezed[found.start : found.stop])
        districts = self.names.names(DISTRICT).plain.get(spelled, [])
        if found.with_kind or not districts:
            return found.areas
        if Finder(self.names, self.words, self.on, 1).may_name_a_commune_of(spelled, found.start):
            return []
        return [area for area in found.areas if area.district_id is None]

    def _is_a_district_of(self, province_id: int, found: NamedUnits) -> bool:
        """Whether what stands there without its kind is a district's name, and what was read as the
        district the province's: Thạch Hà, Hà Tĩnh.
        """
        spelled = "".join(self.words.squeezed[found.start : found.stop])
        after = self.names.names(PROVINCE).plain
        rest = "".join(self.words.squeezed[found.stop :])
        named = any(area.area_id == province_id for area in after.get(rest, ()))
        return named and not found.with_kind and spelled in self.names.names(DISTRICT, province_id).plain

    def _says_otherwise(self, found: NamedUnits, before: int) -> bool:
        """Whether what is left out after a commune makes it another's name, or names another of its
        district, or another district.
        """
        communes = self.names.names(COMMUNE, found.areas[0].parent_id or 0).plain
        districts = self.names.names(DISTRICT).plain
        for (start, _stop), spelled in self.words.stretches(found.stop, before).items():
            if start == found.begins and (
                spelled in self.names.known[COMMUNE] or _is_nearly_one(spelled, communes)
            ):
                return True
            if start < found.stop:
                continue
            if spelled in communes:
                return True
            others = {area.area_id for area in districts.get(spelled, ())}
            if others and not any(self.names.index.ever_lay_in(area, others) for area in found.areas):
                return True
        return False

    def _is_longer(self, district: NamedUnits, before: int) -> bool:
        """Whether what is left out after a district makes it another's name: Gò Công Đông."""
        if district.stop == before:
            return False
        stretches = self.words.stretches(district.stop, before).items()
        return any(
            start == district.begins and spelled in self.names.known[DISTRICT]
            for (start, _), spelled in stretches
        )

    def _reading(self, found: NamedUnits, above: list[NamedUnits], said_by_kind: bool) -> Iterator[_Reading]:
        stops = [found.stop, *(each.stop for each in above)]
        starts = [*(each.start for each in above), len(self.words)]
        left_out = sum(self.words.left_out(stop, start) for stop, start in zip(stops, starts, strict=True))
        mistyped = found.mistyped + sum(each.mistyped for each in above)
        areas = [area for area in found.areas if area.valid_from <= self.on]
        whole = len(above) == 2
        if self.words.goes_on(found.stop, starts[0]) or self.words.has_a_part(found.stop, starts[0]):
            return
        if areas and found.stop < starts[0] and self._says_otherwise(found, starts[0]):
            return
        if areas and whole and self._is_longer(above[0], starts[1]):
            return
        if (
            areas
            and left_out <= (LEFT_OUT if whole else 0)
            and mistyped <= (MISTYPED if whole else found.with_kind)
        ):
            if said_by_kind and self.words.left_out(found.stop, starts[0]):
                return
            rank = (len(above), -mistyped - left_out, found.with_kind, found.stop - found.begins, found.stop)
            yield _Reading(rank, found.start, found.stop, areas)


def _is_nearly_one(spelled: str, names: Iterable[str]) -> bool:
    """Whether a name with what follows it is one with a letter wrong: Long Điền Đôn is no Long Điền."""
    return len(spelled) >= SHORTEST_MISTYPED[DISTRICT] and any(
        OSA.distance(spelled, name, score_cutoff=1) <= 1 for name in names
    )


def _meant(
    index: Index, text: str, words: Words, readings: list[_Reading], on: date
) -> tuple[int, Area] | None:
    found = {area.area_id: (reading, area) for reading in readings for area in reading.areas}
    if len(found) > 1:
        found = {
            area_id: each for area_id, each in found.items() if _has_its_marks(text, words, *each)
        } or found
    if len(found) > 1:
        found = {area_id: each for area_id, each in found.items() if each[1].stood(on)} or found
    if len(found) != 1:
        return None
    ((reading, area),) = found.values()
    kind = words.kind_at(reading.start)
    if kind and is_above_in_full(text) and not index.was_called(area, key(f"{kind} {area.short_name}")):
        return None
    written = _written(text, words, reading)
    todays = index.made_there_and_marked_so(area, key(written), written, on)
    return words.words[reading.start].start, todays or area


def _has_its_marks(text: str, words: Words, reading: _Reading, area: Area) -> bool:
    written = _written(text, words, reading)
    return not written.isascii() and with_marks(area.short_name).replace(" ", "") in written.replace(" ", "")


def _written(text: str, words: Words, reading: _Reading) -> str:
    """The commune's words with their marks."""
    end = words.words[reading.stop].start if reading.stop < len(words) else len(text)
    return with_marks(text[words.words[reading.start].start : end])

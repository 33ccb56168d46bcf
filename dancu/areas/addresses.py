"""The ways to read an address whose parts say plainly what they are: the commune, and what is above."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .address_parts import Mention, Rank, Reading, SplitAddress
from .finding import of_kind
from .folding import fold, with_marks
from .index import Area, Index
from .kinds import anothers_kind, is_above_in_full, is_street, is_towns, kind_at, kind_before

_PLAINLY = (True, 3)  # the commune with its kind, its district and its province
LONGEST_NAME = 9  # words; "đơn vị quân đội 1080 thuộc Quân đoàn 12" is an alias


class _Above(NamedTuple):
    """What is named above a commune, in the words from `start`; `kinds`: how many have theirs."""

    start: int
    province: Mention | None
    district: Mention | None
    levels: int
    kinds: int

    @property
    def provinces(self) -> set[int]:
        """All of that name."""
        return {area.area_id for area in self.province.areas} if self.province else set()

    @property
    def districts(self) -> set[int]:
        """All of that name."""
        return {area.area_id for area in self.district.areas} if self.district else set()


def best_readings(index: Index, address: SplitAddress, on: date) -> list[Reading]:
    """The best of all ways to read province, district and commune from the right; the two above may be
    missing.

    A unit that had not begun by that day is in no address.
    """
    communes: dict[int, list[Mention]] = {}
    best: list[Reading] = []
    for aboves in (_with_a_province(index, address, on), _without_a_province(index, address)):
        if best and best[0].rank[:2] == _PLAINLY:
            break
        for above in aboves:
            for stop in _stops(address, above.start):
                if best and best[0].rank[:2] > (stop == above.start, above.levels + 1):
                    continue  # nothing here is as good
                if stop not in communes:
                    communes[stop] = _begun(mentions(index, address, 3, stop), on)
                for commune in reversed(communes[stop]):
                    rank = _rank(commune, stop, above)
                    if (best and best[0].rank > rank) or _ends_in_kind(index, address, commune.start, stop):
                        continue
                    found = _readings(index, commune, stop, above, rank)
                    if not best or (found and found[0].rank > best[0].rank):
                        best = found
                    elif found and found[0].rank == best[0].rank:
                        best = best + found
    return best


def _begun(mentioned: list[Mention], on: date) -> list[Mention]:
    return [
        mention._replace(areas=begun)
        for mention in mentioned
        if (begun := [area for area in mention.areas if area.valid_from <= on])
    ]


def _with_a_province(index: Index, address: SplitAddress, on: date) -> Iterator[_Above]:
    """What may be named at the end: a province and a district, or it alone. None that had not begun: nobody
    knew of it.

    Of a name with its kind and without, the former comes first: it is the better.
    """
    provinces = _longest(_begun(mentions(index, address, 1, len(address.words)), on))
    districts = mentions(index, address, 2, provinces[0].start) if provinces else []
    for province in reversed(provinces):
        for district in reversed(districts):
            yield _Above(district.start, province, district, 2, province.with_kind + district.with_kind)
        yield _Above(province.start, province, None, 1, province.with_kind)


def _without_a_province(index: Index, address: SplitAddress) -> Iterator[_Above]:
    end = len(address.words)
    for named in reversed(mentions(index, address, 2, end)):
        if district := _as_a_province_too(index, address, named):
            yield _Above(district.start, None, district, 1, district.with_kind)
    yield _Above(end, None, None, 0, 0)


def _as_a_province_too(index: Index, address: SplitAddress, district: Mention) -> Mention | None:
    """Of a district that is called as a province only that one which lies in it: Thanh Hóa is not Thạnh
    Hóa in Long An.
    """
    if district.with_kind:
        return district
    provinces = {
        each.area_id for each in index.by_name.get((1, " ".join(address.words[district.start :])), ())
    }
    areas = [area for area in district.areas if not provinces or area.province_id in provinces]
    return district._replace(areas=areas) if areas else None


def _longest(provinces: list[Mention]) -> list[Mention]:
    """Without those whose name is the end of a longer one: Vũng Tàu, of Bà Rịa - Vũng Tàu."""
    start = min((province.start for province in provinces), default=0)
    return [province for province in provinces if province.start == start]


def _stops(address: SplitAddress, end: int) -> list[int]:
    """Where the commune's name may end: right before what is above it, or before one part that nobody
    knows.
    """
    return [end, *[part for part in address.parts if 0 < part < end][-1:]]


def _ends_in_kind(index: Index, address: SplitAddress, at: int, stop: int) -> bool:
    """Whether what looks like a kind ends the name of a commune in what is after it: Dương Xá Gia Lâm,
    Minh Phương Việt Trì.
    """
    words = address.words
    if words[at] not in ("xa", "phuong") or at in address.parts:
        return False
    after = " ".join(words[at + 1 : stop])
    above = {unit.area_id for level in (1, 2) for unit in index.by_name.get((level, after), ())}
    named = (
        index.by_name.get((3, " ".join(words[start : at + 1])), ()) for start in range(max(0, at - 2), at)
    )
    return bool(above) and any(
        area.province_id in above or index.lay_in(area, above) for areas in named for area in areas
    )


def _rank(commune: Mention, stop: int, above: _Above) -> Rank:
    """How good the readings of a commune's name below these units are at best: where it lies in the
    province itself.
    """
    whole = commune.with_kind and stop == above.start
    return Rank(whole, above.levels + 1, True, stop - above.start, commune.with_kind + above.kinds)


def _readings(index: Index, commune: Mention, stop: int, above: _Above, rank: Rank) -> list[Reading]:
    """The communes of that name which lie in what is above; those in a province itself, or else in one
    that it came from or became.
    """
    areas, in_own_province, by_marks = commune.areas, True, False
    if above.district:
        areas, by_marks = _in_districts(index, areas, above)
    if areas and above.province and not by_marks:
        provinces = above.provinces
        own = [area for area in areas if area.province_id in provinces]
        related = () if own else provinces.union(*map(index.related, provinces))
        areas, in_own_province = own or [area for area in areas if area.province_id in related], bool(own)
    if not areas:
        return []
    if not in_own_province:
        rank = rank._replace(in_own_province=False)
    in_district = above.district is not None
    return [
        Reading(rank, commune.start, stop, area, commune.with_kind, in_district, by_marks) for area in areas
    ]


def _in_districts(index: Index, areas: list[Area], above: _Above) -> tuple[list[Area], bool]:
    """Those that lie in the districts, or did once; or else those of today that were made from what lay
    there: Phường Sài Gòn, Quận 1.

    Both, which only marks tell apart (True), where one of today may as well be meant, which is another: its
    province is written, or it alone is called so by its own name.
    """
    districts = above.districts
    olds = [area for area in areas if area.district_id in districts]
    olds = olds or [area for area in areas if area.area_id in index.once_in and index.lay_in(area, districts)]
    if not above.province and not (above.district and above.district.with_kind):
        return olds, False  # Bắc Kạn, Bắc Kạn has its province there
    news = [area for area in areas if area.district_id is None and index.ever_lay_in(area, districts)]
    if not (olds and news):
        return olds or news, False
    names = {index.short_keys[area.area_id] for area in news}
    by_another_name = all(index.short_keys[old.area_id] not in names for old in olds)
    if not by_another_name and not _only_these_lie_in(above.provinces, news, olds):
        return olds, False
    became = {successor for old in olds for successor in index.successors.get(old.area_id, ())}
    return ([*olds, *news], True) if became.isdisjoint(new.area_id for new in news) else (olds, False)


def _only_these_lie_in(provinces: set[int], these: list[Area], others: list[Area]) -> bool:
    return provinces.isdisjoint(area.province_id for area in others) and not provinces.isdisjoint(
        area.province_id for area in these
    )


def mentions(index: Index, address: SplitAddress, level: int, end: int) -> list[Mention]:
    """The units of this level that the words before `end` name; a name begins a part, or has its kind
    before it.
    """
    words, name, found = address.words, "", []
    longest = index.longest.get((level, words[end - 1]), 0) if end else 0
    for start in range(end - 1, max(0, end - min(longest, LONGEST_NAME)) - 1, -1):
        name = f"{words[start]} {name}" if name else words[start]
        if (areas := index.by_name.get((level, name))) and not (level == 3 and is_towns(words, start)):
            with_kind = kind_at(words, level, start)
            begins = with_kind or start in address.parts
            before = 0 if begins else kind_before(words, level, start)
            if before and level == 3:
                areas = of_kind(index.areas, areas, None)
            may_begin = begins or before or (len(address.parts) == 1 and not is_street(words, start))
            if (
                areas
                and may_begin
                and not (level == 3 and not begins and _is_anothers(index, address, start, name))
            ):
                found.append(Mention(start - before, areas, with_kind))
        if start in address.commas:
            break
    return found


def _is_anothers(index: Index, address: SplitAddress, at: int, name: str) -> bool:
    """Whether the kind before a name says that it is a district's or province's: where it begins a part,
    or there is such a unit.
    """
    kind = anothers_kind(address.words, at)
    return kind > 0 and (
        at - kind in address.parts or any((level, name) in index.by_name for level in (1, 2))
    )


def meant(index: Index, address: SplitAddress, readings: list[Reading], on: date) -> Reading | None:
    """The one of equally good readings that is meant, by the marks of the text and by the day; None where
    that tells nothing.

    The day does not tell namesakes apart where nothing above is named: of the Tân Phong of many places one is
    left today.
    """
    if any(reading.by_marks for reading in readings):
        readings = [reading for reading in readings if _is_marked_so(address, reading)]
    readings = [
        reading
        for reading in readings
        if not (_has_anothers_marks(index, address, reading) or _is_below_another(index, address, reading))
    ]
    readings = [reading for reading in readings if _has_its_marks(address, reading)] or readings
    standing = [reading for reading in readings if reading.area.stood(on)] or readings
    if len({reading.area.area_id for reading in standing}) != 1:
        return None
    found = min(standing, key=lambda reading: reading.start)
    if found.rank.levels == 1:
        one = {
            found.area.area_id,
            *index.successors_of(found.area.area_id),
            *index.predecessors_of(found.area.area_id),
        }
        if not one.issuperset(reading.area.area_id for reading in readings):
            return None
    if found.rank.levels == 1 and not found.with_kind and _is_a_provinces(index, address, found):
        return None
    said = " ".join(address.words[found.start : found.stop])
    if is_above_in_full(address.text) and not index.was_called(found.area, said):
        return None  # who writes so knows that it is no xã
    written = _written(address, found.start, found.stop)
    todays = found.in_district and index.made_there_and_marked_so(found.area, said, written, on)
    return found._replace(area=todays) if todays else found


def _is_a_provinces(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether a name alone is a province's, of which the commune is none: Hưng Yên is more than a commune
    of Kiên Giang.
    """
    written = _written(address, reading.start, reading.stop)
    named = index.by_name.get((1, " ".join(address.words[reading.start : reading.stop])), ())
    named = [
        each
        for each in named
        if written.isascii() or f" {with_marks(each.short_name)}".endswith(f" {written}")
    ]
    provinces = {each.area_id for each in named}
    return bool(provinces) and provinces.isdisjoint(
        (reading.area.province_id, *index.related(reading.area.province_id))
    )


def _has_its_marks(address: SplitAddress, reading: Reading) -> bool:
    """Whether the commune stands there with its marks, which tells Tân Thạnh from Tân Thành; TAN THANH
    tells neither.
    """
    if reading.stop - reading.start == 2 and address.words[reading.stop - 1].isdigit():
        return True  # Phường 2, which a neighbour that took it in is called, too
    return _is_marked_so(address, reading)


def _is_marked_so(address: SplitAddress, reading: Reading) -> bool:
    written = _written(address, reading.start, reading.stop)
    return not written.isascii() and f" {with_marks(reading.area.short_name)} " in f" {written} "


def _has_anothers_marks(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether the commune's letters stand there with the marks of another unit's name: Thạch Hà is not Thạch
    Hạ.

    In its district, which is named too, it is more likely that they are mistaken.
    """
    if reading.in_district:
        return False
    named = index.short_keys[reading.area.area_id]
    start = reading.stop - len(named.split(" "))
    if (
        len(index.marked[named]) < 2
        or start < reading.start
        or " ".join(address.words[start : reading.stop]) != named
    ):
        return False
    written = _written(address, start, reading.stop)
    return written in index.marked[named] and written not in (
        with_marks(reading.area.short_name),
        fold(written),
    )


def is_told_by_the_districts_marks(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether only its marks tell the district from another, since its province is not named: Thanh Trì,
    Thạnh Trị.
    """
    return len({with_marks(district.short_name) for district in _named_alone(index, address, reading)}) > 1


def _is_below_another(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether the district that stands there without its province has the marks of another than the
    commune's.
    """
    districts = _named_alone(index, address, reading)
    written = _written(address, _above(reading), len(address.words)) if districts else ""
    marked = {each.area_id for each in districts if f" {written}".endswith(f" {with_marks(each.short_name)}")}
    return not written.isascii() and bool(marked) and not index.ever_lay_in(reading.area, marked)


def _named_alone(index: Index, address: SplitAddress, reading: Reading) -> list[Area]:
    """All districts of the name that stands after the commune, where no province does."""
    if not reading.in_district or reading.rank.levels != 2:
        return []
    return index.by_name.get((2, " ".join(address.words[_above(reading) :])), [])


def _above(reading: Reading) -> int:
    """Where what is above the commune begins."""
    return reading.stop - reading.rank.skipped


def _written(address: SplitAddress, start: int, stop: int) -> str:
    """These words with their marks."""
    end = address.starts[stop] if stop < len(address.starts) else len(address.text)
    return with_marks(address.text[address.starts[start] : end])

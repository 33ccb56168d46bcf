"""What all units may be written as where names are compared without their spaces, by what is above them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from dancu.garbage import nothing_collected

from .folding import with_marks
from .hasty import COMMUNE, DISTRICT, PROVINCE, squeezed
from .index import Area, Index

SHORTEST_MISTYPED = {
    COMMUNE: 6,
    DISTRICT: 5,
    PROVINCE: 5,
}  # letters: of two shorter names one letter makes another
ANYWHERE = 0  # where nothing above is named; no unit's id
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


class Spelled(NamedTuple):
    """What one unit may be written as, without spaces."""

    plain: dict[str, set[tuple[str, ...]]]  # the words of what is spelled so
    with_kind: list[str]
    initials: str  # TB; said only after a kind, or last of all
    shortened: str  # T. Giang, Đ.Đa
    # a number or a single letter at the end tells it from another: Tân Thành A, Cát Tiên 2, Phường 13
    ends_apart: bool


class Names:
    """What the units of one level and one unit above may be written as, without spaces."""

    def __init__(self, level: int, areas: Iterable[tuple[Area, Spelled]]) -> None:
        self.plain: defaultdict[str, list[Area]] = defaultdict(list)
        self.with_kind: defaultdict[str, list[Area]] = defaultdict(list)
        self.initials: defaultdict[str, list[Area]] = defaultdict(list)
        self.shortened: defaultdict[str, list[Area]] = defaultdict(list)
        self.words: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        apart: set[str] = set()
        for area, spelled in areas:
            for name, words in spelled.plain.items():
                self.plain[name].append(area)
                self.words[name] |= words
            for name in spelled.with_kind:
                self.with_kind[name].append(area)
            if spelled.initials:
                self.initials[spelled.initials].append(area)
                self.shortened[spelled.shortened].append(area)
            if spelled.ends_apart:
                apart.update(spelled.plain)
        self.spelled = {
            *self.plain,
            *self.with_kind,
            *self.initials,
        }  # most of what is asked for is none of them
        self.long = [
            name for name in self.plain if len(name) >= SHORTEST_MISTYPED[level] and name not in apart
        ]

    @cached_property
    def short(self) -> set[str]:
        """The others: too short to be asked for with a letter wrong, or told apart by their end."""
        return self.plain.keys() - set(self.long)


class Country:
    """The names of one edition of the list, by what is above them."""

    def __init__(self, index: Index) -> None:
        self.index, self.areas = index, index.areas
        self._spelled = {
            area.area_id: _spelled(area.level, area.kind, index.short_keys[area.area_id], area.search_key)
            for area in index.areas.values()
        }
        self._names: dict[
            tuple[int, int], Names
        ] = {}  # by level and what is above; made when it is asked for
        self._below: defaultdict[tuple[int, int], list[Area]] = defaultdict(list)
        self.known: dict[int, set[str]] = {PROVINCE: set(), DISTRICT: set(), COMMUNE: set()}  # by level
        for area in index.areas.values():
            self.known[area.level].update(self._spelled[area.area_id].plain)
            if area.level < COMMUNE:
                self._below[area.level, ANYWHERE].append(area)
            for above in (*area.ancestors, *index.once_in.get(area.area_id, ())):
                self._below[area.level, above].append(area)

    def names(self, level: int, above: int = ANYWHERE) -> Names:
        """The names of the units of a level below one above, those included that lay in it once."""
        if (level, above) not in self._names:
            areas = self._below.get((level, above), [])
            self._names[level, above] = Names(level, [(area, self._spelled[area.area_id]) for area in areas])
        return self._names[level, above]

    @cached_property
    def syllables(self) -> set[str]:
        """The words of all short names."""
        return {squeezed(word) for named in self.index.short_keys.values() for word in named.split()}

    @cached_property
    def marked(self) -> set[str]:
        """The same with their marks."""
        return {word for area in self.areas.values() for word in with_marks(area.short_name).split()}

    @cached_property
    def markings(self) -> dict[str, set[str]]:
        """By what is spelled without marks, with which marks some unit is called so."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for area in self.areas.values():
            spelled = joined(self.index.short_keys[area.area_id].split())
            found[spelled].add(marked_together(area.short_name))
        return dict(found)


@lru_cache(maxsize=1 << 14)  # 9,500 of 14,000 units
def _spelled(level: int, its_kind: str, short_key: str, search_key: str) -> Spelled:
    plain: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name in (short_key, *search_key.split("|")):
        words = tuple(map(squeezed, name.split()))
        plain["".join(words)].add(words)
    first, *others = short_key.split()
    last = (others or [first])[-1]
    ends_apart = len(last) == 1 or last.isdigit()
    if first.isdigit() or last.isdigit():
        return Spelled(plain, [], "", "", ends_apart)
    kinds, whole = _SHORT_KINDS[level].get(its_kind, ()), joined((first, *others))
    return Spelled(
        plain,
        [squeezed(kind) + whole for kind in kinds],
        joined(word[0] for word in (first, *others)) if others else "",
        joined((first[0], *others)) if others else "",
        ends_apart,
    )


@lru_cache(maxsize=2)  # as many as the index keeps
def country(index: Index) -> Country:
    """The names of this edition of the list; made at the first address that needs them, in an eighth of a
    second.
    """
    with nothing_collected():
        return Country(index)


def joined(words: Iterable[str]) -> str:
    """The words of a name without their spaces."""
    return "".join(map(squeezed, words))


def marked_together(name: str) -> str:
    """A name with its marks, without its spaces."""
    return with_marks(name).replace(" ", "")

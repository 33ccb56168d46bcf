"""What all units may be written as where names are compared without their spaces, by what is above them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from .folding import key, with_marks
from .hasty import COMMUNE, DISTRICT, PROVINCE, squeezed
from .index import Area, Index

SHORTEST_MISTYPED = {COMMUNE: 6, DISTRICT: 5, PROVINCE: 5}  # letters: of two shorter names one letter makes another
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
                self.with_kind[squeezed(kind) + joined((first, *others))].append(area)
            if others:
                self.initials[joined(word[0] for word in (first, *others))].append(area)
                self.shortened[joined((first[0], *others))].append(area)
        self.spelled = {*self.plain, *self.with_kind, *self.initials}  # most of what is asked for is none of them
        shortest = SHORTEST_MISTYPED[level]
        self.long = [
            name for name, some in self.plain.items() if len(name) >= shortest and not any(map(_ends_apart, some))
        ]


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
            self.markings[joined(key(area.short_name).split())].add(marked_together(area.short_name))
        self.known = {
            level: {name for names in scopes.values() for name in names.plain} for level, scopes in self.scopes.items()
        }


@lru_cache(maxsize=2)  # as many as the index keeps
def country(index: Index) -> Country:
    """The names of this edition of the list; made at the first address that needs them, in half a second."""
    return Country(index)


def joined(words: Iterable[str]) -> str:
    """The words of a name without their spaces."""
    return "".join(map(squeezed, words))


def marked_together(name: str) -> str:
    """A name with its marks, without its spaces."""
    return with_marks(name).replace(" ", "")


def _ends_apart(area: Area) -> bool:
    """Whether a number or a single letter at the end tells it from another: Tân Thành A, Cát Tiên 2, Phường 13."""
    last = key(area.short_name).rpartition(" ")[2]
    return len(last) == 1 or last.isdigit()

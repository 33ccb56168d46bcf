"""Finding the names of units in words that may run together: spelled as they are, shortened, or with one
letter wrong.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from .folding import key, with_marks
from .hasty import COMMUNE, DISTRICT, KIND_OF, KINDS, PROVINCE, Words, squeezed
from .index import Area
from .kinds import is_place
from .spelling import ANYWHERE, SHORTEST_MISTYPED, Country, Names, marked_together

LEFT_OUT = 3  # words between the names, and after them


class NamedUnits(NamedTuple):
    """The units that the words from `start` to before `stop` name; `begins`: where without its kind."""

    start: int
    begins: int
    stop: int
    areas: list[Area]
    mistyped: int

    @property
    def with_kind(self) -> bool:
        return self.start < self.begins


class Finder:
    """Finds the names in one text, with as many letters mistyped in each as it is told."""

    def __init__(self, names: Country, words: Words, on: date, mistyped: int) -> None:
        self.names, self.words, self.on, self.mistyped = names, words, on, mistyped
        self._found: dict[tuple[int, int, int], list[NamedUnits]] = {}
        self._unknown: dict[tuple[int, int], list[tuple[tuple[int, int], str]]] = {}  # by level and end

    def named(self, level: int, above: int, end: int) -> list[NamedUnits]:
        """The units below one above that the words before `end` name, with no more than a few words in
        between.
        """
        asked = (level, above, end)
        if asked not in self._found:
            names = self.names.names(level, above)
            stretches = self.words.stretches(max(0, end - LEFT_OUT - 1), end) if names.plain else {}
            strictly = above == ANYWHERE or (level == COMMUNE and self.names.areas[above].level == PROVINCE)
            self._found[asked] = [*self._spelled(names, level, stretches, strictly)]
            if stretches and self.mistyped:
                self._found[asked] += self._misspelled(names, level, end, stretches)
        return self._found[asked]

    def may_name_a_commune_of(self, district: str, end: int) -> bool:
        """Whether the words before `end` may be meant to name a commune of a district that is spelled so.

        They may where they end in a name of one, with a letter wrong in it, and where their last part is no
        house, street or hamlet.
        """
        if not end:
            return False
        districts = self.names.names(DISTRICT).plain.get(district, [])
        if any(self.named(COMMUNE, each.area_id, end) for each in districts):
            return True
        begins = self.words.part_before(end)
        if not is_place(self.words.letters[begins:end]):
            return True
        part = self.words.squeezed[begins:end]
        meant = [("".join(part[at:]), 1) for at in range(1, len(part))]
        if part[0] in self.names.syllables:  # Đại Mạnh may be a street, Đại lộ Mạnh, or was to be Đại Mạch
            meant.append(("".join(part), 2))
        communes = [name for each in districts for name in self.names.names(COMMUNE, each.area_id).plain]
        return any(
            OSA.distance(spelled, name, score_cutoff=letters) <= letters
            for spelled, letters in meant
            if len(spelled) >= SHORTEST_MISTYPED[DISTRICT] - (letters > 1) and spelled.isalpha()
            for name in communes
        )

    def _spelled(
        self, names: Names, level: int, stretches: dict[tuple[int, int], str], strictly: bool
    ) -> Iterator[NamedUnits]:
        """`strictly`: marks that are another unit's speak against it; below its district they are more
        likely mistaken.
        """
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
                yield NamedUnits(start, start + 1, stop, areas, 0)
            elif (areas := names.initials.get(spelled)) and self._may_be_initials(
                level, start, stop, spelled
            ):
                yield from self._with_its_kind(level, start, stop, areas, 0)

    def _marked_so(self, start: int, stop: int, spelled: str, areas: list[Area]) -> list[Area]:
        """Without those that another unit's marks are written for: Thanh Hóa is not Thạnh Hóa. What has
        no marks may be either.
        """
        markings = self.names.markings.get(spelled, ())
        if len(markings) < 2:
            return areas
        written = marked_together(self.words.written(start, stop))
        if written.isascii() or written not in markings:
            return areas
        return [
            area
            for area in areas
            if written == (own := marked_together(area.short_name)) or own not in markings
        ]

    def _misspelled(
        self, names: Names, level: int, end: int, stretches: dict[tuple[int, int], str]
    ) -> Iterator[NamedUnits]:
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
            ((start, stop), spelled), name = some[row], names.long[column]
            if level < COMMUNE or (
                self._is_a_slip(start, stop, names, name) and not _is_nearly_another(spelled, name, names)
            ):
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
        return level not in KINDS.get((letter,), ()) and not (
            level == COMMUNE and self.words.is_a_kinds(start)
        )

    def _is_a_slip(self, start: int, stop: int, names: Names, name: str) -> bool:
        """Whether one word of a name is mistyped and the others are right, or all of them are one word.

        What is a word of some other name, or a kind, is not mistyped: Tân Lạ is not Tân Lập, nor Phường Long
        Thượng Long. With marks the letters must be the same but for one, too.
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

    def _with_its_kind(
        self, level: int, start: int, stop: int, areas: list[Area], mistyped: int
    ) -> Iterator[NamedUnits]:
        words = self.words
        began = start - words.kind_before(start, level)
        if level == COMMUNE and began == start and self._is_anothers(start, stop):
            return
        typed = KIND_OF.get("".join(words.letters[began:start]))
        if typed and level != PROVINCE:
            areas = of_kind(self.names.areas, areas, typed)
        begins = start + (
            words.letters[start][-1:].isdigit() and not words.letters[start].isdigit()
        )  # phuong13
        if areas:
            yield NamedUnits(began, begins, stop, areas, mistyped)

    def _is_anothers(self, start: int, stop: int) -> bool:
        """Whether the kind before a name says that it is a district's or province's: where a mark is
        before it, or there is such a unit.
        """
        words = self.words
        kind = max(words.kind_before(start, DISTRICT), words.kind_before(start, PROVINCE))
        if not kind or words.words[start].comma:
            return False
        spelled = "".join(words.squeezed[start:stop])
        return words.words[start - kind].begins or any(
            spelled in self.names.known[level] for level in (DISTRICT, PROVINCE)
        )


def _is_nearly_another(spelled: str, name: str, names: Names) -> bool:
    """Whether one with a shorter name, which is not asked for, is but a letter away too: Hải Ann is Hải
    Anh or Hải An.
    """
    return any(
        OSA.distance(spelled, short, score_cutoff=1) <= 1 and names.plain[short] != names.plain[name]
        for short in names.short
    )


def of_kind(areas: Mapping[int, Area], named: list[Area], kind: str | None) -> list[Area]:
    """Those of the units of one name that are meant where `kind` is written before it: of that kind, or else
    of any.

    A unit may have had another kind, or has another now. But a town that is called as its district is was
    that always, so Xã Đông Anh in Huyện Đông Anh is none.
    """
    if alike := [area for area in named if area.kind == kind]:
        return alike
    districts = ((area, areas[area.district_id]) for area in named if area.level == 3 and area.district_id)
    return [] if any(area.short_name == district.short_name for area, district in districts) else named


def _marked(area: Area, meant: tuple[str, ...]) -> list[str]:
    """The words of that one of a unit's names that is written so without its marks, with them."""
    for name in (area.name, *area.aliases):
        words = re.sub("['’]", "", name.lower()).replace("-", " ").split()[-len(meant) :]
        if tuple(squeezed(word) for word in key(" ".join(words)).split()) == meant:
            return words
    return list(meant)

"""The commune that somebody typed into a field by itself: told only where it is meant for sure, or else those
that may be meant.

An address has a street, a district, a province that speak for a commune or against it; a name alone has
nothing but its letters. So it is taken only where every word that was typed, marks and all, is a name of that
commune or of what it lies in, or a kind.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .folding import marked_alike, placed_words
from .forms import usual
from .index import COMMUNE, DISTRICT, Area, Index
from .kinds import KINDS, kind_at
from .parsing import FoundCommune, find
from .search import Match, nearest, remembered, search, standing

LONGEST = 200  # letters: nobody types more to name a commune
_PROVINCE = 1
_ALL_KINDS = [kind for level in (COMMUNE, DISTRICT, _PROVINCE) for kind in KINDS[level]]
_COUNTRY = (["viet", "nam"], ["vietnam"], ["vn"])
_MOST_TAILS = 4


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the one commune that is meant for sure, or else those that may be meant, best first."""

    area: Area | None
    offered: list[Match]


def read(index: Index, text: str, on: date, limit: int) -> Typed:
    """See lookups.named. What was typed once is asked again: a declaration is checked as a whole at each
    of its steps.
    """
    if len(text) > LONGEST:
        return _read(index, text, on, limit)
    return remembered(index, ("typed", text, on, limit), lambda: _read(index, text, on, limit))


def _read(index: Index, text: str, on: date, limit: int) -> Typed:
    text = unicodedata.normalize("NFC", text)
    plain = usual(text) if len(text) <= LONGEST else ""
    found = find(index, plain, on) if plain else None
    may_be = _standing(index, found, on)
    if plain and on < index.begins_last and (later := find(index, plain, date.max)):
        known = {match.area.area_id for match in may_be}  # whoever types knows today's names
        may_be += [match for match in _standing(index, later, on) if match.area.area_id not in known]
    if found and len(may_be) == 1 and found.begins == 0 and _is_meant(index, plain[found.ends :], found.area):
        return Typed(may_be[0].area, [])
    offered, as_typed = nearest(index, text, suggested(index, text, on, limit))
    if not as_typed:
        offered = [*_by_tails(index, text, on, limit), *offered]
    each_once = {match.area.area_id: match for match in reversed([*may_be, *offered])}
    return Typed(None, list(each_once.values())[::-1][:limit])


def _standing(index: Index, found: FoundCommune | None, on: date) -> list[Match]:
    return sorted(standing(index, found.area, on), key=lambda match: match.partly) if found else []


def suggested(index: Index, text: str, on: date, limit: int) -> list[Match]:
    """The communes of that day that have all the words of a text in their names, best first; where there are
    none, those that have its last ones: "Ấp Thới Hòa, Bến Cầu".
    """
    return search(index, text, on, COMMUNE, limit) or _by_tails(index, text, on, limit)


def _by_tails(index: Index, text: str, on: date, limit: int) -> list[Match]:
    found = (nearest(index, tail, search(index, tail, on, COMMUNE, limit)) for tail in _tails(text))
    return next((some for some, as_typed in found if as_typed), [])


def _tails(text: str) -> Iterator[str]:
    """A text without its first parts, then each part by itself, then the text without its first words, of
    which two remain at least.
    """
    parts = [part.strip() for part in text[:LONGEST].split(",") if part.strip()][:_MOST_TAILS]
    if len(parts) > 1:
        yield from (", ".join(parts[at:]) for at in range(1, len(parts) - 1))
        yield from parts
    said = text[:LONGEST].split()
    yield from (" ".join(said[at:]) for at in range(1, min(len(said) - 1, _MOST_TAILS + 1)))


class _Said:
    """Words that name a commune and what it lies in, and how each is written."""

    def __init__(self, text: str) -> None:
        self.words, starts = placed_words(text)
        ends = [
            next((later for later in starts[at:] if later > start), len(text))
            for at, start in enumerate(starts)
        ]
        self.written = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        for country in _COUNTRY:
            if self.words[-len(country) :] == country:
                del self.words[-len(country) :]

    def after(self, at: int, name: str) -> int | None:
        """Where a name ends that is written from a word on, with its own marks or with none; None where
        it is not.
        """
        named, _ = placed_words(name)
        end = at + len(named)
        if not named or self.words[at:end] != named:
            return None
        alike = zip(self.written[at:end], _Said(name).written, strict=True)
        return end if all(marked_alike(written, own) for written, own in alike) else None

    def without_kind(self, at: int) -> Iterator[int]:
        """Where a unit's name may begin whose kind, if it has one here, begins at a word."""
        yield at
        for kind in _ALL_KINDS:
            if self.words[at : at + len(kind)] == kind:
                yield at + len(kind)


def says(index: Index, text: str, area: Area) -> bool:
    """See lookups.says."""
    return len(text) <= LONGEST and any(
        _spelled(index, _Said(usual(unicodedata.normalize("NFC", text))), area)
    )


def _is_meant(index: Index, text: str, area: Area) -> bool:
    """Whether a text says nothing but this commune and what it lies in, and does not say a district or a
    province as well.
    """
    said = _Said(text)
    spelled = next(_spelled(index, said, area), None)
    return spelled is not None and (
        _says_commune(said, spelled[0]) or not _may_be_above(index, said, *spelled, area)
    )


def _spelled(index: Index, said: _Said, area: Area) -> Iterator[tuple[int, int]]:
    """From which word to which a unit's name stands, where nothing follows it but names of what it lies
    in or lay in.
    """
    above = [unit for each in _it_and_its_kin(index, area) for unit in _above(index, each)]
    for begins in said.without_kind(0):
        ends = (said.after(begins, name) for name in _names(area))
        yield from ((begins, end) for end in ends if end is not None and _leads_to_the_end(said, end, above))


def _leads_to_the_end(said: _Said, at: int, above: list[Area]) -> bool:
    """Whether nothing but names of units above the commune follows, each perhaps with its kind."""
    reached, waiting = {at}, [at]
    while waiting:
        for begins in said.without_kind(waiting.pop()):
            for unit in above:
                ends = {
                    end for name in _names(unit) if (end := said.after(begins, name)) is not None
                } - reached
                reached |= ends
                waiting += ends
    return len(said.words) in reached


def _names(area: Area) -> Iterator[str]:
    yield from dict.fromkeys((area.short_name, area.name, *area.aliases))


def _it_and_its_kin(index: Index, area: Area) -> list[Area]:
    return [area, *(index.areas[other] for other in index.related(area.area_id))]


def _above(index: Index, area: Area) -> Iterator[Area]:
    """What it lies in or lay in, and what that province was made from or became."""
    ids = {*area.ancestors, *index.once_in.get(area.area_id, ()), *index.related(area.province_id)}
    yield from (index.areas[unit] for unit in ids)


def _says_commune(said: _Said, begins: int) -> bool:
    """Whether a commune's kind is before the name: Huyện is a district's, though five communes were
    called so.
    """
    return begins > 0 and kind_at(said.words, COMMUNE, 0) and said.words[0] != "huyen"


def _may_be_above(index: Index, said: _Said, begins: int, end: int, area: Area) -> bool:
    """Whether a district or province is written so too, of which the commune is not all: "Tuyên Quang",
    "Ba Đình, Hà Nội".
    """
    around = {each.province_id for each in _it_and_its_kin(index, area)}
    around = around.union(*map(index.related, around))
    name = " ".join(said.words[begins:end])
    for level in (_PROVINCE, DISTRICT):
        for unit in index.by_name.get((level, name), ()):
            written_so = any(said.after(begins, own) == end for own in _names(unit))
            here = unit.province_id in around or end == len(said.words)
            if written_so and here and not _is_all_of(index, area, unit):
                return True
    return False


def _is_all_of(index: Index, area: Area, unit: Area) -> bool:
    """Whether a district was or became this commune: Lý Sơn."""
    communes = [each for each in index.below.get(unit.area_id, ()) if index.areas[each].level == COMMUNE]
    became = {area.area_id, *index.related(area.area_id)}
    return bool(communes) and all(
        each in became and set(index.successors.get(each, ())) <= became for each in communes
    )

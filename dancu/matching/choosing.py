"""Whom an official means who names somebody for a form: the people to choose from, and the one chosen."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.matching.errors import NothingToSearchBy
from dancu.matching.lines.one_line import ReadLine, read_line
from dancu.matching.searching import Hit, search_readings
from dancu.register import lookups as register
from dancu.register.lookups import FoundPerson

MOST_OFFERED = 10
_RECORD = re.compile(r"#\s*([0-9]{1,18})")


@dataclass(frozen=True)
class PersonCandidates:
    """The likeliest first. `is_cut`: there may be more who fit."""

    hits: Sequence[Hit]
    is_cut: bool = False

    @property
    def one(self) -> Hit | None:
        """The only one, where everything that was typed fits them."""
        return self.hits[0] if len(self.hits) == 1 and self.hits[0].exact else None


def candidates_for(acting: Acting, text: str, but: Collection[int] = ()) -> PersonCandidates:
    """People of the official's jurisdiction whom a line may mean: name, birth date, commune and telephone in
    any order, a number of 12 or 9 digits, the text of an identity card's code, or `#` and a record's number.
    At most 10; not those of `but`. Everybody found is written to the audit.

    Without the duty `search` a person is found by their whole number alone. Raises NothingToSearchBy, other
    BadValue, TooMuchRead.
    """
    by_name = acting.may("search")
    if by_name and (record := _RECORD.fullmatch(text.strip())):
        reading.count(acting)
        found = chosen(acting, int(record[1]))
        return PersonCandidates([Hit(found, exact=True)] if found and found.person_id not in but else [])
    lines = read_line(text, register.visible_areas(acting))
    if not by_name:
        lines = [ReadLine(line.number) for line in lines if line.number][:1]
    if not lines:
        raise NothingToSearchBy
    _at, result = search_readings(acting, lines)
    hits = [hit for hit in result.hits if (hit.exact or by_name) and hit.person.person_id not in but]
    is_cut = len(hits) > MOST_OFFERED or bool(result.after) or result.crowded or result.too_common
    return PersonCandidates(hits[:MOST_OFFERED], is_cut)


def may_choose(acting: Acting, person_id: int) -> int | None:
    """The record that this one means now, itself or the one that it was merged into, if the person lives in
    the official's jurisdiction.
    """
    now = register.merged_into(person_id)
    return now if register.may_see(acting, now) else None


def chosen(acting: Acting, person_id: int) -> FoundPerson | None:
    """The same, to be shown. Written to the audit."""
    row = register.people(filter(None, [may_choose(acting, person_id)]))
    for now, person in row.items():
        audit.record(acting, "register.search", [now], detail="chosen")
        return FoundPerson(**{name: person[name] for name in FoundPerson.__slots__})
    return None

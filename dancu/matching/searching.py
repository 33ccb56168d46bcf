"""An official's search: whom the fields lead to as they stand, and who else may be meant, with what speaks for them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.folding import fold
from dancu.matching.answers import Weighed, scorer, who_is
from dancu.matching.compare import Declared
from dancu.matching.dates import DeclaredDate
from dancu.matching.seeking import held, known_birth, sought
from dancu.register import candidates
from dancu.register import lookups as register
from dancu.register.candidates import Candidate
from dancu.register.lookups import Found

MOST_MEANT = 10


@dataclass(frozen=True)
class Hit:
    """A person found. `exact`: nothing that was asked speaks against them; otherwise `waterfall` says what does and what speaks
    for them: {"field", "level", "weight"} with weights in bits, the prior first.
    """

    person: Found
    exact: bool
    waterfall: list[dict[str, str | float]] | None = None


def search(
    acting: Acting,
    *,
    number: str = "",
    phone: str = "",
    name: str = "",
    birth_date: DeclaredDate | None = None,
    commune: int | None = None,
) -> list[Hit]:
    """The people of the official's jurisdiction whom this means, first those who fit as it stands (register.lookups.search), then,
    where there is nobody or where several fields narrow it down, at most 10 who may be meant, the likeliest first.

    Of several fields each must fit: whom one leads to and another does not is one who may be meant. `commune`: its area_id;
    where none is named, an official of a commune means their own. Every person found is written to the audit.
    """
    found = register.search(acting, number=number, phone=phone, name=name, birth_date=_day(birth_date))
    several = sum(map(bool, (number, phone, name or birth_date, commune))) > 1
    if found and not several:
        return [Hit(person, exact=True) for person in found]
    home = commune or _own_commune(acting)
    declared = Declared(
        number,
        name,
        birth_date,
        home_areas=frozenset(areas.ids_below(home) if home else ()),
        home_area=home,
        phone=phone,
    )
    weighed = {one.person.person_id: one for one in _ranked(acting, declared, found)}
    fitting = [person for person in found if _fits(declared, weighed[person.person_id], bool(commune))]
    for person in fitting:
        del weighed[person.person_id]
    meant = sorted(weighed.values(), key=lambda one: -one.score.weight)[:MOST_MEANT]
    if others := {one.person.person_id for one in meant}.difference(person.person_id for person in found):
        audit.record(acting, "register.search", others, detail="perhaps meant")
    return [
        *(Hit(person, exact=True) for person in fitting),
        *(Hit(one.person, exact=False, waterfall=one.score.as_json()) for one in meant),
    ]


def _day(birth: DeclaredDate | None) -> dt.date | None:
    """As the register writes it where no more is known: the first of the month, or of the year."""
    return dt.date(birth.year, birth.month or 1, birth.day or 1) if birth else None


def _own_commune(acting: Acting) -> int | None:
    if acting.jurisdiction_kind != "area" or areas.get(acting.jurisdiction_id).level != areas.COMMUNE:
        return None
    return acting.jurisdiction_id


def _ranked(acting: Acting, declared: Declared, found: Sequence[Found]) -> Iterable[Weighed]:
    """Whoever of the jurisdiction may be meant, and those already found though little speaks for them."""
    known = {person.person_id for person in found}
    answer = who_is(declared, lambda people: known | register.may_see_of(acting, {*people} - known))
    ranked = {one.person.person_id: one for one in answer.ranked}
    yield from ranked.values()
    yield from _weighed(declared, known - ranked.keys())


def _weighed(declared: Declared, person_ids: set[int]) -> Iterable[Weighed]:
    """These people, each weighed by the home that fits best; whom a number led to counts as its holder."""
    if not person_ids:
        return
    scoring = scorer()
    fields = dict(scoring.model.fields)
    seeking = sought(declared, fields)
    led_by = {one.person_id: one.led_by for one in candidates.holders(seeking.numbers).people}
    homes = candidates.other_homes(person_ids)
    for person_id, row in register.people(person_ids).items():
        person = _candidate(row, led_by.get(person_id))
        scores = [
            scoring.score(seeking.record, held(person, fields, lives_in))
            for lives_in in (None, *homes.get(person_id, ()))
        ]
        yield Weighed(person, max(scores, key=lambda score: score.weight))


def _candidate(row: dict[str, Any], led_by: str | None) -> Candidate:
    known = (
        "person_id",
        "pin",
        "full_name",
        "birth_date",
        "birth_precision",
        "sex",
        "status",
        "home_area",
        "cmnd",
        "phone",
    )
    return Candidate(**{name: row[name] for name in known}, led_by=led_by)


_FITTING = {"same", "missing", "same_commune", "current_commune"}
_OTHERWISE = {"family_name", "middle_name", "given_name", "birth_date"}  # whether these fit is said below


def _fits(declared: Declared, weighed: Weighed, at_home: bool) -> bool:
    """Whether all that was asked is theirs. `at_home`: the commune was asked."""
    ignored = _OTHERWISE if at_home else _OTHERWISE | {"home"}
    levels = weighed.score.levels.items()
    return (
        _bears(declared.full_name, weighed.person)
        and _born_then(declared.birth, weighed.person)
        and all(level in _FITTING for field, level in levels if field not in ignored)
    )


def _bears(name: str, person: Found) -> bool:
    """The name, or its last words, with or without marks."""
    asked = fold(name)
    return not asked or f" {fold(person.full_name)}".endswith(f" {asked}")


def _born_then(asked: DeclaredDate | None, person: Found) -> bool:
    """As far as both know it."""
    known = known_birth(person.birth_date, person.birth_precision)
    parts = ((asked.year, known.year), (asked.month, known.month), (asked.day, known.day)) if asked else ()
    return all(ours == theirs for ours, theirs in parts if ours and theirs)

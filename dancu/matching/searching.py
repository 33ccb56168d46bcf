"""An official's search: whom the fields lead to as they stand, and who else may be meant, with what
speaks for them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dancu.accounts import reading
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.linkage.model.scoring import EvidenceStep
from dancu.matching.answers import AnswerKind, Weighed, scorer, who_is
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.fitting import born_near, fits, holds, is_named_so_of_that_year
from dancu.matching.lines.one_line import ReadLine
from dancu.matching.nearby import nearby, span
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.parts import NameParts
from dancu.matching.query import held, sought
from dancu.matching.standing import standing
from dancu.matching.vietnamese_kinds import prepare
from dancu.register import candidates
from dancu.register import lookups as register
from dancu.register.candidates import Candidate
from dancu.register.lookups import FoundPerson, Position, RegisteredPerson, SearchPage, bears
from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate

MOST_MEANT = 10
_SURELY = 10.0  # bits beyond a threshold: a thousand to one
_LEAST = 0.25  # of the bits that the question can bring at most, what somebody meant brings


@dataclass(frozen=True)
class Hit:
    """A person found. `exact`: nothing that was asked speaks against them; otherwise `waterfall` says what
    does and what speaks for them: {"field", "level", "weight"} with weights in bits, the prior first; and
    `decides` whether what was asked could make it a match without people deciding (people.toml), however much
    it weighs.
    """

    person: FoundPerson
    exact: bool
    waterfall: list[EvidenceStep] | None = None
    decides: bool = True


@dataclass(frozen=True)
class Looked:
    """What a search gave. `after`: where the next page of those who fit begins. `crowded`: something asked
    led to more people than are read, so that others may be meant as well; `nearly_crowded`: the same of what
    is only like it. `wider`: those were looked for too who nearly fit. `tells`: whether all that was asked
    would be enough to tell one person from all others. `too_common`, `by_ending`, `formerly` and
    `born_formerly`: as register.lookups.search gives them.
    """

    hits: list[Hit]
    after: Position | None = None
    crowded: bool = False
    nearly_crowded: bool = False
    wider: bool = False
    tells: bool = True
    too_common: bool = False
    by_ending: bool = False
    formerly: Mapping[int, str] = field(default_factory=dict)
    born_formerly: Mapping[int, dt.date] = field(default_factory=dict)


def search(
    acting: Acting,
    *,
    number: str = "",
    phone: str = "",
    name: str = "",
    birth_date: PartialDate | None = None,
    commune: int | None = None,
) -> list[Hit]:
    """Whom this means: the first page of what `look` finds."""
    places = [commune] if commune else []
    return look(acting, number=number, phone=phone, name=name, birth_date=birth_date, places=places).hits


def look_up(acting: Acting, lines: Sequence[ReadLine], wider: bool = False) -> tuple[int, Looked]:
    """What the readings of a line lead to (one_line.read_line): the first by which somebody is found as
    asked, or else somebody who may be meant, or else the first; and its place among them. Raises TooMuchRead.
    """
    reading.count(acting)
    looked: list[Looked] = []
    for line in lines:
        looked.append(look(acting, **line.asked, wider=wider))
        if any(hit.exact for hit in looked[-1].hits):
            break
    ranked = sorted(range(len(looked)), key=lambda at: (_unlike(looked[at]), at))
    return ranked[0], looked[ranked[0]]


def whoever(declared: ClaimedIdentity, most: int) -> Sequence[FoundPerson]:
    """Whom somebody may be who stands before an official, wherever they live: whom the surer keys lead to, or
    else who was called or believed born so before two records became theirs, and those a letter, a digit, a
    day or a year apart; at most so many, the likeliest first. The caller writes the audit.
    """
    answer = who_is(declared)
    ranked: list[FoundPerson] = [one.person for one in answer.ranked[:most]]
    if answer.kind == AnswerKind.MATCH or len(ranked) == most:
        return ranked
    if declared.full_name and declared.birth:
        ranked += register.formerly_anywhere(declared.full_name, span(declared.birth))
    ranked = list({person.person_id: person for person in ranked}.values())
    others = nearby(declared, None).people.keys() - {person.person_id for person in ranked}
    near = [one for one in _weighed(declared, others) if _may_be_meant(declared, one)]
    near.sort(key=lambda one: (-one.score.weight, _years_off(declared.birth, one.person)))
    return [*ranked, *(one.person for one in near)][:most]


def _unlike(looked: Looked) -> int:
    return 0 if any(hit.exact for hit in looked.hits) else 1 if looked.hits else 2


def look(
    acting: Acting,
    *,
    number: str = "",
    phone: str = "",
    name: str = "",
    birth_date: PartialDate | None = None,
    or_before: bool = False,
    places: Sequence[int] = (),
    after: Position | None = None,
    wider: bool = False,
) -> Looked:
    """The people of the official's jurisdiction whom this means, first those who fit as it stands
    (register.lookups.search: at most 50, `after` asks for the next), then, where there is nobody, where
    several fields narrow it down or where `wider` asks for it, at most 10 who may be meant, the likeliest
    first.

    Of several fields each must fit: whom one leads to and another does not is one who may be meant. Of the
    birth date the year may be all that is known, or year and month; `or_before`: the year or the one before,
    as an age says. `places`: area_ids of units of any level, one of which is meant; where none is named, an
    official of a commune means their own. Every person found is written to the audit.
    """
    if after:  # a page further; the first is counted by whoever looks a line up
        reading.count(acting)
    born = span(birth_date) if birth_date else (None, None)
    if or_before and birth_date:
        born = (span(PartialDate(birth_date.year - 1))[0], born[1])
    until = born[1] if birth_date and not birth_date.day else None
    here = frozenset(area_id for place in places for area_id in areas.ids_below(place))
    listing = register.search(
        acting,
        number=number,
        phone=phone,
        name=name,
        birth_date=born[0],
        until=until,
        places=here,
        after=after,
    )
    found = listing.people
    numbers = bool(number) + bool(phone)
    several = numbers and numbers + bool(name or birth_date) + bool(places) > 1
    if after or (found and not several and not wider):
        return _looked([Hit(person, exact=True) for person in found], listing)
    declared = _declared(acting, number, phone, name, birth_date, places)
    ranked, crowded = _ranked(acting, declared, found, wider)
    weighed = {one.person.person_id: one for one in ranked}
    formerly = listing.formerly.keys() | listing.born_formerly.keys()
    fitting = [
        person
        for person in found
        if fits(declared, weighed[person.person_id], here, or_before)
        or (person.person_id in formerly and not several)
    ]
    fitting.sort(key=lambda person: not holds(weighed[person.person_id]))
    for person in fitting:
        del weighed[person.person_id]
    if (
        not found and not numbers
    ):  # whom the matcher alone led to, such as by a birth date in a whole province
        fitting = [one.person for one in weighed.values() if fits(declared, one, here, or_before)]
        weighed = {key: one for key, one in weighed.items() if one.person not in fitting}
    meant = sorted(weighed.values(), key=lambda one: (-one.score.weight, _years_off(birth_date, one.person)))[
        :MOST_MEANT
    ]
    if others := {one.person.person_id for one in meant}.difference(person.person_id for person in found):
        audit.record(acting, "register.search", others, detail="perhaps meant")
    hits = [
        *(Hit(person, exact=True) for person in fitting),
        *(
            Hit(one.person, exact=False, waterfall=one.score.as_json(), decides=_decides(one))
            for one in meant
        ),
    ]
    tells = _most(declared) >= scorer().weights.thresholds["match"]
    return replace(_looked(hits, listing), nearly_crowded=crowded, wider=True, tells=tells)


def _decides(one: Weighed) -> bool:
    return bool(one.standing and one.standing.may_be)


def _looked(hits: list[Hit], listing: SearchPage) -> Looked:
    told = ("after", "crowded", "too_common", "by_ending", "formerly", "born_formerly")
    return Looked(hits, **{name: getattr(listing, name) for name in told})


def _declared(
    acting: Acting, number: str, phone: str, name: str, birth_date: PartialDate | None, places: Sequence[int]
) -> ClaimedIdentity:
    """What was asked, as the matcher takes it: one commune as the home, several units as the areas where the
    home may lie. An official's own commune, where none was named, is only where it is looked: whoever they
    see lives there, so that it is evidence for nobody.
    """
    home = places[0] if len(places) == 1 and areas.get(places[0]).level == areas.COMMUNE else None
    meant = list(places) or list(filter(None, [_own_commune(acting)]))
    here = frozenset(area_id for place in meant for area_id in areas.ids_below(place))
    return ClaimedIdentity(number, name, birth_date, home_areas=here, home_area=home, phone=phone)


def _own_commune(acting: Acting) -> int | None:
    if acting.jurisdiction_kind != "area" or areas.get(acting.jurisdiction_id).level != areas.COMMUNE:
        return None
    return acting.jurisdiction_id


def _ranked(
    acting: Acting, declared: ClaimedIdentity, found: Sequence[FoundPerson], wider: bool
) -> tuple[list[Weighed], bool]:
    """Whoever of the jurisdiction may be meant, and those already found though little speaks for them;
    whether there may be more.
    """
    known = {person.person_id for person in found}
    answer = who_is(declared, lambda people: known | register.may_see_of(acting, {*people} - known))
    ranked = {one.person.person_id: one for one in answer.ranked}
    if answer.kind == AnswerKind.MATCH and not wider:
        return [*ranked.values(), *_weighed(declared, known - ranked.keys())], False
    near = nearby(declared, register.visible_areas(acting))
    others = near.people.keys() - ranked.keys() - known
    seen = register.may_see_of(acting, others) if others else set()
    ranked |= {
        one.person.person_id: one
        for one in _weighed(declared, seen)
        if _may_be_meant(declared, one) or is_named_so_of_that_year(declared, one.person)
    }
    return [*ranked.values(), *_weighed(declared, known - ranked.keys())], near.crowded or bool(answer.capped)


def _may_be_meant(declared: ClaimedIdentity, one: Weighed) -> bool:
    """Whether name and birth date are near what was asked, or enough of it all speaks for them: where little
    was asked, little can. Where enough was asked to tell, nobody is meant who is almost certainly another.
    """
    scoring, levels = scorer(), one.score.levels
    limits, evidence = scoring.weights.thresholds, one.score.weight - scoring.prior
    most = _most(declared)
    if most >= limits["match"] and one.score.weight < limits["review"] - _SURELY:
        return False
    unlike = {field for field in ("given_name", "family_name", "birth_date") if levels[field] == "different"}
    if declared.full_name and bears(fold(declared.full_name), one.person.full_name):
        unlike -= {"given_name", "family_name"}
    if born_near(declared.birth, one.person):
        unlike -= {"birth_date"}
    if not unlike:
        return True
    return len(unlike) < 2 and evidence >= _LEAST * (most - scoring.prior)


def _most(declared: ClaimedIdentity) -> float:
    """The most that somebody can weigh of whom this is asked."""
    scoring = scorer()
    return scoring.most(sought(declared, dict(scoring.model.fields)).record)


def _years_off(asked: PartialDate | None, person: FoundPerson) -> int:
    return abs(asked.year - person.birth_date.year) if asked else 0


def _weighed(declared: ClaimedIdentity, person_ids: set[int]) -> Iterable[Weighed]:
    """These people, each weighed by the home and by the order of the name's words that fit best; whom a
    number led to counts as its holder.
    """
    if not person_ids:
        return
    scoring = scorer()
    fields = dict(scoring.model.fields)
    seeking = sought(declared, fields)
    records = [
        seeking.record,
        *(other.record for other in seeking.otherwise()),
        *_as_it_stands(declared, seeking.record),
    ]
    led_by = {one.person_id: one.led_by for one in candidates.holders(seeking.numbers).people}
    homes = candidates.other_homes(person_ids)
    for person_id, row in register.people(person_ids).items():
        person = candidate(row, led_by.get(person_id))
        scores = [
            (scoring.score(record, other), record, other)
            for lives_in in (None, *homes.get(person_id, ()))
            for other in [held(person, fields, lives_in)]
            for record in records
        ]
        score, record, other = max(scores, key=lambda scored: scored[0].weight)
        is_near = score.weight >= scoring.weights.thresholds["review"]
        yield Weighed(person, score, standing(scoring.model, score, record, other) if is_near else None)


def _as_it_stands(declared: ClaimedIdentity, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is sought, with the first word as the family name where it is none, since a letter of it may
    be wrong: "ương Hoàng Thảo".
    """
    name = normalise_name(declared.full_name)
    if "given_first" in name.faults and len(words := name.text.split()) > 1:
        yield record | prepare(
            {"name": "vietnamese_name"}, {"name": NameParts(words[0], " ".join(words[1:-1]), words[-1])}
        )


def candidate(row: RegisteredPerson, led_by: str | None) -> Candidate:
    """A row of the register, as comparing needs it."""
    return Candidate(
        person_id=row["person_id"],
        pin=row["pin"],
        full_name=row["full_name"],
        birth_date=row["birth_date"],
        birth_precision=row["birth_precision"],
        sex=row["sex"],
        status=row["status"],
        home_area=row["home_area"],
        cmnd=row["cmnd"],
        phone=row["phone"],
        led_by=led_by,
    )

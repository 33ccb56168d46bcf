"""An official's search: the people whom the fields fit as they stand, and others who may be meant, with the
evidence for them.
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
from dancu.matching.answers import AnswerKind, ScoredCandidate, scorer, who_is
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.fitting import fits, has_name_and_year, holds, is_birth_near
from dancu.matching.lines.one_line import ReadLine
from dancu.matching.nearby import nearby, span
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.parts import NameParts
from dancu.matching.query import query_for, register_record
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
_LEAST = 0.25  # of the bits that the search can bring at most, what a likely person has to bring


@dataclass(frozen=True)
class Hit:
    """A person found. `exact`: everything that was searched for fits them. Otherwise `waterfall` has the
    evidence for and against: {"field", "level", "weight"} with weights in bits, the prior first; and
    `decides` says whether the search could make them a match without people deciding (people.toml), whatever
    they weigh.
    """

    person: FoundPerson
    exact: bool
    waterfall: list[EvidenceStep] | None = None
    decides: bool = True


@dataclass(frozen=True)
class SearchResult:
    """A page of a search. `after`: where the next page of exact hits begins. `crowded`: a key had more people
    than are read, so others may be meant as well; `nearly_crowded`: the same for keys that are only similar.
    `wider`: people who nearly fit were looked up too. `tells`: whether the search holds enough to tell one
    person from all others. `too_common`, `by_ending`, `formerly` and `born_formerly`: as
    register.lookups.search gives them.
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
    """The hits on the first page of `search_page`."""
    places = [commune] if commune else []
    return search_page(
        acting, number=number, phone=phone, name=name, birth_date=birth_date, places=places
    ).hits


def search_readings(
    acting: Acting, lines: Sequence[ReadLine], wider: bool = False
) -> tuple[int, SearchResult]:
    """Search by the readings of a line (one_line.read_line). Gives the place and the result of the first
    reading with an exact hit, else of the first with any hit, else of the first. Raises TooMuchRead.
    """
    reading.count(acting)
    looked: list[SearchResult] = []
    for line in lines:
        looked.append(search_page(acting, **line.search_fields, wider=wider))
        if any(hit.exact for hit in looked[-1].hits):
            break
    ranked = sorted(range(len(looked)), key=lambda at: (_unlike(looked[at]), at))
    return ranked[0], looked[ranked[0]]


def candidates_anywhere(declared: ClaimedIdentity, most: int) -> Sequence[FoundPerson]:
    """The people whom somebody before an official may be, wherever they live: those whom the surer keys lead
    to; else those who had this name or birth date before a merge, and those who are a letter, a digit, a day
    or a year apart. At most `most`, the likeliest first. The caller writes the audit.
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


def _unlike(looked: SearchResult) -> int:
    return 0 if any(hit.exact for hit in looked.hits) else 1 if looked.hits else 2


def search_page(
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
) -> SearchResult:
    """A page of the people of the official's jurisdiction who fit: first the exact hits
    (register.lookups.search: at most 50; `after` gives the next page), then at most 10 people who may be
    meant, the likeliest first. The latter are looked up where there is no exact hit, where several fields
    were given, or where `wider` is set.

    An exact hit fits every field; a person who fits only some may be meant. `birth_date` may be a year, or a
    year and month; `or_before`: the year before fits as well, as for an age. `places`: area_ids of units of
    any level, one of which is meant; without any, an official of a commune means their own commune. Every
    person found is written to the audit.
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


def _decides(one: ScoredCandidate) -> bool:
    return bool(one.standing and one.standing.may_be)


def _looked(hits: list[Hit], listing: SearchPage) -> SearchResult:
    told = ("after", "crowded", "too_common", "by_ending", "formerly", "born_formerly")
    return SearchResult(hits, **{name: getattr(listing, name) for name in told})


def _declared(
    acting: Acting, number: str, phone: str, name: str, birth_date: PartialDate | None, places: Sequence[int]
) -> ClaimedIdentity:
    """The search as an identity to compare: one commune is the home, several units are the areas where the
    home may lie. An official's own commune, where none was given, only limits the search: everybody they see
    lives there, so it is evidence for nobody.
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
) -> tuple[list[ScoredCandidate], bool]:
    """The people of the jurisdiction who may be meant, with those already found, however little they fit; and
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
        if _may_be_meant(declared, one) or has_name_and_year(declared, one.person)
    }
    return [*ranked.values(), *_weighed(declared, known - ranked.keys())], near.crowded or bool(answer.capped)


def _may_be_meant(declared: ClaimedIdentity, one: ScoredCandidate) -> bool:
    """Whether name and birth date are near those searched for, or enough other evidence fits: a search with
    few fields can bring little. Where the search could tell one person from all others, nobody is meant who
    is almost certainly somebody else.
    """
    scoring, levels = scorer(), one.score.levels
    limits, evidence = scoring.weights.thresholds, one.score.weight - scoring.prior
    most = _most(declared)
    if most >= limits["match"] and one.score.weight < limits["review"] - _SURELY:
        return False
    unlike = {field for field in ("given_name", "family_name", "birth_date") if levels[field] == "different"}
    if declared.full_name and bears(fold(declared.full_name), one.person.full_name):
        unlike -= {"given_name", "family_name"}
    if is_birth_near(declared.birth, one.person):
        unlike -= {"birth_date"}
    if not unlike:
        return True
    return len(unlike) < 2 and evidence >= _LEAST * (most - scoring.prior)


def _most(declared: ClaimedIdentity) -> float:
    """The most that anybody can weigh under this search."""
    scoring = scorer()
    return scoring.most(query_for(declared, dict(scoring.model.fields)).record)


def _years_off(asked: PartialDate | None, person: FoundPerson) -> int:
    return abs(asked.year - person.birth_date.year) if asked else 0


def _weighed(declared: ClaimedIdentity, person_ids: set[int]) -> Iterable[ScoredCandidate]:
    """These people, each scored by the home and the order of the name's words that fit best. A person whom a
    number led to counts as its holder.
    """
    if not person_ids:
        return
    scoring = scorer()
    fields = dict(scoring.model.fields)
    seeking = query_for(declared, fields)
    records = [
        seeking.record,
        *(other.record for other in seeking.other_readings()),
        *_as_it_stands(declared, seeking.record),
    ]
    led_by = {one.person_id: one.led_by for one in candidates.holders(seeking.numbers).people}
    homes = candidates.other_homes(person_ids)
    for person_id, row in register.people(person_ids).items():
        person = candidate(row, led_by.get(person_id))
        scores = [
            (scoring.score(record, other), record, other)
            for lives_in in (None, *homes.get(person_id, ()))
            for other in [register_record(person, fields, lives_in)]
            for record in records
        ]
        score, record, other = max(scores, key=lambda scored: scored[0].weight)
        is_near = score.weight >= scoring.weights.thresholds["review"]
        yield ScoredCandidate(
            person, score, standing(scoring.model, score, record, other) if is_near else None
        )


def _as_it_stands(declared: ClaimedIdentity, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The record with the first word as the family name although it is none, since a letter of it may be
    wrong: "ương Hoàng Thảo".
    """
    name = normalise_name(declared.full_name)
    if "given_first" in name.faults and len(words := name.text.split()) > 1:
        yield record | prepare(
            {"name": "vietnamese_name"}, {"name": NameParts(words[0], " ".join(words[1:-1]), words[-1])}
        )


def candidate(row: RegisteredPerson, led_by: str | None) -> Candidate:
    """A row of the register as a candidate for comparison. `led_by`: the number that led to it."""
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

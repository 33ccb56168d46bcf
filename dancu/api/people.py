"""Who holds a number, and does what was declared agree: one person, or up to a thousand at once."""

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from dancu.accounts import quotas
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.endpoints.access import TokenWith
from dancu.endpoints.declaration import endpoint
from dancu.endpoints.readers import Batch, Json
from dancu.matching import lookups as matching
from dancu.matching.lookups import ClaimedIdentity, IdentityComparison, Outcome, PartialDate
from dancu.register import lookups as register
from dancu.register.lookups import FoundPerson
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.values.numbers import check_pin

MOST = 1000


class IdentifyRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A number, also one that no longer counts; beside it any of what was declared, which is then compared;
    null is as if it were not sent.
    """

    number: Annotated[
        str,
        msgspec.Meta(
            description=gettext_noop("a personal number of 12 digits, or an old card’s of nine"),
            examples=["079200000015"],
        ),
    ]
    full_name: Annotated[str | None, msgspec.Meta(description=gettext_noop("to compare"))] = None
    birth_date: Annotated[
        str | None,
        msgspec.Meta(
            description=gettext_noop(
                "to compare: 1975-04-30, 1975-04, 1975, or a moment with its zone: the day in Vietnam"
            )
        ),
    ] = None
    sex: Annotated[
        Annotated[int, msgspec.Meta(ge=0, le=2)] | None,
        msgspec.Meta(description=gettext_noop("to compare: 1 male, 2 female, 0 not declared")),
    ] = None

    def __post_init__(self) -> None:
        if not (self.number.isascii() and self.number.isdigit()):
            self.number = clean_number(self.number)

    @property
    def is_number_alone(self) -> bool:
        return not (self.full_name or self.birth_date or self.sex) or not (
            self.sex or _said(self.full_name) or _said(self.birth_date)
        )


class Person(msgspec.Struct, omit_defaults=True):
    """What the register holds. `number`: the one that counts now, whichever was asked; `birth_date` as far as
    it is known; `commune`: the code of the permanent residence, of the unit that has stood since
    `commune_valid_from`.
    """

    person_id: int
    number: str | None
    full_name: str
    birth_date: str
    sex: int
    status: str
    commune: str | None = None
    commune_valid_from: dt.date | None = None


class IdentifyAnswer(msgspec.Struct, omit_defaults=True):
    """`outcome`: found where only a number was sent; else confirmed, differences or disagrees; in either case
    not_found, several (more than one person holds an old card's number, and fits alike: nobody is shown) or
    unreadable. Of somebody outside the role's area never differences, but also too_little (`needed`: what has
    to be sent besides) and too_often (what was sent of them was wrong several times: another day).

    `unreadable`: which of what was sent cannot be read, and what would be right.
    """

    outcome: str
    person: Person | None = None
    differing: dict[str, str] | None = None
    unreadable: dict[str, str] | None = None
    needed: list[str] | None = None


class IdentifiedBatch(msgspec.Struct):
    """What follows for each, in the order in which they were sent."""

    people: list[IdentifyAnswer]


_KNOWN = {"D": 10, "M": 7, "Y": 4}  # characters of a birth date, by its precision
_STATUS = {1: "alive", 2: "dead", 3: "missing"}


@endpoint(
    "POST",
    access=TokenWith("identify"),
    summary=gettext_lazy("Who holds a number, and whether what was declared agrees"),
    body=Json(IdentifyRequest),
    answer=IdentifyAnswer,
    bare=True,
    examples={"a number": ({"number": "079200000015"}, {"outcome": "not_found"})},
)
def identify(request: OfficialRequest, asked: IdentifyRequest) -> IdentifyAnswer:
    """A person who is shown is written to the audit, in the same statement."""
    if wrong := unreadable(asked):
        return IdentifyAnswer("unreadable", unreadable=wrong)
    acting = request.acting
    quotas.refuse_stopped(acting, "misses")
    quotas.spend(acting, "numbers", 1)
    held = register.identify(acting, asked.number)
    if not held:
        quotas.spend(acting, "misses", 1)
    return _answers(acting, [(asked, held)])[0]


@endpoint(
    "POST",
    access=TokenWith("identify"),
    summary=gettext_lazy("The same of up to a thousand at once"),
    body=Batch(IdentifyRequest, "people", "person", MOST),
    answer=IdentifiedBatch,
    bare=True,
)
def identify_many(
    request: OfficialRequest, sent: Sequence[IdentifyRequest | dict[str, str]]
) -> IdentifiedBatch:
    """The answers are in the order in which people were sent. One that cannot be read hinders no other."""
    read = [unreadable(one) or one if isinstance(one, IdentifyRequest) else one for one in sent]
    acting = request.acting
    quotas.refuse_stopped(acting, "misses")
    quotas.spend(acting, "numbers", sum(isinstance(asked, IdentifyRequest) for asked in read))
    read = _each_once(read)
    asked = [one for one in read if isinstance(one, IdentifyRequest)]
    numbers = {one.number for one in asked}
    held = register.identify_many(acting, numbers)
    if misses := len(numbers) - len(held):
        quotas.spend(acting, "misses", misses)
    told = iter(_answers(acting, [(one, held.get(one.number, [])) for one in asked]))
    return IdentifiedBatch(
        [
            next(told) if isinstance(one, IdentifyRequest) else IdentifyAnswer("unreadable", unreadable=one)
            for one in read
        ]
    )


def _each_once(read: Sequence[IdentifyRequest | dict[str, str]]) -> list[IdentifyRequest | dict[str, str]]:
    """A number is answered where it stands first: what stands beside it would be tried, field by field,
    with one request.
    """
    numbers: set[str] = set()
    once: list[IdentifyRequest | dict[str, str]] = []
    for one in read:
        number = one.number if isinstance(one, IdentifyRequest) else ""
        once.append(
            {"number": _("This number is already in this request: send it only once.")}
            if number and number in numbers
            else one
        )
        numbers.add(number)
    return once


def unreadable(asked: IdentifyRequest) -> dict[str, str]:
    """What cannot be read of what was sent, by field, and what would be right."""
    wrong = {}
    number = asked.number
    if len(number) not in (9, 12) or not number.isdecimal():
        wrong["number"] = next(problem.message for problem in check_pin(number))
    if asked.is_number_alone:
        return wrong
    if (name := _said(asked.full_name)) and (problem := matching.normalise_name(name).problem):
        wrong["full_name"] = str(problem)
    try:
        _declared_date(asked.birth_date)
    except BadValue as error:
        wrong["birth_date"] = str(error)
    return wrong


def _said(text: str | None) -> str:
    return text.strip() if text else ""


def _answers(
    acting: Acting, people: Sequence[tuple[IdentifyRequest, Sequence[FoundPerson]]]
) -> list[IdentifyAnswer]:
    """What follows for each from those who hold the number. Nothing is told of who has been compared too
    often (accounts.quotas).
    """
    seen = _seen(acting, [person for _one, held in people for person in held])
    compared = [_compared(asked, held, seen) for asked, held in people]
    tries = [(person_id, one.agreed) for one in compared for person_id in one.strangers]
    spent = quotas.tried_too_often(acting, tries) if tries else set()
    return [
        one.answer if spent.isdisjoint(one.strangers) else IdentifyAnswer("too_often") for one in compared
    ]


class _Seen(NamedTuple):
    """Those of the people found who live where this system's role counts, and where: of others it learns
    only whether all that it sent agrees.
    """

    people: Container[int]
    homes: Mapping[int, areas.Area]

    def shown(self, found: FoundPerson) -> Person | None:
        if found.person_id not in self.people:
            return None
        home = self.homes.get(found.home_area or 0)
        return Person(
            found.person_id,
            found.pin,
            found.full_name,
            found.birth_date.isoformat()[: _KNOWN[found.birth_precision]],
            found.sex,
            _STATUS[found.status],
            home and home.code,
            home and home.valid_from,
        )


def _seen(acting: Acting, held: Sequence[FoundPerson]) -> _Seen:
    ids = {person.person_id for person in held}
    theirs = ids if acting.jurisdiction_kind == "nation" or not ids else register.may_see_of(acting, ids)
    return _Seen(theirs, areas.get_many({person.home_area for person in held if person.home_area}))


class _Compared(NamedTuple):
    """`strangers`: who was compared and is not shown; `agreed`: whether what was sent is right, so that
    no try counts against it.
    """

    answer: IdentifyAnswer
    strangers: Sequence[int] = ()
    agreed: bool = False


def _compared(asked: IdentifyRequest, held: Sequence[FoundPerson], seen: _Seen) -> _Compared:
    """What follows from those who hold the number: one, but for an old card's, or none. Who is not seen is
    not shown, and compared only with all of name and birth date: field by field both would be found by
    trying.
    """
    if not held:
        return _Compared(IdentifyAnswer("not_found"))
    if asked.is_number_alone:
        return _Compared(
            IdentifyAnswer("found", seen.shown(held[0])) if len(held) == 1 else IdentifyAnswer("several")
        )
    declared = ClaimedIdentity(
        asked.number, asked.full_name or "", _declared_date(asked.birth_date), asked.sex or 0
    )
    needed = {
        person.person_id: _needed(declared, person) for person in held if person.person_id not in seen.people
    }
    comparable = [person for person in held if not needed.get(person.person_id)]
    if not comparable:
        return _Compared(
            IdentifyAnswer("too_little", needed=sorted(set().union(*needed.values()), reverse=True))
        )
    compared = [
        (_comparison(declared, person, person.person_id in seen.people), person) for person in comparable
    ]
    outcome = min((comparison.outcome for comparison, _who in compared), key=list(Outcome).index)
    best = [(comparison, person) for comparison, person in compared if comparison.outcome == outcome]
    strangers = [person.person_id for person in comparable if person.person_id in needed]
    if len(best) > 1:
        return _Compared(
            IdentifyAnswer("several" if outcome.agrees else outcome), strangers, outcome == Outcome.CONFIRMED
        )
    ((comparison, person),) = best
    shown = seen.shown(person)
    answer = IdentifyAnswer(outcome, shown, comparison.differing if shown else None)
    return _Compared(answer, strangers, outcome == Outcome.CONFIRMED)


def _needed(declared: ClaimedIdentity, person: FoundPerson) -> list[str]:
    """What has to be sent besides, so that somebody who is not shown may be compared: the name, and as
    much of the birth date as is known.
    """
    birth, known = declared.birth, person.birth_precision
    is_whole = birth is not None and (known == "Y" or (birth.month and (known == "M" or birth.day)))
    return ([] if declared.full_name.strip() else ["full_name"]) + ([] if is_whole else ["birth_date"])


def _comparison(declared: ClaimedIdentity, person: FoundPerson, is_shown: bool) -> IdentityComparison:
    """Of who is not shown it agrees or not: nothing in between, which would say how near a guess is."""
    if is_shown:
        return matching.compare_with_holder(declared, person)
    compared = matching.compare(declared, person, ())
    return compared if compared.outcome == Outcome.CONFIRMED else replace(compared, outcome=Outcome.DISAGREES)


def _declared_date(text: str | None) -> PartialDate | None:
    return matching.birth_readings(said)[0] if (said := _said(text)) else None

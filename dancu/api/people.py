"""Who holds a number, and does what was declared agree: one person, or up to a thousand at once."""

import msgspec
from django.http import HttpRequest, HttpResponse

from dancu.api.access import token_with
from dancu.api.answers import answer, refusal
from dancu.matching import lookups as matching
from dancu.matching.lookups import DeclaredDate
from dancu.register import lookups as register
from dancu.register.lookups import Identified

MOST = 1000


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """A 12-digit number; with what was declared beside it, where the two are to be compared. `birth_date`: 1975-04-30, 1975-04 or 1975,
    or a moment with its zone, which is the day in Vietnam.
    """

    number: str
    full_name: str = ""
    birth_date: str = ""
    sex: int = 0


class Batch(msgspec.Struct, forbid_unknown_fields=True):
    people: list[Asked]


class Person(msgspec.Struct, omit_defaults=True):
    """What the register holds. `birth_date` as far as it is known; `commune`: the code of the permanent residence."""

    person_id: int
    number: str | None
    full_name: str
    birth_date: str
    sex: int
    status: str
    commune: str | None = None


class Answer(msgspec.Struct, omit_defaults=True):
    """`outcome`: found or not_found where only a number was sent; else confirmed, differences, disagrees, not_found or unreadable.

    `unreadable`: which of what was declared cannot be read, and what would be right.
    """

    outcome: str
    person: Person | None = None
    differing: dict[str, str] | None = None
    unreadable: dict[str, str] | None = None


_one = msgspec.json.Decoder(Asked)
_many = msgspec.json.Decoder(Batch)
_STATUS = {1: "alive", 2: "dead", 3: "missing"}


@token_with("identify")
def identify(request: HttpRequest) -> HttpResponse:
    """POST one `Asked`, get one `Answer`. A person who is shown is written to the audit, in the same statement."""
    try:
        asked = _one.decode(request.body)
    except msgspec.DecodeError as problem:
        return refusal(400, "body", str(problem))
    if not _readable(asked):
        return answer(_unreadable(asked))
    found = register.identify(request.acting, asked.number)  # type: ignore[attr-defined]
    return answer(_compared(asked, found))


@token_with("identify")
def identify_many(request: HttpRequest) -> HttpResponse:
    """POST {"people": [`Asked`, …]} (at most 1,000), get {"people": [`Answer`, …]} in the same order."""
    try:
        people = _many.decode(request.body).people
    except msgspec.DecodeError as problem:
        return refusal(400, "body", str(problem))
    if len(people) > MOST:
        return refusal(413, "people", f"At most {MOST} in one request; these are {len(people)}.")
    numbers = {asked.number for asked in people if _readable(asked)}
    found = register.identify_many(request.acting, numbers)  # type: ignore[attr-defined]
    answers = [
        _compared(asked, found.get(asked.number)) if _readable(asked) else _unreadable(asked) for asked in people
    ]
    return answer({"people": answers})


def _readable(asked: Asked) -> bool:
    return _is_number(asked.number) and not _wrong(asked)


def _unreadable(asked: Asked) -> Answer:
    return Answer("unreadable", unreadable=_wrong(asked) or None)


def _is_number(number: str) -> bool:
    return len(number) == 12 and number.isascii() and number.isdigit()


def _wrong(asked: Asked) -> dict[str, str]:
    """What cannot be read of what is to be compared, by field; where only a number was sent, nothing is."""
    if not asked.full_name:
        return {}
    wrong = {}
    if problem := matching.normalise_name(asked.full_name).problem:
        wrong["full_name"] = str(problem)
    try:
        _declared_date(asked.birth_date)
    except matching.MatchingError as error:
        wrong["birth_date"] = str(error)
    return wrong


def _compared(asked: Asked, found: Identified | None) -> Answer:
    if found is None:
        return Answer("not_found")
    person = _person(found)
    if not asked.full_name:
        return Answer("found", person)
    declared = matching.Declared(asked.number, asked.full_name, _declared_date(asked.birth_date), asked.sex)
    comparison = matching.compare_with_holder(declared, found)
    return Answer(comparison.outcome, person, comparison.differing)


def _declared_date(text: str) -> DeclaredDate | None:
    return matching.normalise_birth(text)[0] if text.strip() else None


def _person(found: Identified) -> Person:
    known = {"D": 10, "M": 7, "Y": 4}[found.birth_precision]
    return Person(
        found.person_id,
        found.pin,
        found.full_name,
        found.birth_date.isoformat()[:known],
        found.sex,
        _STATUS[found.status],
        found.commune,
    )

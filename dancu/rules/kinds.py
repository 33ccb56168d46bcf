"""What can be decided by rules, and the facts that they may read: the catalogue. Each module announces its
own kinds (`rules` in its module.py) and gives the facts when it asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu import modules

Words = str | Promise
TYPES: dict[str, Words] = {
    "text": _("a text"),
    "number": _("a whole number"),
    "yes_no": _("true or false"),
    "list": _("a list"),
    "moment": _("a moment"),
}
Type = Literal["text", "number", "yes_no", "list", "moment"]
Answer = str | int


def type_in_words(of: Type) -> str:
    """“a whole number”."""
    return str(TYPES[of])


@dataclass(frozen=True, eq=False)
class Fact:
    """Something a rule may read. `words`: what it is, as the subject of a sentence. `source`: where it comes
    from. `values`: all that a text, a number or each of a list can be, in words; empty: any. `unit`: of a
    number. `may_be_missing`: whether it is unknown at times; every other fact is always given.
    """

    type: Type
    words: Words
    source: Words
    values: Mapping[Any, Words] = field(default_factory=dict)
    unit: Words = ""
    may_be_missing: bool = False


@dataclass(frozen=True, eq=False)
class RuleKind:
    """Something that is decided by rules. `facts`: by name, with dots between its parts. `answers`: all that
    a rule may answer, in words; where it answers a number, `least` and `most` bound it and `unit` says of
    what. `without`: the answer where no rule is in force. `sql`: for what the database decides too, what each
    fact is there. `by_area`: whether it is asked of a place, so that a province may decide otherwise.
    `note`: what whoever signs should know beside. `past`: what gives what was decided before (past.Past), so
    that a draft can be tried on it; `past_note`: what is to be known of that.
    """

    code: str
    words: Words
    facts: Mapping[str, Fact]
    without: Answer
    answers: Mapping[Any, Words] = field(default_factory=dict)
    least: int = 0
    most: int = 0
    unit: Words = ""
    sql: Mapping[str, str] = field(default_factory=dict)
    by_area: bool = False
    note: Words = ""
    past: modules.Place = ""
    past_note: Words = ""

    def may_answer(self, answer: object) -> bool:
        """Whether a rule of this kind may answer so."""
        if self.answers:
            return type(answer) in (str, int) and answer in self.answers
        return type(answer) is int and self.least <= answer <= self.most

    def in_words(self, answer: Answer) -> str:
        """An answer as it is read: “72 hours”, “stop”."""
        return str(self.answers[answer]) if self.answers else f"{answer} {self.unit}".strip()


@cache
def kinds() -> Mapping[str, RuleKind]:
    """Every kind that a module announces, by code."""
    places = modules.in_order(lambda module: module.rules)
    return {code: modules.at(place.at) for code, place in places.items()}

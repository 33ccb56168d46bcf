"""A kind of things to decide that has a fact of every type, and rules and facts of it by chance."""

import random
from typing import Any

from dancu.rules.kinds import Fact, RuleKind

COLOURS = {"red": "red", "amber": "amber", "green": "green"}
SIGNS = {"fever": "Fever", "cough": "Cough", "none": "None"}
NUMBERS = (-1, 0, 1, 14, 72)
MOMENTS = (
    "2021-08-23T00:00:00Z",
    "2021-08-23T07:30:00.500+07:00",
    "2021-08-30",
    "2021-08-30T00:00:00",
    "2021-09-06T00:00:00-03:00",
)

A_KIND = RuleKind(
    "test",
    "A test's decision",
    {
        "level": Fact("text", "Level", "the ministry", COLOURS),
        "person.name": Fact("text", "Name", "the card", may_be_missing=True),
        "test.hours": Fact("number", "Age of the test", "the laboratory", unit="hours", may_be_missing=True),
        "doses": Fact("number", "Doses", "the register"),
        "ill": Fact("yes_no", "Ill", "the declaration", may_be_missing=True),
        "signs": Fact("list", "Signs", "the declaration", SIGNS, may_be_missing=True),
        "now": Fact("moment", "Now", "the clock"),
        "tested": Fact("moment", "Tested", "the laboratory", may_be_missing=True),
    },
    without="red",
    answers=COLOURS,
    sql={
        "level": "a.level",
        "person.name": "a.name",
        "test.hours": "a.hours",
        "doses": "a.doses",
        "ill": "a.ill",
        "signs": "a.signs",
        "now": "a.now",
        "tested": "a.tested",
    },
    by_area=True,
)
COLUMNS = {
    "level": "text", "name": "text", "hours": "integer", "doses": "integer", "ill": "boolean", "signs": "text[]",
    "now": "timestamptz", "tested": "timestamptz",
}  # fmt: skip


class Chance:
    """What a random.Random makes of rules and facts."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def rule(self) -> dict[str, Any]:
        """A document with up to four clauses."""
        words = {"vi": "Vì thế", "en": "So"}
        clauses = [
            {
                "when": self.condition(3),
                "then": self._one_of(*COLOURS),
                "unknown": self._one_of("next", *COLOURS),
                "words": words,
            }
            for _ in range(self._random.randint(0, 4))
        ]
        return {
            "id": "a-test",
            "version": 1,
            "kind": "test",
            "valid_from": "2020-01-01T00:00:00+07:00",
            "citation": "7/QĐ",
            "title": words,
            "clauses": clauses,
            "otherwise": {"then": self._one_of(*COLOURS), "words": words},
        }

    def facts(self) -> dict[str, Any]:
        """What may be missing is, one time in three."""
        found = {
            "level": self._one_of(*COLOURS),
            "person.name": self._one_of("", "Ánh", "O'Brien 100%"),
            "test.hours": self._one_of(*NUMBERS),
            "doses": self._one_of(*NUMBERS),
            "ill": self._one_of(True, False),
            "signs": [sign for sign in SIGNS if self._random.random() < self._one_of(0, 0.4)],
            "now": self._one_of(*MOMENTS),
            "tested": self._one_of(*MOMENTS),
        }
        missing = {
            name for name in found if A_KIND.facts[name].may_be_missing and self._random.random() < 1 / 3
        }
        return {name: None if name in missing else value for name, value in found.items()}

    def condition(self, depth: int) -> Any:
        """A condition whose parts stand so deep in one another at most."""
        if depth and self._random.random() < 0.5:
            inner = [self.condition(depth - 1) for _ in range(3)]
            branch = self._one_of(True, False, inner[2])
            return self._one_of(
                {"and": inner[: self._random.randint(2, 3)]},
                {"!": inner[:1]},
                {"if": [inner[0], inner[1], branch]},
            )
        return self._leaf()

    def _leaf(self) -> Any:
        number, moment = self._one_of("test.hours", "doses"), self._one_of("now", "tested")
        text = self._one_of("", "Ánh", "O'Brien 100%", "x")
        return self._one_of(
            {"var": self._one_of("person.name", "test.hours", "doses", "ill", "signs")},
            {"===": [{"var": "level"}, self._one_of(*COLOURS)]},
            {"===": [text, {"var": "person.name"}]},
            {"===": [{"var": "ill"}, self._one_of(True, False)]},
            {"in": [{"var": "level"}, list(COLOURS)[: self._random.randint(1, 3)]]},
            {"in": [{"var": number}, list(NUMBERS)[: self._random.randint(1, 5)]]},
            {"in": [self._one_of(*SIGNS), {"var": "signs"}]},
            {"in": [{"var": "level"}, {"var": "signs"}]},
            {"in": [{"var": "person.name"}, {"var": "signs"}]},
            {"<": [0, self._one_of(*NUMBERS), {"var": "test.hours"}]},
            {">": [{"+": [1_000_000_000, {"+": [1_000_000_000, 1_000_000_000]}]}, {"var": "test.hours"}]},
            {self._one_of("<", ">", "<=", ">="): [{"var": number}, self._one_of(*NUMBERS)]},
            {self._one_of("<", "<="): [0, {"var": "test.hours"}, {"+": [{"var": "doses"}, 72]}]},
            {"===": [{"var": "test.hours"}, {"+": [{"var": "doses"}, self._one_of(*NUMBERS)]}]},
            {
                self._one_of("after", "before", "not-after", "not-before"): [
                    self._later({"var": moment}), self._later(self._one_of({"var": "now"}, *MOMENTS))
                ]
            },
        )  # fmt: skip

    def _later(self, moment: Any) -> Any:
        return {"plusTime": [moment, self._one_of(-7, 0, 7, 168), self._one_of("day", "hour")]}

    def _one_of(self, *several: Any) -> Any:
        return self._random.choice(several)

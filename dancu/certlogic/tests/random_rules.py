"""Expressions and data by chance, right and wrong ones: each operation with operands of every kind, in every
number, at any depth.
"""

import random
from calendar import monthrange
from collections.abc import Callable
from typing import Any

_TEXTS = [
    "",
    "a",
    "b",
    "EU/1/20/1528",
    "Đỗ Thu Hà",
    "1",
    "day",
    "URN:UVCI:01:NL:x/y#z",
    "01:a::/c#",
    "urn:uvci:1",
]
_INTEGERS = [0, 1, -1, 2, 3, 1.0, -0.0, 14, 2**53, 2**53 + 1, -(2**60), 1e21, 1.5e300]
_FRACTIONS = [0.5, -1.25, 1e-7]
_KEYS = ["x", "y", "z", "0", "1", "01", "dob", "Đ"]
_PATHS = [
    "",
    "x",
    "y",
    "x.y",
    "x.0",
    "0",
    "1",
    "01",
    "-0",
    "+1",
    " 1",
    "1x",
    "-1",
    "x.y.z",
    "y.1.x",
    "x.",
    ".",
    "dob",
    "Đ",
]
_IN_REDUCE = [
    "current",
    "accumulator",
    "current.x",
    "current.0",
    "accumulator.0",
    "accumulator.y",
    "",
    "data",
]
_UNITS = ["year", "month", "day", "hour"]
_INFIX = ["<", ">", "<=", ">=", "after", "before", "not-after", "not-before", "===", "in", "+", "and"]
_OFFSETS = [
    "",
    "Z",
    "+7",
    "-11",
    "+0530",
    "+130",
    "-01:30",
    "+5:45",
    "+23:59",
    "+2:",
    "+24:00",
    "z",
    "+07:60",
]


class Chance:
    """One stream of them; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self.of = random.Random(seed)

    def rule(self, depth: int = 4, inside: bool = False) -> Any:
        """An expression. `inside`: of what `reduce` does with each item."""
        if depth == 0 or self.of.random() < 0.15:
            return self._leaf(inside)
        if self.of.random() < 0.5:
            return self.sound(
                self.of.choice(["truth", "integer", "moment", "array", "text"]), depth - 1, inside
            )
        return self.of.choice(self._makers())(depth - 1, inside)

    def sound(self, kind: str, depth: int, inside: bool) -> Any:
        """An expression that gives what is asked for, where its dates are dates."""
        if depth <= 0:
            leaves = {"truth": [True, False, 0, "a"], "integer": [0, 1, 2**53, -7.0], "array": [[], [1, "a"]],
                      "text": _TEXTS, "moment": [{"dccDateOfBirth": ["2020"]}]}  # fmt: skip
            return self.of.choice(leaves[kind])

        def some(*kinds: str) -> list[Any]:
            return [self.sound(each, depth - 1, inside) for each in kinds]

        def any_of(count: int) -> list[Any]:
            return some(*self.of.choices(["truth", "integer", "moment", "array", "text"], k=count))

        of_all = [
            lambda: {"if": some(self.of.choice(["truth", "integer", "array", "text"]), kind, kind)},
            lambda: {"reduce": [*some("array"), self.sound(kind, depth - 1, True), *some(kind)]},
        ]
        of_kind: dict[str, list[Callable[[], Any]]] = {
            "truth": [
                lambda: {"===": any_of(2)},
                lambda: {"in": [*any_of(1), *some("array")]},
                lambda: {"!": some(self.of.choice(["truth", "integer", "array", "text"]))},
                lambda: {"and": some("truth", "integer", "array")},
                lambda: {self.of.choice(_INFIX[:4]): some("integer", "integer")},
                lambda: {self.of.choice(_INFIX[4:8]): some("moment", "moment")},
                lambda: {self.of.choice(_INFIX[4:8]): some("moment", "moment", "moment")},
            ],
            "integer": [lambda: {"+": some("integer", "integer")}, lambda: self.of.choice(_INTEGERS)],
            "moment": [lambda: self._moment(0, inside), lambda: {"dccDateOfBirth": [self.date()[:10]]}],
            "array": [lambda: any_of(self.of.randrange(4)), lambda: [*any_of(1), self._leaf(inside)]],
            "text": [lambda: {"extractFromUVCI": [*some("text"), 0]}, self.text],
        }
        return self.of.choice([*of_kind[kind], *of_kind[kind], *of_all])()

    def data(self, depth: int = 3) -> Any:
        if depth and self.of.random() < 0.7:
            if self.of.random() < 0.4:
                return [self.data(depth - 1) for _ in range(self.of.randrange(4))]
            return {self.of.choice(_KEYS): self.data(depth - 1) for _ in range(self.of.randrange(5))}
        return self.of.choice([self.text, self.text, self.number, self._null_or_boolean])()

    def text(self) -> str:
        return self.of.choice(_TEXTS) if self.of.random() < 0.5 else self.date()

    def date(self) -> str:
        """Dates and times in all forms, and near them; never a day that its month has not."""
        of = self.of
        year = of.choice([0, 1, 400, 1899, 1900, 1970, 2000, 2020, 2021, 2024, 9999])
        month = of.choice([*range(1, 13), 2, 12, of.choice([1, 0, 13])])
        last = monthrange(year + 400, month)[1] if 1 <= month <= 12 else 31
        day = f"{year:04}-{month:02}-{of.choice([1, 15, 28, last, last, of.choice([1, 0, 32, 99])]):02}"
        if of.random() < 0.5:
            return of.choice([day, day[:7], day[:4], day, day + "Z", day + "\n", day.replace("-", "/")])
        clock = of.choice(
            ["00:00:00", "23:59:59", "12:34:56", "24:00:00", "24:00:01", "12:60:00", "12:00:60", "12:00"]
        )
        fraction = of.choice(["", "", ".1", ".12", ".999", ".9999", ".1234567890", ".", ",5"])
        return f"{day}{of.choice('TTTTt ')}{clock}{fraction}{of.choice(_OFFSETS)}"

    def number(self) -> float:
        return self.of.choice(_INTEGERS if self.of.random() < 0.85 else _FRACTIONS)

    def _null_or_boolean(self) -> bool | None:
        return self.of.choice([True, False, None])

    def _leaf(self, inside: bool) -> Any:
        which = self.of.random()
        if which < 0.45:
            return {"var": self.of.choice(_IN_REDUCE if inside and self.of.random() < 0.8 else _PATHS)}
        if which < 0.65:
            return self.of.choice([0, 1, 2, True, False])
        if which < 0.75:
            return self.number()
        if which < 0.95:
            return self.text()
        return self.of.choice(
            [None, {}, [], {"var": 1}, {"var": None}, {"or": [1]}, {"if": 1, "+": 2}, {"!": []}, {"+": {}}]
        )

    def _makers(self) -> list[Callable[[int, bool], Any]]:
        return [self._infix, self._infix, self._infix, self._dates, self._if, self._not, self._moment, self._birth,
                self._reduce, self._uvci, self._array, self._sum]  # fmt: skip

    def _some(self, right: int, depth: int, inside: bool) -> list[Any]:
        count = right if self.of.random() < 0.93 else self.of.randrange(5)
        return [self.rule(depth, inside) for _ in range(count)]

    def _infix(self, depth: int, inside: bool) -> Any:
        return {self.of.choice(_INFIX): self._some(self.of.choice([2, 2, 3]), depth, inside)}

    def _dates(self, depth: int, inside: bool) -> Any:
        moments = [self._moment(depth, inside) for _ in range(self.of.choice([2, 2, 3]))]
        return {self.of.choice(["after", "before", "not-after", "not-before"]): moments}

    def _sum(self, depth: int, inside: bool) -> Any:
        return {self.of.choice("+<>"): [self.number() for _ in range(2)]}

    def _if(self, depth: int, inside: bool) -> Any:
        return {"if": self._some(3, depth, inside)}

    def _not(self, depth: int, inside: bool) -> Any:
        return {"!": self._some(1, depth, inside)}

    def _moment(self, depth: int, inside: bool) -> Any:
        amount = self.of.choice([0, 1, -1, 12, -18, 31, 1000, -4000, 1.0, self.number()])
        start = self.date() if self.of.random() < 0.7 else self.rule(depth, inside)
        operands = [start, amount if abs(amount) < 5000 else 1, self.of.choice(_UNITS)]
        return {"plusTime": operands if self.of.random() < 0.93 else operands[: self.of.randrange(4)]}

    def _birth(self, depth: int, inside: bool) -> Any:
        return {"dccDateOfBirth": [self.date() if self.of.random() < 0.6 else self.rule(depth, inside)]}

    def _reduce(self, depth: int, inside: bool) -> Any:
        many = self.rule(depth, inside) if self.of.random() < 0.4 else self._array(depth, inside)
        return {
            "reduce": [many, self.rule(depth, True), self.rule(depth, inside)][
                : self.of.choice([3, 3, 3, 3, 2])
            ]
        }

    def _uvci(self, depth: int, inside: bool) -> Any:
        text = self.of.choice(_TEXTS) if self.of.random() < 0.6 else self.rule(depth, inside)
        return {
            "extractFromUVCI": [text, self.of.choice([0, 1, 2, 5, -1, 1.0, 0.5, "1"])][
                : self.of.choice([2, 2, 2, 1])
            ]
        }

    def _array(self, depth: int, inside: bool) -> Any:
        return [self.rule(depth, inside) for _ in range(self.of.randrange(4))]

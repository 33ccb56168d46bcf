"""Reading a condition of a rule from CertLogic's JSON, against the facts that its kind may read.

CertLogic itself asks what a value is when it meets it. Here all is known beforehand: what is misspelt,
compared with what it can never be, or compared with another type is refused with its place, before anybody
signs it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from django.utils.translation import gettext as _

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.instants import UNITS, plus_time
from dancu.rules.conditions import (
    INSTANTS,
    NUMBERS,
    Both,
    Compares,
    Either,
    Given,
    IsAmong,
    Later,
    Node,
    Not,
    Reads,
    Several,
    Sum,
    inner,
)
from dancu.rules.errors import BadRule
from dancu.rules.kinds import Fact, type_in_words

DEEPEST = 30  # conditions in conditions
MOST_IFS = 4  # “if” in “if”: without a third answer each is written several times (plain.py)
GREATEST = 1_000_000_000  # whole numbers, either way
YEARS = range(1900, 3000)  # of moments
FARTHEST = 10_000  # units of time, either way


def condition(expression: Any, facts: Mapping[str, Fact], place: str) -> Node:
    """The condition that this JSON says. Raises BadRule with the place of what is wrong."""
    return _Reader(facts).condition(expression, place, 0)


class _Reader:
    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts

    def condition(self, expression: Any, place: str, depth: int) -> Node:
        """What may stand after “when”: moments are never true or false."""
        node = self.value(expression, place, depth)
        if node.type == "moment":
            raise BadRule(place, _("a moment is neither true nor false: compare it with another"))
        if isinstance(node, Given | Several):
            raise BadRule(place, _("this is always the same, whatever the facts are"))
        return node

    def _branch(self, expression: Any, place: str, depth: int) -> Node:
        """What an “if” comes to: a condition, or simply true or false."""
        is_given = isinstance(expression, bool)
        return Given(expression) if is_given else self.condition(expression, place, depth)

    def value(self, expression: Any, place: str, depth: int) -> Node:
        if depth > DEEPEST:
            raise BadRule(
                place, _("conditions stand in one another more than %(most)d deep") % {"most": DEEPEST}
            )
        if _is_literal(expression):
            if isinstance(expression, int) and abs(expression) > GREATEST:
                words = _("whole numbers are from −%(most)d to %(most)d")
                raise BadRule(place, words % {"most": GREATEST})
            return Given(expression)
        if isinstance(expression, list):
            if not all(_is_literal(one) and not isinstance(one, bool) for one in expression):
                raise BadRule(place, _("a list holds texts and whole numbers only"))
            return Several(tuple(expression))
        if not isinstance(expression, dict) or len(expression) != 1:
            raise BadRule(place, _("a condition is one operation, such as {“===”: […, …]}"))
        ((operator, operands),) = expression.items()
        if operator == "var":
            return self._fact(operands, place)
        read = self._operations().get(operator)
        if read is None:
            known = ", ".join(["var", *self._operations()])
            raise BadRule(
                place,
                _("there is no operation “%(name)s” here; those that are: %(known)s")
                % {"name": operator, "known": known},
            )
        if not isinstance(operands, list):
            raise BadRule(place, _("what “%(name)s” is asked of stands in […]") % {"name": operator})
        return read(operator, operands, f"{place}.{operator}", depth + 1)

    def _operations(self) -> dict[str, Callable[[str, list[Any], str, int], Node]]:
        return {
            "===": self._equals,
            **dict.fromkeys(NUMBERS, self._compares),
            **dict.fromkeys(INSTANTS, self._compares),
            "in": self._is_among,
            "and": self._both,
            "!": self._not,
            "if": self._either,
            "plusTime": self._later,
            "+": self._sum,
        }

    def _fact(self, name: Any, place: str) -> Reads:
        if not isinstance(name, str) or name not in self._facts:
            known = ", ".join(self._facts)
            raise BadRule(
                place,
                _("a rule of this kind knows no fact “%(name)s”; those that it knows: %(known)s")
                % {"name": name, "known": known},
            )
        return Reads(name, self._facts[name])

    def _several(
        self, operands: list[Any], place: str, depth: int, least: int, most: int
    ) -> tuple[Node, ...]:
        if not least <= len(operands) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            words = _("this is asked of %(wanted)s things, not of %(count)d")
            raise BadRule(place, words % {"wanted": wanted, "count": len(operands)})
        return tuple(self.value(one, f"{place}[{nth}]", depth) for nth, one in enumerate(operands))

    def _equals(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        both = self._several(operands, place, depth, 2, 2)
        for node, nth in zip(both, "01", strict=True):
            if node.type not in ("text", "number", "yes_no"):
                raise BadRule(
                    f"{place}[{nth}]",
                    _(
                        "“===” compares texts, numbers and true or false; for lists there is “in”, for "
                        "moments “after”"
                    ),
                )
        self._comparable(both[0], both[1], place)
        return Compares(operator, both)

    def _compares(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        of_moments = operator in INSTANTS
        nodes = self._several(operands, place, depth, 2, 3)
        for nth, node in enumerate(nodes):
            if not (isinstance(node, Later) if of_moments else node.type == "number"):
                words = (
                    _("“%(name)s” compares moments: write {“plusTime”: […, 0, “day”]}")
                    if of_moments
                    else _("“%(name)s” compares whole numbers")
                )
                raise BadRule(f"{place}[{nth}]", words % {"name": operator})
        return Compares(operator, nodes)

    def _is_among(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        item, among = self._several(operands, place, depth, 2, 2)
        if not isinstance(among, Several) and not (isinstance(among, Reads) and among.type == "list"):
            raise BadRule(f"{place}[1]", _("“in” looks into a list: […], or a fact that is one"))
        if isinstance(among, Several):
            if not among.values:
                raise BadRule(f"{place}[1]", _("nothing is ever in an empty list"))
            for nth, value in enumerate(among.values):
                self._comparable(item, Given(value), f"{place}[1][{nth}]")
        elif item.type != "text":
            raise BadRule(
                f"{place}[0]", _("what is looked for in “%(name)s” is a text") % {"name": among.name}
            )
        elif isinstance(item, Given):
            _can_be(among.fact, among.name, item.value, f"{place}[0]")
        return IsAmong(item, among)

    def _comparable(self, one: Node, other: Node, place: str) -> None:
        """Whether the two can ever be equal."""
        if one.type != other.type:
            raise BadRule(
                place,
                _("these are never equal, for one is %(one)s and the other %(other)s")
                % {"one": type_in_words(one.type), "other": type_in_words(other.type)},
            )
        if isinstance(one, Given) and isinstance(other, Given):
            raise BadRule(place, _("this is always the same, whatever the facts are"))
        for fact, value in ((one, other), (other, one)):
            if isinstance(fact, Reads) and isinstance(value, Given):
                _can_be(fact.fact, fact.name, value.value, place)

    def _both(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        if len(operands) < 2:
            raise BadRule(place, _("“and” joins two conditions or more"))
        return Both(tuple(self.condition(one, f"{place}[{nth}]", depth) for nth, one in enumerate(operands)))

    def _not(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        if len(operands) != 1:
            raise BadRule(place, _("“!” is asked of one condition"))
        return Not(self.condition(operands[0], f"{place}[0]", depth))

    def _either(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        if len(operands) != 3:
            raise BadRule(
                place,
                _(
                    "“if” has three parts: a condition, what counts where it holds, and what counts where it "
                    "does not"
                ),
            )
        guard = self.condition(operands[0], f"{place}[0]", depth)
        then, otherwise = (self._branch(operands[nth], f"{place}[{nth}]", depth) for nth in (1, 2))
        found = Either(guard, then, otherwise)
        if _ifs(found) > MOST_IFS:
            raise BadRule(
                place, _("“if” stands in “if” too deep: write clauses, which are tried in their order")
            )
        return found

    def _later(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        if len(operands) != 3:
            raise BadRule(place, _("“plusTime” has three parts: a moment, how much, and of what"))
        moment, amount, unit = operands
        of = self.value(moment, f"{place}[0]", depth)
        if isinstance(of, Given):
            _moment(of.value, f"{place}[0]")
        elif not isinstance(of, Reads) or of.type != "moment":
            raise BadRule(f"{place}[0]", _("“plusTime” is asked of a moment"))
        if type(amount) is not int or abs(amount) > FARTHEST:
            raise BadRule(
                f"{place}[1]", _("how much is a whole number from −%(most)d to %(most)d") % {"most": FARTHEST}
            )
        if unit not in UNITS:
            raise BadRule(
                f"{place}[2]",
                _("it is counted in year, month, day or hour, not in “%(unit)s”") % {"unit": unit},
            )
        return Later(of, amount, unit)

    def _sum(self, operator: str, operands: list[Any], place: str, depth: int) -> Node:
        left, right = self._several(operands, place, depth, 2, 2)
        for nth, node in enumerate((left, right)):
            if node.type != "number":
                raise BadRule(f"{place}[{nth}]", _("“+” adds whole numbers"))
        return Sum(left, right)


def _is_literal(value: Any) -> TypeGuard[str | int | bool]:
    """A bool is an int too; a text has nothing unseen, which a database may not take."""
    return isinstance(value, int) or (isinstance(value, str) and value.isprintable())


def _ifs(node: Node) -> int:
    """How deep “if” stands in “if”."""
    return isinstance(node, Either) + max(map(_ifs, inner(node)), default=0)


def _can_be(fact: Fact, name: str, value: Any, place: str) -> None:
    if fact.values and value not in fact.values:
        known = ", ".join(fact.values)
        words = _("“%(name)s” is never “%(value)s”; it can be: %(known)s")
        raise BadRule(place, words % {"name": name, "value": value, "known": known})


def _moment(text: Any, place: str) -> None:
    try:
        found = plus_time(text if isinstance(text, str) else "", 0, "day")
        if not str(found)[:4].isdigit() or int(str(found)[:4]) not in YEARS:
            raise CertLogicError("too far away")
    except CertLogicError as problem:
        words = _("“%(text)s” is no day and no time, such as 2026-12-01 or 2026-12-01T07:00:00+07:00")
        raise BadRule(place, words % {"text": text}) from problem

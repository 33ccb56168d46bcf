"""A condition as sentences of one fact each, joined by “and”, as a form shows it: “Vehicle is one of: bus,
train”. What is no such sentence (if in if, sums, two facts beside each other) stays JSON, and is shown so.

What a form holds half filled in is written down here too, and read again as it was.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dancu.rules.kinds import Fact, Type, Words

# what may be asked of a fact, by its type; the first is what a new sentence asks
COMPARISONS: Mapping[Type, Mapping[str, Words]] = {
    "text": {
        "is": _("is"),
        "is_not": _("is not"),
        "among": _("is one of"),
        "not_among": _("is none of"),
    },
    "number": {
        "is": _("is"),
        "is_not": _("is not"),
        "more": _("is more than"),
        "less": _("is less than"),
        "at_least": _("is at least"),
        "at_most": _("is at most"),
        "among": _("is one of"),
        "not_among": _("is none of"),
    },
    "yes_no": {"yes": _("is so"), "no": _("is not so")},
    "list": {
        "has": _("has among them"),
        "has_not": _("has not among them"),
        "any": _("has any"),
        "none": _("has none"),
    },
    "moment": {
        "after": _("is after"),
        "before": _("is before"),
        "not_after": _("is not after"),
        "not_before": _("is not before"),
    },
}
SEVERAL = ("among", "not_among")
WITHOUT_VALUE = ("yes", "no", "any", "none")
_OPPOSITE = {
    "is": "is_not", "among": "not_among", "more": "at_most", "less": "at_least", "yes": "no",
    "has": "has_not", "any": "none", "after": "not_after", "before": "not_before",
}  # fmt: skip
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
_OPERATORS = {
    "is": "===", "more": ">", "less": "<", "at_least": ">=", "at_most": "<=",
    "after": "after", "before": "before", "not_after": "not-after", "not_before": "not-before",
}  # fmt: skip
_BY_OPERATOR = {operator: comparison for comparison, operator in _OPERATORS.items()}
_TURNED = {
    "is": "is", "more": "less", "less": "more", "at_least": "at_most", "at_most": "at_least",
    "after": "before", "before": "after", "not_after": "not_before", "not_before": "not_after",
}  # fmt: skip
_WHOLE = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True)
class Sentence:
    """`fact`: its name, "" where none is chosen yet. `comparison`: a key of COMPARISONS. `values`: as they
    are typed; of a moment how many `unit` after `beside`, which is the name of a moment or a time.
    """

    fact: str
    comparison: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""
    beside: str = ""


Part = Sentence | dict[str, Any] | list[Any] | str | int | bool | None  # a sentence, or what stays JSON


def sentences(when: Any, facts: Mapping[str, Fact]) -> list[Part]:
    """The parts of a condition (JSON) that must all hold."""
    if _is_operation(when, "and"):
        return [part for each in when["and"] for part in sentences(each, facts)]
    found = sentence(when, facts)
    return [when if found is None else found]


def condition(parts: Sequence[Part], facts: Mapping[str, Fact]) -> Any:
    """The condition that all of these hold, as JSON."""
    written = [_written(part, facts) if isinstance(part, Sentence) else part for part in parts]
    return written[0] if len(written) == 1 else {"and": written}


def sentence(expression: Any, facts: Mapping[str, Fact]) -> Sentence | None:
    """The sentence that a condition (JSON) is; None where it is more than that."""
    if not isinstance(expression, dict) or len(expression) != 1:
        return None
    ((operator, operands),) = expression.items()
    if operator == "var":
        return _of_fact_alone(operands, facts)
    if operator == "!" and isinstance(operands, list) and len(operands) == 1:
        inner = sentence(operands[0], facts)
        if inner is None or inner.comparison not in _OPPOSITE:
            return None
        return Sentence(inner.fact, _OPPOSITE[inner.comparison], inner.values, inner.unit, inner.beside)
    if not isinstance(operands, list) or len(operands) != 2:
        return None
    if operator == "in":
        return _of_list(operands, facts)
    if operator in _BY_OPERATOR:
        comparison = _BY_OPERATOR[operator]
        one, other = operands
        return _compared(one, comparison, other, facts) or _compared(other, _TURNED[comparison], one, facts)
    return None


def whole_number(text: str) -> int | str:
    """The whole number that is typed; what is none stays as it is typed."""
    return int(text) if _WHOLE.fullmatch(text.strip()) else text


def _of_fact_alone(name: Any, facts: Mapping[str, Fact]) -> Sentence | None:
    if name == "":
        return Sentence("")
    fact = facts.get(name) if isinstance(name, str) else None
    if fact is None:
        return None
    if fact.type == "number":
        return Sentence(name, "is_not", ("0",))
    return {"yes_no": Sentence(name, "yes"), "list": Sentence(name, "any")}.get(fact.type)


def _of_list(operands: list[Any], facts: Mapping[str, Fact]) -> Sentence | None:
    item, among = operands
    if (name := _fact_in(item, facts)) and isinstance(among, list):
        fact = facts[name]
        if fact.type in ("text", "number") and all(_may_be_typed(one, fact.type) for one in among):
            return Sentence(name, "among", tuple(str(one) for one in among))
        return None
    if (name := _fact_in(among, facts)) and facts[name].type == "list" and isinstance(item, str):
        return Sentence(name, "has", (item,))
    return None


def _compared(one: Any, comparison: str, other: Any, facts: Mapping[str, Fact]) -> Sentence | None:
    """Of a fact, and what is given beside it."""
    if comparison in ("after", "before", "not_after", "not_before"):
        return _of_moments(one, comparison, other, facts)
    name = _fact_in(one, facts)
    if not name:
        return None
    fact = facts[name]
    if fact.type == "yes_no" and comparison == "is" and isinstance(other, bool):
        return Sentence(name, "yes" if other else "no")
    if comparison in COMPARISONS[fact.type] and _may_be_typed(other, fact.type):
        return Sentence(name, comparison, (str(other),))
    return None


def _of_moments(one: Any, comparison: str, other: Any, facts: Mapping[str, Fact]) -> Sentence | None:
    if not (_is_operation(one, "plusTime", 3) and _is_operation(other, "plusTime", 3)):
        return None
    moment, amount, _unit = one["plusTime"]
    beside, how_many, unit = other["plusTime"]
    name = _fact_in(moment, facts)
    if not name or facts[name].type != "moment" or amount != 0 or isinstance(amount, bool):
        return None
    if not isinstance(unit, str) or not _may_be_typed(how_many, "number"):
        return None
    named = _fact_in(beside, facts)
    if named or (isinstance(beside, str) and beside not in facts):
        return Sentence(name, comparison, (str(how_many),), unit, named or beside)
    return None


def _written(part: Sentence, facts: Mapping[str, Fact]) -> Any:
    if part.fact not in facts:
        return {"var": part.fact}
    fact, reads = facts[part.fact], {"var": part.fact}
    first = next(iter(COMPARISONS[fact.type]))
    comparison = part.comparison if part.comparison in COMPARISONS[fact.type] else first
    values = [whole_number(each) if fact.type == "number" else each for each in part.values]
    value = values[0] if values else ""
    if fact.type == "moment":
        amount = whole_number(part.values[0]) if part.values else ""
        beside = {"var": part.beside} if part.beside in facts else part.beside
        both = [{"plusTime": [reads, 0, "day"]}, {"plusTime": [beside, amount, part.unit]}]
        return {_OPERATORS[comparison]: both}
    if comparison in ("is_not", "not_among", "no", "has_not", "none"):
        opposite = Sentence(part.fact, _OPPOSITE[comparison], part.values)
        return {"!": [_written(opposite, facts)]}
    if comparison in ("yes", "any"):
        return reads
    if comparison == "among":
        return {"in": [reads, values]}
    return {"in": [value, reads]} if comparison == "has" else {_OPERATORS[comparison]: [reads, value]}


def _fact_in(expression: Any, facts: Mapping[str, Fact]) -> str:
    """The fact that {"var": …} reads; "" where this is something else, or it is not known."""
    name = expression["var"] if isinstance(expression, dict) and expression.keys() == {"var"} else ""
    return name if isinstance(name, str) and name in facts else ""


def _may_be_typed(value: Any, of: Type) -> bool:
    """Whether it can stand in a form's field of this type: also what is no number yet."""
    if of == "number":
        return isinstance(value, int | str) and not isinstance(value, bool)
    return isinstance(value, str)


def _is_operation(expression: Any, operator: str, count: int | None = None) -> bool:
    if not isinstance(expression, dict) or expression.keys() != {operator}:
        return False
    operands = expression[operator]
    return isinstance(operands, list) and count in (None, len(operands))

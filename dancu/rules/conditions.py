"""The parts of a rule's condition, as reading.py finds them in CertLogic's JSON: each knows its type. What is
done with conditions (evaluating.py, plain.py, statements.py, wording.py) goes by these.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dancu.rules.kinds import Fact, Type

INSTANTS = {"after": ">", "before": "<", "not-after": "<=", "not-before": ">="}
NUMBERS = (">", "<", ">=", "<=")


@dataclass(frozen=True)
class Reads:
    """{"var": "name"}."""

    name: str
    fact: Fact

    @property
    def type(self) -> Type:
        return self.fact.type


@dataclass(frozen=True)
class Given:
    """A text, a whole number, or true and false."""

    value: str | int | bool

    @property
    def type(self) -> Type:
        return (
            "yes_no" if isinstance(self.value, bool) else "number" if isinstance(self.value, int) else "text"
        )


@dataclass(frozen=True)
class Several:
    """[…] of texts or numbers."""

    values: tuple[str | int, ...]
    type: Type = "list"


@dataclass(frozen=True)
class Later:
    """{"plusTime": [a moment's text, amount, unit]}."""

    moment: "Reads | Given"
    amount: int
    unit: str
    type: Type = "moment"


@dataclass(frozen=True)
class Sum:
    """{"+": […, …]} of numbers."""

    left: "Node"
    right: "Node"
    type: Type = "number"


@dataclass(frozen=True)
class Compares:
    """===, <, after, … of two or three."""

    operator: str
    operands: tuple["Node", ...]
    type: Type = "yes_no"


@dataclass(frozen=True)
class IsAmong:
    """{"in": […, a list]}."""

    item: "Node"
    among: "Reads | Several"
    type: Type = "yes_no"


@dataclass(frozen=True)
class Both:
    """{"and": […, …]}."""

    parts: tuple["Node", ...]
    type: Type = "yes_no"


@dataclass(frozen=True)
class Not:
    """{"!": […]}."""

    part: "Node"
    type: Type = "yes_no"


@dataclass(frozen=True)
class Either:
    """{"if": [guard, then, otherwise]} of conditions."""

    guard: "Node"
    then: "Node"
    otherwise: "Node"
    type: Type = "yes_no"


Node = Reads | Given | Several | Later | Sum | Compares | IsAmong | Both | Not | Either


def inner(node: Node) -> tuple[Node, ...]:
    """What stands in it, one level down."""
    match node:
        case Sum(one, other) | IsAmong(one, other):
            return (one, other)
        case Compares(_, several) | Both(several):
            return several
        case Not(one) | Later(one):
            return (one,)
        case Either(one, other, third):
            return (one, other, third)
    return ()


def parts(node: Node) -> Iterator[Node]:
    """The node, and all that stand in it."""
    yield node
    for each in inner(node):
        yield from parts(each)


def facts_of(node: Node) -> dict[str, Fact]:
    """The facts that a condition reads, by name."""
    return {each.name: each.fact for each in parts(node) if isinstance(each, Reads)}

"""A rule as an SQL expression, for what the database decides of many rows: SQL's NULL is what nobody knows,
and its AND, NOT and CASE answer as evaluating.py does.
"""

import itertools

from psycopg import sql

from dancu.certlogic.instants import plus_time
from dancu.rules.conditions import (
    INSTANTS,
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
    facts_of,
)
from dancu.rules.kinds import RuleKind
from dancu.rules.rule import TRY_NEXT, Rule

_EMPTY = {"text": "({}) <> ''", "number": "({}) <> 0", "list": "cardinality({}) > 0", "yes_no": "{}"}


def expression(rule: Rule) -> str:
    """The answer of the rule, of a row with the columns that the kind's `sql` names. The text is for a
    statement with values: a percent sign in a literal is doubled.
    """
    lines = []
    for clause in rule.clauses:
        when = _truth(clause.when, rule.kind)
        lines.append(f"WHEN {when} THEN {literal(clause.then)}")
        if clause.unknown != TRY_NEXT and any(fact.may_be_missing for fact in facts_of(clause.when).values()):
            lines.append(f"WHEN ({when}) IS NULL THEN {literal(clause.unknown)}")
    otherwise = literal(rule.otherwise)
    return f"CASE {' '.join(lines)} ELSE {otherwise} END" if lines else otherwise


def _truth(node: Node, kind: RuleKind) -> str:
    match node:
        case Both(parts):
            return f"({' AND '.join(_truth(part, kind) for part in parts)})"
        case Not(part):
            return f"(NOT {_truth(part, kind)})"
        case Either(guard, then, otherwise):
            return _either(*(_truth(each, kind) for each in (guard, then, otherwise)))
        case Compares(operator, operands):
            sign = "=" if operator == "===" else INSTANTS.get(operator, operator)
            found = [_value(each, kind) for each in operands]
            pairs = [f"{one} {sign} {other}" for one, other in itertools.pairwise(found)]
            compared = " AND ".join(pairs)
            if len(found) == 2:
                return f"({compared})"
            return f"(CASE WHEN num_nulls({', '.join(found)}) = 0 THEN {compared} END)"
        case IsAmong(item, Several(values)):
            return f"({_value(item, kind)} IN ({', '.join(map(literal, values))}))"
        case IsAmong(item, among):
            one = _value(item, kind)
            return f"(CASE WHEN {one} IS NOT NULL THEN {one} = ANY({_value(among, kind)}) END)"
    return f"({_EMPTY[node.type].format(_value(node, kind))})"


def _either(guard: str, then: str, otherwise: str) -> str:
    same = f"CASE WHEN {then} = {otherwise} THEN {then} END"
    return f"(CASE WHEN {guard} THEN {then} WHEN NOT {guard} THEN {otherwise} ELSE {same} END)"


def _value(node: Node, kind: RuleKind) -> str:
    match node:
        case Reads(name):
            return f"({kind.sql[name]})"
        case Given(value):
            return literal(value)
        case Several(values):
            return f"ARRAY[{', '.join(map(literal, values))}]"
        case Sum(left, right):
            return f"({_value(left, kind)}::bigint + {_value(right, kind)})"
        case Later(moment, amount, unit):
            of = _instant(moment.value) if isinstance(moment, Given) else _value(moment, kind)
            return f"({of} + interval '{amount} {unit}')"
    return _truth(node, kind)


def _instant(text: object) -> str:
    """A moment as CertLogic reads it: without a zone it is in UTC."""
    return f"{literal(str(plus_time(str(text), 0, 'day')))}::timestamptz"


def literal(value: object) -> str:
    """A value in SQL."""
    return sql.Literal(value).as_string().replace("%", "%%")

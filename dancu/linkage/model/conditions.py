"""When a comparison level holds, said once and run twice: in Python for one pair, in SQL for many.

A condition is written in a model file as `same(given) and distance(birth_digits, 1)`. Its words are listed in
`WORDS`; `and` and `or` join them. There is no `not`: a word about a missing value is false, and SQL, where it
is NULL, would not make it true by `not`.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from dancu.errors import DancuError

Record = Mapping[str, Any]
Holds = Callable[[Record, Record], bool]


class BadCondition(DancuError):
    """The condition "{0}" is not understood: {1}."""


@dataclass(frozen=True)
class Condition:
    """A parsed condition. `columns`: the prepared columns that it reads; `holds(left, right)`: whether it
    does for two records; `costly`: whether it takes many times as long as comparing two values.
    """

    columns: frozenset[str]
    holds: Holds
    _sql: Callable[[str], str]
    costly: bool = False

    def sql(self, dialect: str = "duckdb") -> str:
        """The same in SQL over columns that end in `_l` and `_r`, as Splink names them. `dialect`: duckdb
        or spark.
        """
        return self._sql(dialect)


@dataclass(frozen=True)
class ConditionWord:
    """A word of conditions about the values `a`, `b` of one column on both sides, and a number `n` where it
    takes one.

    `sql`: by dialect, or one for all under "". `every`: whether of several columns all must fulfil it, or
    one.
    """

    holds: Callable[[Any, Any, Any], bool]
    sql: dict[str, str]
    takes_number: bool = False
    every: bool = True
    of_missing: bool = False  # whether it has something to say where a value is missing
    costly: bool = False  # whether it looks at letters one by one


# DuckDB's own is slow: asked only where cheaper measures do not rule it out, 500,000 pairs of names take 0.05
# s instead of 0.35
_FAST_DISTANCE = (
    "(CASE WHEN abs(strlen({a}) - strlen({b})) > {n} THEN false WHEN {n} = 1 AND strlen({a}) = strlen({b}) "
    "AND "
    "hamming({a}, CASE WHEN strlen({a}) = strlen({b}) THEN {b} ELSE {a} END) > 2 THEN false "
    "WHEN levenshtein({a}, {b}) > 2 * {n} THEN false ELSE damerau_levenshtein({a}, {b}) <= {n} END)"
)
_SHORT_FOR = "{0} = {1} OR (least(length({0}), length({1})) = 1 AND substr({0}, 1, 1) = substr({1}, 1, 1))"
_PLAIN_WORDS = "string_split(replace({0}, '.', ''), ' ')"
_ABBREVIATES = (
    "(len({one}) = len({other}) AND list_bool_and(list_transform(list_zip({one}, {other}), "
    f"lambda pair: {_SHORT_FOR.format('pair[1]', 'pair[2]')})))"
)
_SPARK_PLAIN = "split(replace({0}, '.', ''), ' ')"
_SPARK_ABBREVIATES = (
    "(size({one}) = size({other}) AND forall(zip_with({one}, {other}, "
    f"(x, y) -> {_SHORT_FOR.format('x', 'y')}), fits -> fits))"
)
_SPARK_PART = "(size(array_except({0}, {1})) = 0 OR size(array_except({1}, {0})) = 0)"
WORDS = {
    # one of them is not known on one side
    "missing": ConditionWord(
        lambda a, b, _n: a is None or b is None,
        {"": "({a} IS NULL OR {b} IS NULL)"},
        every=False,
        of_missing=True,
    ),
    # it is not known on either side
    "neither": ConditionWord(
        lambda a, b, _n: a is None and b is None, {"": "({a} IS NULL AND {b} IS NULL)"}, of_missing=True
    ),
    # the same on both sides
    "same": ConditionWord(lambda a, b, _n: a == b, {"": "{a} = {b}"}),
    # at most n letters wrong, missing, too many, or exchanged with their neighbour; DuckDB counts bytes, so
    # we do
    "distance": ConditionWord(
        lambda a, b, n: DamerauLevenshtein.distance(a.encode(), b.encode(), score_cutoff=n) <= n,
        {"": _FAST_DISTANCE, "spark": "damerau_levenshtein({a}, {b}) <= {n}"},
        takes_number=True,
        costly=True,
    ),
    # Jaro and Winkler's similarity is at least n
    "similar": ConditionWord(
        lambda a, b, n: JaroWinkler.similarity(a.encode(), b.encode()) >= n,
        {"": "jaro_winkler_similarity({a}, {b}) >= {n}", "spark": "jaro_winkler({a}, {b}) >= {n}"},
        takes_number=True,
        costly=True,
    ),
    # two numbers differ by at most n
    "within": ConditionWord(
        lambda a, b, n: abs(a - b) <= n, {"": "abs({a} - {b}) <= {n}"}, takes_number=True
    ),
    # two numbers differ by at least n
    "apart": ConditionWord(lambda a, b, n: abs(a - b) >= n, {"": "abs({a} - {b}) >= {n}"}, takes_number=True),
    # one side has only the first letter of the other
    "initial": ConditionWord(
        lambda a, b, _n: (len(a) == 1 or len(b) == 1) and a[0] == b[0],
        {"": "((length({a}) = 1 OR length({b}) = 1) AND substr({a}, 1, 1) = substr({b}, 1, 1))"},
    ),
    # the words of one side are all among the words of the other
    "part": ConditionWord(
        lambda a, b, _n: set(a.split(" ")) <= set(b.split(" ")) or set(b.split(" ")) <= set(a.split(" ")),
        {
            "": "(list_has_all(string_split({a}, ' '), string_split({b}, ' ')) OR "
            "list_has_all(string_split({b}, ' '), string_split({a}, ' ')))",
            "spark": _SPARK_PART.format("split({a}, ' ')", "split({b}, ' ')"),
        },
        costly=True,
    ),
    # word by word the same, or the first letter alone on one side: "t. ngoc" for "thi ngoc", "tuan" never for
    # "thanh"
    "abbreviates": ConditionWord(
        lambda a, b, _n: _abbreviates(a.replace(".", "").split(" "), b.replace(".", "").split(" ")),
        {
            "": _ABBREVIATES.format(one=_PLAIN_WORDS.format("{a}"), other=_PLAIN_WORDS.format("{b}")),
            "spark": _SPARK_ABBREVIATES.format(
                one=_SPARK_PLAIN.format("{a}"), other=_SPARK_PLAIN.format("{b}")
            ),
        },
        costly=True,
    ),
    # one side is the beginning of the other, of n letters at least: an abbreviation, a name cut short
    "begins": ConditionWord(
        lambda a, b, n: min(len(a), len(b)) >= n and (a.startswith(b) or b.startswith(a)),
        {
            "": "(least(length({a}), length({b})) >= {n} AND (starts_with({a}, {b}) OR starts_with({b}, "
            "{a})))",
            "spark": "(least(length({a}), length({b})) >= {n} AND (startswith({a}, {b}) OR startswith({b}, "
            "{a})))",
        },
        takes_number=True,
        costly=True,
    ),
    # of all the different words of both sides, at least this share stands on both
    "shares": ConditionWord(
        lambda a, b, n: (
            len(set(a.split(" ")) & set(b.split(" "))) >= n * len(set(a.split(" ")) | set(b.split(" ")))
        ),
        {
            "": "(len(list_intersect(string_split({a}, ' '), string_split({b}, ' '))) >= {n}::DOUBLE * "
            "len(list_distinct(list_concat(string_split({a}, ' '), string_split({b}, ' ')))))",
            "spark": "(size(array_intersect(split({a}, ' '), split({b}, ' '))) >= cast({n} as double) * "
            "size(array_union(split({a}, ' '), split({b}, ' '))))",
        },
        takes_number=True,
        costly=True,
    ),
    # it is true on one side at least
    "either": ConditionWord(
        lambda a, b, _n: bool(a) or bool(b),
        {"": "(coalesce({a}, false) OR coalesce({b}, false))"},
        every=False,
        of_missing=True,
    ),
}


def _abbreviates(some: list[str], others: list[str]) -> bool:
    """Whether of two lists of words each is the other's, or the one's first letter."""
    both = list(zip(some, others, strict=False))
    return len(some) == len(others) and all(
        one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]) for one, other in both
    )


def condition(text: str) -> Condition:
    """Parse a condition of a model file. Raises BadCondition."""
    try:
        return _parsed(text, ast.parse(text, mode="eval").body)
    except SyntaxError as error:
        raise BadCondition(text, error.msg) from error


def _parsed(text: str, node: ast.expr) -> Condition:
    if isinstance(node, ast.BoolOp):
        return _joined([_parsed(text, value) for value in node.values], isinstance(node.op, ast.And))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        columns = [arg.id for arg in node.args if isinstance(arg, ast.Name)]
        numbers = [
            arg.value
            for arg in node.args
            if isinstance(arg, ast.Constant) and type(arg.value) in (int, float)
        ]
        if len(columns) + len(numbers) == len(node.args):
            if node.func.id == "crossed" and len(columns) == 2 and not numbers:
                return _crossed(*columns)
            word = WORDS.get(node.func.id)
            if word and columns and len(numbers) == word.takes_number:
                return _joined([_said(node.func.id, column, *numbers) for column in columns], word.every)
    raise BadCondition(text, f"it is made of {', '.join([*WORDS, 'crossed'])}, joined by and, or")


def _said(wording: str, column: str, n: Any = None) -> Condition:
    word = WORDS[wording]

    def holds(left: Record, right: Record) -> bool:
        a, b = left[column], right[column]
        return word.holds(a, b, n) if word.of_missing or (a is not None and b is not None) else False

    def sql(dialect: str) -> str:
        return word.sql.get(dialect, word.sql[""]).format(a=f"{column}_l", b=f"{column}_r", n=n)

    return Condition(frozenset([column]), holds, sql, word.costly and not (wording == "distance" and n == 1))


def _crossed(one: str, other: str) -> Condition:
    """crossed(day, month): what stands in one column on one side stands in the other on the other side,
    both ways.
    """

    def holds(left: Record, right: Record) -> bool:
        a, b = left[one], left[other]
        return a is not None and b is not None and a == right[other] and b == right[one]

    return Condition(
        frozenset([one, other]), holds, lambda dialect: f"({one}_l = {other}_r AND {other}_l = {one}_r)"
    )


def _joined(parts: list[Condition], every: bool) -> Condition:
    if len(parts) == 1:
        return parts[0]
    all_hold, word = (all, " AND ") if every else (any, " OR ")
    return Condition(
        frozenset().union(*(part.columns for part in parts)),
        lambda left, right: all_hold(part.holds(left, right) for part in parts),
        lambda dialect: "(" + word.join(part.sql(dialect) for part in parts) + ")",
        any(part.costly for part in parts),
    )

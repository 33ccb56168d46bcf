"""What decides besides the weight, since a sum cannot say that one field decides.

A model file has ways for each policy below: tables of levels by field. A policy holds for a pair if any one
of its ways holds. A way may also have a condition on the prepared columns, `when`.

`[[automatic]]`: the pair may be a match without people deciding. `[[possible]]`: it may go to review.
`[[rival]]`: the candidate stays a rival of a better one. `[[exact]]`: the candidate agrees exactly, and keeps
a less exact one from being a match. `[[named]]`: the name agrees well enough that only exact candidates above
the threshold of review keep it from being a match. `[[settled]]`: the search ends with this match.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dancu.linkage.model.conditions import Condition, condition

POLICIES = ("automatic", "possible", "rival", "exact", "named", "settled")
"""The policies of a model file. They may change without learning the weights again."""


@dataclass(frozen=True)
class Way:
    """`levels`: for each field the levels that agree, all of which must hold; `when`: a further condition."""

    levels: Mapping[str, Sequence[str]]
    when: Condition | None = None

    def holds(self, levels: Mapping[str, str], left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
        """Whether the way holds for two prepared records. `levels`: the level of each field."""
        fits = all(levels[field] in agreeing for field, agreeing in self.levels.items())
        return fits and (self.when is None or self.when.holds(left, right))

    def sql(self, level: Mapping[str, str], dialect: str = "duckdb") -> str:
        """The same in SQL. `level`: by field the column of its level, or a literal."""
        parts = [_is_one_of(level[field], names) for field, names in self.levels.items()]
        parts += [f"coalesce({self.when.sql(dialect)}, false)"] if self.when else []
        return " AND ".join(parts) or "true"


def read_ways(tables: Sequence[Mapping[str, Any]]) -> list[Way]:
    """The ways of one policy. `tables`: as the model file has them. Raises BadCondition."""
    return [
        Way(
            {field: levels for field, levels in way.items() if field != "when"},
            condition(way["when"]) if "when" in way else None,
        )
        for way in tables
    ]


def any_holds(
    ways: Sequence[Way], levels: Mapping[str, str], left: Mapping[str, Any], right: Mapping[str, Any]
) -> bool:
    """Whether one of these ways holds for two prepared records whose levels are known."""
    return any(way.holds(levels, left, right) for way in ways)


def any_sql(ways: Sequence[Way], level: Mapping[str, str], dialect: str = "duckdb") -> str:
    """The same in SQL: a CASE, as DuckDB works out every part of an OR for every row."""
    cases = " ".join(f"WHEN {way.sql(level, dialect)} THEN true" for way in ways)
    return f"CASE {cases} ELSE false END" if cases else "false"


def _is_one_of(level: str, names: Sequence[str]) -> str:
    """A comparison with each name: DuckDB makes a join of a longer IN, which takes three times as long."""
    return f"({' OR '.join(f'{level} = {_quoted(name)}' for name in names) or 'false'})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""What decides beside the weight: a sum cannot say that one thing decides.

A model file names it as ways, each a table of levels by field, any one of which must hold: `[[automatic]]` a
match without people deciding takes; `[[possible]]` whoever is put before people takes; `[[rival]]` whoever
stays a rival of somebody who is meant better; `[[exact]]` whoever keeps others from being a match who are
less exact; `[[named]]` of those whoever only does so above the threshold of review; `[[settled]]` nobody
better is looked for. A way may also name a condition, `when`, of the prepared columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dancu.linkage.model.conditions import Condition, condition

POLICIES = ("automatic", "possible", "rival", "exact", "named", "settled")
"""The parts of a model file that are ways. They may change without the weights being learnt anew."""


@dataclass(frozen=True)
class Way:
    """`levels`: by field, of which one must hold. `when`: what else must, if anything."""

    levels: Mapping[str, Sequence[str]]
    when: Condition | None = None

    def holds(self, levels: Mapping[str, str], left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
        """`levels`: the level of each field, for two prepared records."""
        fits = all(levels[field] in agreeing for field, agreeing in self.levels.items())
        return fits and (self.when is None or self.when.holds(left, right))

    def sql(self, level: Mapping[str, str], dialect: str = "duckdb") -> str:
        """The same in SQL. `level`: by field the column of its level, or a literal."""
        parts = [_is_one_of(level[field], names) for field, names in self.levels.items()]
        parts += [f"coalesce({self.when.sql(dialect)}, false)"] if self.when else []
        return " AND ".join(parts) or "true"


def read_ways(given: Sequence[Mapping[str, Any]]) -> list[Way]:
    """The ways of one policy of a model file. Raises BadCondition."""
    return [
        Way(
            {field: levels for field, levels in way.items() if field != "when"},
            condition(way["when"]) if "when" in way else None,
        )
        for way in given
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
    """Compared one by one: DuckDB makes a join of a longer IN, which takes three times as long."""
    return f"({' OR '.join(f'{level} = {_quoted(name)}' for name in names) or 'false'})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

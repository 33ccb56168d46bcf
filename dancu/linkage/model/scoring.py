"""How likely two records are one person: the sum of what every field says, in bits (Fellegi and Sunter,
1969).

One pair in Python, many pairs in SQL, of the same conditions and the same weights. A level whose value may be
frequent is worth log2(m / frequency) instead of log2(m / u), of the two values the more frequent, as Splink
reckons it; one that holds for a part only of those that agree in the value is worth log2(m / u) + log2(chance
/ frequency).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, TypedDict

from dancu.linkage.model.model import DIFFERENT, MISSING, Comparison, Level, Model
from dancu.linkage.model.weights import SMALLEST, Weights

PRIOR = "prior"


@dataclass(frozen=True)
class Evidence:
    """What one field says: its level of agreement, and the weight of that in bits."""

    field: str
    level: str
    weight: float


class EvidenceStep(TypedDict):
    """The same as JSON."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True)
class Score:
    """`weight` in bits: 0 is even odds, each further bit doubles them. `waterfall`: what it is the sum
    of, the prior first.
    """

    weight: float
    waterfall: Sequence[Evidence]

    @property
    def levels(self) -> dict[str, str]:
        """The level of each field."""
        return {evidence.field: evidence.level for evidence in self.waterfall if evidence.field != PRIOR}

    def as_json(self) -> list[EvidenceStep]:
        """The waterfall as review cases and results keep it."""
        return [
            {"field": of.field, "level": of.level, "weight": round(of.weight, 2)} for of in self.waterfall
        ]


class Scorer:
    """Scores pairs of prepared records (kinds.prepare) by one model and its weights."""

    def __init__(self, model: Model, weights: Weights, prior: float | None = None) -> None:
        """`prior`: the probability that a record and a candidate are one person before they are compared:
        1 / number of people.
        """
        self.model, self.weights = model, weights
        self.prior = log2((prior or weights.prior) / (1 - (prior or weights.prior)))
        self._compared = [
            (comparison.field, comparison.missing.holds, self._levels(comparison))
            for comparison in model.comparisons
        ]

    def _levels(
        self, comparison: Comparison
    ) -> list[tuple[Any, str, float, float, str | None, Mapping[str, float], float]]:
        field = comparison.field
        levels = [
            (
                level.when.holds,
                level.name,
                self.weights.bits(field, level.name),
                self.commonly(field, level),
                level.frequency,
                self.weights.frequencies[level.frequency] if level.frequency else {},
                self.weights.rarest(level.frequency) if level.frequency else 1.0,
            )
            for level in comparison.levels
        ]
        return [*levels, (_always, DIFFERENT, self.weights.bits(field, DIFFERENT), 0.0, None, {}, 1.0)]

    def score(self, left: Mapping[str, Any], right: Mapping[str, Any]) -> Score:
        """Two prepared records compared, with what every field says."""
        waterfall = [Evidence(PRIOR, "", self.prior)]
        for field, missing, levels in self._compared:
            if missing(left, right):
                waterfall.append(Evidence(field, MISSING, 0.0))
                continue
            for holds, name, bits, commonly, column, frequencies, rarest in levels:
                if holds(left, right):
                    if column:
                        often = max(
                            frequencies.get(left[column], rarest), frequencies.get(right[column], rarest)
                        )
                        bits = commonly - log2(often)
                    waterfall.append(Evidence(field, name, bits))
                    break
        return Score(sum(evidence.weight for evidence in waterfall), waterfall)

    def most(self, record: Mapping[str, Any], but: Collection[str] = ()) -> float:
        """The most that a prepared record can weigh, whoever it is compared with. `but`: fields whose
        level "same" is known not to hold.
        """
        bits = self.prior
        for comparison, (field, _missing, levels) in zip(self.model.comparisons, self._compared, strict=True):
            if any(record[column] is None for column in comparison.missing.columns):
                continue
            reach = [
                commonly - log2(frequencies.get(record[column], rarest)) if column else bits_of_level
                for _holds, name, bits_of_level, commonly, column, frequencies, rarest in levels[:-1]
                if column or not (field in but and name == "same")
            ]
            bits += max(0.0, *reach)
        return bits

    def sql(self, comparison: Comparison, dialect: str = "duckdb") -> str:
        """The weight of one field as an SQL expression over `…_l` and `…_r` columns, and `tf_…` where
        frequencies count.
        """
        cases = [f"WHEN {comparison.missing.sql(dialect)} THEN {_double(0)}"]
        cases += [
            f"WHEN {level.when.sql(dialect)} THEN {self._bits_sql(comparison, level)}"
            for level in comparison.levels
        ]
        return f"CASE {' '.join(cases)} ELSE {_double(self.weights.bits(comparison.field, DIFFERENT))} END"

    def most_sql(self, comparison: Comparison, dialect: str = "duckdb") -> str:
        """As `sql`, but at least as much and many times quicker: every level that takes long to tell is
        taken to hold if that is more.
        """
        cases, costly = [f"WHEN {comparison.missing.sql(dialect)} THEN {_double(0)}"], []
        for level in comparison.levels:
            bits = self._bits_sql(comparison, level)
            if level.when.costly:
                costly.append(bits)
            else:
                cases.append(f"WHEN {level.when.sql(dialect)} THEN {_greatest([bits, *costly])}")
        different = _double(self.weights.bits(comparison.field, DIFFERENT))
        return f"CASE {' '.join(cases)} ELSE {_greatest([different, *costly])} END"

    def bits_of_level_sql(self, comparison: Comparison) -> str:
        """As `sql`, where the column `level_FIELD` says which level holds."""
        cases = [
            f"WHEN '{level.name}' THEN {self._bits_sql(comparison, level)}" for level in comparison.levels
        ]
        different = _double(self.weights.bits(comparison.field, DIFFERENT))
        return (
            f"CASE level_{comparison.field} WHEN '{MISSING}' THEN {_double(0)} {' '.join(cases)} "
            f"ELSE {different} END"
        )

    def level_sql(self, comparison: Comparison, dialect: str = "duckdb") -> str:
        """The level of one field as an SQL expression."""
        return level_sql(comparison, dialect)

    def _bits_sql(self, comparison: Comparison, level: Level) -> str:
        if not level.frequency:
            return _double(self.weights.bits(comparison.field, level.name))
        rarest, column = _double(self.weights.rarest(level.frequency)), level.frequency
        often = f"greatest(coalesce(tf_{column}_l, {rarest}), coalesce(tf_{column}_r, {rarest}))"
        return f"{_double(self.commonly(comparison.field, level))} - log2({often})"

    def commonly(self, field: str, level: Level) -> float:
        """The weight of a level at a value that everybody has; a rarer one weighs log2(1 / frequency)
        more.
        """
        if level.partly and level.frequency:
            chance = max(self.weights.chance(level.frequency), SMALLEST)
            return self.weights.bits(field, level.name) + log2(chance)
        return log2(max(self.weights.levels[field][level.name][0], SMALLEST))


def level_sql(comparison: Comparison, dialect: str = "duckdb") -> str:
    """The level of one field as an SQL expression over `…_l` and `…_r` columns."""
    cases = [f"WHEN {comparison.missing.sql(dialect)} THEN '{MISSING}'"]
    cases += [f"WHEN {level.when.sql(dialect)} THEN '{level.name}'" for level in comparison.levels]
    return f"CASE {' '.join(cases)} ELSE '{DIFFERENT}' END"


def _always(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    return True


def _greatest(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"greatest({', '.join(terms)})"


def _double(number: float) -> str:
    """A number that SQL reads as a double, not as a decimal."""
    return f"{number:.17e}"

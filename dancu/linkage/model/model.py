"""A model file: which fields are compared, at which levels, and by which keys candidates are found.

The files are TOML; `people.toml` beside this is the register's own. A file for other people or another
country names its own fields, kinds (kinds.py) and levels (conditions.py): no code knows them.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dancu.errors import DancuError
from dancu.linkage.model.conditions import BadCondition, Condition, condition
from dancu.linkage.model.kinds import KINDS
from dancu.linkage.model.ways import POLICIES, Way, read_ways

MISSING, DIFFERENT = "missing", "different"


class BadModel(DancuError):
    """The model is not understood: {0}."""


@dataclass(frozen=True)
class Level:
    """One level of agreement: when it holds, and the column whose frequent values make it weaker evidence
    (None: no matter).

    `partly`: it holds for a part only of the pairs that agree in that column (those where one side has no
    marks, say), so that the frequency only corrects its weight instead of standing for u. `chance`: u where
    it is too small for any sample to show, as that two people have one number.
    """

    name: str
    when: Condition
    frequency: str | None = None
    partly: bool = False
    chance: float | None = None


@dataclass(frozen=True)
class Comparison:
    """A field compared: `missing`, the levels in order, the first that holds counts; where none does, it
    is `different`.
    """

    field: str
    missing: Condition
    levels: Sequence[Level]

    @property
    def differs_from(self) -> int:
        """The number of the level (1 the strongest) from which on it differs: dates of one generation are
        no nearer than others.
        """
        return len(self.levels) + (not self.levels or self.levels[-1].name != "generation")

    @property
    def level_names(self) -> list[str]:
        return [*(level.name for level in self.levels), DIFFERENT]


@dataclass(frozen=True)
class Model:
    """`fields`: field → kind. `blocks`: keys, each a list of prepared columns that candidates share with the
    record sought.

    `identity`: the comparisons of what is a person's own, where the others may be shared (a telephone, a
    home). `automatic`, `possible`, `rival`, `exact`, `named`, `settled`: what decides besides the weight
    (ways.py).
    """

    name: str
    fields: Mapping[str, str]
    comparisons: Sequence[Comparison]
    blocks: Sequence[Sequence[str]] = ()
    identity: Sequence[str] = ()
    automatic: Sequence[Way] = ()
    possible: Sequence[Way] = ()
    rival: Sequence[Way] = ()
    exact: Sequence[Way] = ()
    named: Sequence[Way] = ()
    settled: Sequence[Way] = ()
    source: Mapping[str, Any] | None = None

    @cached_property
    def columns(self) -> frozenset[str]:
        """The prepared columns that its fields have."""
        return frozenset(
            field + suffix for field, kind in self.fields.items() for suffix in KINDS[kind].columns
        )

    @cached_property
    def frequency_columns(self) -> list[str]:
        """The columns whose values' frequencies count."""
        levels = (level for comparison in self.comparisons for level in comparison.levels)
        return sorted({level.frequency for level in levels if level.frequency})

    @cached_property
    def digest(self) -> str:
        """What tells one version of the model from another."""
        return _digest(self.source or {})

    @cached_property
    def digest_of_levels(self) -> str:
        """The same of all that weights are learnt for: what decides besides them may change without them."""
        return _digest(
            {name: part for name, part in (self.source or {}).items() if name not in (*POLICIES, "identity")}
        )

    @cached_property
    def of_identity(self) -> list[Comparison]:
        """The comparisons of what is a person's own."""
        return [comparison for comparison in self.comparisons if comparison.field in self.identity]

    @cached_property
    def deciding_columns(self) -> frozenset[str]:
        """The prepared columns that the conditions of its ways read."""
        ways = [way for policy in POLICIES for way in getattr(self, policy)]
        return frozenset(column for way in ways if way.when for column in way.when.columns)


def _digest(source: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()[:16]


def load_model(path: Path) -> Model:
    """Read a model file. Raises BadModel, OSError."""
    try:
        return model_of(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except (
        ValueError,
        TypeError,
        AttributeError,
    ) as error:  # no TOML, no UTF-8, a number where a table belongs
        raise BadModel(f"{path.name}: {error}") from error


def model_of(name: str, source: Mapping[str, Any]) -> Model:
    """A model of what a file says: `fields`, `comparison` (a list) and `blocks`. Raises BadModel."""
    fields = dict(source.get("fields", {}))
    if unknown := [f"{field} = {kind!r}" for field, kind in fields.items() if kind not in KINDS]:
        raise BadModel(f"no kind is called so: {', '.join(unknown)}; there are {', '.join(KINDS)}")
    try:
        comparisons = [_comparison(given) for given in source.get("comparison", [])]
        policies = {policy: read_ways(source.get(policy, [])) for policy in POLICIES}
    except BadCondition as error:
        raise BadModel(str(error)) from error
    except KeyError as error:
        raise BadModel(f"a comparison lacks {error}") from error
    model = Model(
        name,
        fields,
        comparisons,
        [list(block) for block in source.get("blocks", [])],
        source.get("identity", []),
        source=source,
        **policies,
    )
    levels = {each.field: {MISSING, *each.level_names} for each in comparisons}
    for policy, field, level in (
        (policy, field, level)
        for policy, ways in policies.items()
        for way in ways
        for field, names in way.levels.items()
        for level in names
    ):
        if level not in levels.get(field, ()):
            raise BadModel(f"{policy}: {field} has no level {level}")
    if unknown := set(model.identity) - levels.keys():
        raise BadModel(f"identity: nothing compares {', '.join(sorted(unknown))}")
    used = {
        column
        for each in comparisons
        for when in (each.missing, *(level.when for level in each.levels))
        for column in when.columns
    }
    used |= {column for block in model.blocks for column in block} | set(model.frequency_columns)
    used |= model.deciding_columns
    if unknown := used - model.columns:
        raise BadModel(
            f"no field has the columns {', '.join(sorted(unknown))}; there are "
            f"{', '.join(sorted(model.columns))}"
        )
    if not comparisons:
        raise BadModel("it compares nothing")
    return model


def _comparison(given: Mapping[str, Any]) -> Comparison:
    levels = [
        _level(name, level if isinstance(level, dict) else {"when": level})
        for name, level in given["levels"].items()
    ]
    missing = condition(given["missing"])
    return Comparison(given["field"], missing, levels)


def _level(name: str, given: Mapping[str, Any]) -> Level:
    return Level(
        name,
        condition(given["when"]),
        given.get("frequency"),
        given.get("partly", False),
        given.get("chance"),
    )


def used_columns(comparison: Comparison) -> set[str]:
    """The prepared columns that a comparison reads, its frequencies' among them."""
    columns = set(comparison.missing.columns)
    for level in comparison.levels:
        columns |= level.when.columns | ({level.frequency} if level.frequency else set())
    return columns

"""What is a person's own, in a list of people: no shared value makes two records one where it does not speak
for it.

A household shares a telephone, an address, a commune and a family name, which together weigh more than any
name and birth date; EM, which knows no household, finds that those who are the same agree in them and in
nothing else. In a list of few duplicates that is most of what it sees. So what is a person's own (given and
middle name, birth date or year; a family name or a sex where it differs) is asked by itself, by what
agreement in it usually is worth, whatever was learnt of it. Among the pairs of a household one in some dozens
is the same: what is their own has to outweigh that, while weights are learnt and afterwards. A mother and a
daughter of one given name do not.

That costs those whose name and birth date were both spoilt, so it is done where households are seen: many
pairs differ in what is their own and agree in two other things, a telephone and an address, more often than
chance brings together.
"""

from collections.abc import Sequence
from itertools import combinations
from math import log2

import numpy as np
from duckdb import DuckDBPyConnection

from dancu.linkage.model.kinds import KINDS
from dancu.linkage.model.learnt import Field, usual_m
from dancu.linkage.model.model import Comparison, Model, used_columns
from dancu.linkage.model.weights import SMALLEST, Weights

# pairs of two people who share two things, for each record. Measured: 0.3 where a fifth of households shares
HOUSEHOLDS = 0.1
# times as many as chance makes. Measured: a telephone and an address in households 1,000 and more, and a
# family name 2.5
_LIFT = 2.0
_MUCH, _CLEARLY = 5.0, -4.0  # bits of a shared value; of what is their own
_PARENTS = (
    -8.0
)  # bits of a birth date that is another by more than a generation: fathers and sons may be of one name
ENOUGH = 6.0  # bits of what is their own; of whom less is known, half of what it could tell


def tells_people(model: Model) -> bool:
    """Whether a model compares names and birth dates of people by themselves, as one made from a mapping
    does; the register's own says in its ways (ways.py) what decides.
    """
    dates = {
        field
        for field, kind in model.fields.items()
        if kind.startswith(("date", "year")) or KINDS[kind].tells == "birth"
    }
    own = set(model.identity)
    return bool(own & dates and own - dates) and not model.possible


def others(fields: Sequence[Field], model: Model, scale: float, every: int) -> np.ndarray | None:
    """Which pairs are of two people by what is their own; None where no households are seen, or it is no list
    of people. `scale`: how many pairs each of these stands for; `every`: pairs there are in all.
    """
    if not tells_people(model):
        return None
    told, could = np.zeros(len(fields[0].level)), np.zeros(len(fields[0].level))
    for each in fields:
        bits = _bits(each.usual, each.seen)
        told += np.array([0.0, *_counted(bits, each.comparison.field, model)])[each.level]
        if each.comparison.field in model.identity:
            could += np.array([0.0, *[max(bits[0], 0.0)] * len(bits)])[each.level]
    enough = told >= np.minimum(ENOUGH, could / 2)
    records = (2 * every) ** 0.5
    return ~enough if _sharing(fields, model, told < _CLEARLY, scale, every) > HOUSEHOLDS * records else None


def _sharing(fields: Sequence[Field], model: Model, apart: np.ndarray, scale: float, every: int) -> float:
    """How many pairs of two people (`apart`) agree in full in two things, the two that most do of those
    that chance does not bring together.
    """
    shared = [each for each in fields if each.comparison.field not in model.identity and each.seen[0] < 0.5]
    found = 0.0
    for one, other in combinations(shared, 2):
        if max(_bits(each.usual, each.seen)[0] for each in (one, other)) >= _MUCH:
            both = float(((one.level == 1) & (other.level == 1) & apart).sum()) * scale
            if both > _LIFT * every * one.seen[0] * other.seen[0]:
                found = max(found, both)
    return found


def leave_out_others(db: DuckDBPyConnection, model: Model, weights: Weights) -> None:
    """Take from the table `scored` the pairs that are of two people by what is their own. `db`: with the
    table `records` too.
    """
    apart = _speaking_against(model) | _numbers(model)
    compared = [each for each in model.comparisons if each.field in model.identity or each.field in apart]
    columns = sorted({column for each in compared for column in used_columns(each)})
    both = ", ".join(f"a.{column} AS {column}_l, b.{column} AS {column}_r" for column in columns)
    told, could = [], []
    for each in compared:
        learnt = weights.levels[each.field]
        usual = usual_m(len(each.levels) + 1)
        bits = _bits(usual, [max(learnt[name][1], SMALLEST) for name in each.level_names])
        told.append(_level_sql(each, _counted(bits, each.field, model)))
        if each.field in model.identity:
            could.append(_level_sql(each, [max(bits[0], 0.0)] * len(bits)))
    db.execute(
        "CREATE OR REPLACE TABLE scored AS SELECT l, r, weight FROM "
        f"(SELECT s.l, s.r, s.weight, {both} FROM scored s JOIN records a ON a.rid = s.l JOIN records b ON "
        f"b.rid = s.r) "
        f"WHERE {' + '.join(told)} >= least({ENOUGH}, ({' + '.join(could)}) / 2)"
    )


def _speaking_against(model: Model) -> set[str]:
    """The comparisons of what a family shares, or half of all people, and one person does not have twice."""
    names = {field for field, kind in model.fields.items() if kind == "name"}
    endings = {
        field: ("_last",) if kind == "full_name" else KINDS[kind].family
        for field, kind in model.fields.items()
    }
    names |= {field + ending for field, those in endings.items() for ending in those}
    return (names | {field for field, kind in model.fields.items() if kind == "sex"}) - set(model.identity)


def _numbers(model: Model) -> set[str]:
    return {field for field, kind in model.fields.items() if kind == "identifier"}


def _counted(bits: Sequence[float], name: str, model: Model) -> list[float]:
    """What of a comparison's bits counts: all of what is their own, of a family name or a sex what speaks
    against, of a number what speaks for.
    """
    if name in model.identity:
        is_day = model.fields.get(name, "").startswith("date")
        return [*bits[:-1], min(bits[-1], _PARENTS)] if is_day else list(bits)
    if name in _speaking_against(model):
        return [min(of, 0.0) for of in bits]
    return [max(of, 0.0) if name in _numbers(model) else 0.0 for of in bits]


def _bits(m: Sequence[float] | np.ndarray, u: Sequence[float] | np.ndarray) -> list[float]:
    return [log2(one / other) for one, other in zip(m, u, strict=True)]


def _level_sql(comparison: Comparison, bits: Sequence[float]) -> str:
    """What each level of a pair says, in SQL; nothing where it is missing."""
    cases = " ".join(
        f"WHEN {level.when.sql()} THEN {float(of)!r}"
        for level, of in zip(comparison.levels, bits, strict=False)
    )
    return f"(CASE WHEN {comparison.missing.sql()} THEN 0.0 {cases} ELSE {float(bits[-1])!r} END)::DOUBLE"

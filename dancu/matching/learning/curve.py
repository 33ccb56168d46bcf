"""Precision and recall at every threshold, measured on declarations of which it is known whom they mean;
and the threshold to take.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dancu.errors import DancuError
from dancu.matching.answers import AnswerKind, who_is
from dancu.matching.learning import learning
from dancu.register import lookups as register

LEAST_PRECISION = 0.9997  # what the threshold is chosen for; what is promised is 0.9995
_TRUTH = ["truth_pin", "in_register"]
THRESHOLDS = tuple(step / 2 for step in range(41))


@dataclass(frozen=True)
class Seen:
    """One declaration: the highest weight, whether a match may be made of it, whether that would be
    right, and whether there is one.
    """

    weight: float
    is_match: bool
    is_right: bool
    in_register: bool
    has_commune: bool


@dataclass(frozen=True)
class Point:
    """At a threshold in bits: automatic matches, those that are wrong, precision, and recall of all and
    of those with a commune.
    """

    threshold: float
    matches: int
    wrong: int
    precision: float
    recall: float
    recall_with_commune: float


class NobodyKnown(DancuError):
    """The files have no declaration of which it is known whom it means (truth_pin, in_register): dancu match noise writes such files."""  # noqa: E501


def read(files: Sequence[Path], most: int) -> pl.DataFrame:
    """Declarations of which it is known whom they mean: not of people without a number. Raises
    UnreadableFile, NobodyKnown.
    """
    declarations = learning.read_declarations(files, _TRUTH, most)
    known = declarations.filter(pl.col("truth_pin").is_not_null() | ~pl.col("in_register"))
    if known.is_empty():
        raise NobodyKnown
    return known


def seen_in(declarations: pl.DataFrame, on: dt.date) -> Iterator[Seen]:
    """Ask the engine about each declaration."""
    holders = register.by_numbers(declarations["truth_pin"].drop_nulls().unique().to_list())
    for row in declarations.iter_rows(named=True):
        found = holders.get(row["truth_pin"] or "", []) if row["in_register"] else []
        truth = found[0].person_id if found else None
        declared = learning.declared_in(row, on)
        answer = who_is(declared)
        best = answer.best.score.weight if answer.best else float("-inf")
        is_match = answer.kind == AnswerKind.MATCH
        yield Seen(
            best,
            is_match,
            is_match and answer.person_id == truth,
            truth is not None,
            declared.home_area is not None,
        )


def curve(seen: Collection[Seen], thresholds: Sequence[float] = THRESHOLDS) -> list[Point]:
    """Precision and recall at each threshold at or above the one that the answers were made with."""
    return [_point(seen, threshold) for threshold in thresholds]


def chosen(points: Sequence[Point], least: float = LEAST_PRECISION) -> Point | None:
    """The lowest threshold from which on precision is never below `least`."""
    good: Point | None = None
    for point in reversed(points):
        if point.precision < least:
            break
        good = point
    return good


def drawing(points: Sequence[Point], path: Path) -> None:
    """Write the curve as an SVG picture: recall to the right, from 80 %, precision upwards, from 99 %."""
    placed = [
        (60 + 540 * max(0.0, p.recall - 0.8) / 0.2, 340 - 300 * max(0.0, p.precision - 0.99) / 0.01, p)
        for p in points
    ]
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{p.threshold:g} bits: precision {p.precision:.4%}, '
        f"recall {p.recall:.2%}</title></circle>"
        for x, y, p in placed
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _p in placed)
    marks = "".join(
        f'<text x="{60 + 540 * i / 4:.0f}" y="362" text-anchor="middle">{80 + 5 * i} %</text>'
        for i in range(5)
    )
    marks += "".join(
        f'<text x="52" y="{344 - 300 * i / 4:.0f}" text-anchor="end">{99 + i / 4:g} %</text>'
        for i in range(5)
    )
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" font-family="sans-serif" '
        'font-size="13">'
        f'<rect x="60" y="40" width="540" height="300" fill="none" stroke="#888"/><polyline points="{line}" '
        f'fill="none" stroke="#036" stroke-width="2"/>'
        f'<g fill="#036">{dots}</g>{marks}<text x="330" y="388" text-anchor="middle">recall</text><text '
        f'x="60" y="28">precision</text></svg>\n',
        encoding="utf-8",
    )


def _point(seen: Collection[Seen], threshold: float) -> Point:
    matches = [one for one in seen if one.is_match and one.weight >= threshold]
    right = sum(one.is_right for one in matches)
    within, with_commune = (
        [one for one in seen if one.in_register and (one.has_commune or every)] for every in (True, False)
    )
    told = sum(one.is_right and one.has_commune for one in matches)
    return Point(
        threshold,
        len(matches),
        len(matches) - right,
        right / max(1, len(matches)),
        right / max(1, len(within)),
        told / max(1, len(with_commune)),
    )

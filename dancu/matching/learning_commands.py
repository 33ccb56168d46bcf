"""`dancu match learn` and `dancu match curve`: the register's own weights, and the thresholds that they are used with."""

import datetime as dt
from dataclasses import asdict, replace
from pathlib import Path

import click
import polars as pl
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from dancu.matching import answers, curve, learning
from dancu.matching.model.weights import NotItsWeights, load_weights
from dancu.matching.review.lookups import labels
from dancu.register.candidates import people_about

_FILES = click.Path(exists=True, path_type=Path)
_DAY = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the declarations. Today if not given.")


@click.command()
@click.argument("declarations", nargs=-1, required=True, type=_FILES)
@click.option(
    "--people",
    multiple=True,
    required=True,
    type=_FILES,
    help="The population file, or directory of parts, that they come from.",
)
@click.option(
    "--out", default=answers.WEIGHTS, show_default="the engine's own", type=click.Path(dir_okay=False, path_type=Path)
)
@click.option("--most", default=80_000, show_default=True, help="Declarations to learn from, drawn at random.")
@click.option("--seed", default=1, show_default=True)
@_DAY
def learn(
    declarations: tuple[Path, ...], people: tuple[Path, ...], out: Path, most: int, seed: int, on: dt.datetime | None
) -> None:
    """Learn the register's weights from DECLARATIONS (`dancu match noise`, or real ones) by Splink's EM, and from what clerks decided."""
    day = on.date() if on else timezone.localdate()
    rows = pl.concat([pl.read_parquet(file) for file in declarations])
    weights = learning.learn(
        answers.people_model(), rows.sample(min(most, len(rows)), seed=seed), learning.read_people(people), day, seed, labels()
    )  # fmt: skip
    if out.exists():
        weights = _with_thresholds_of(out, weights)
    weights.save(out)
    _tell(weights)


@click.command(name="curve")
@click.argument("declarations", nargs=-1, required=True, type=_FILES)
@click.option("--most", default=20_000, show_default=True, help="Declarations of each file to ask about.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A picture of the curve (.svg).")
@click.option("--save", is_flag=True, help="Write the chosen threshold and what was measured into the weights file.")
@_DAY
def draw(declarations: tuple[Path, ...], most: int, out: Path | None, save: bool, on: dt.datetime | None) -> None:
    """Precision and recall at every threshold, on DECLARATIONS of which it is known whom they mean, against the register."""
    day, weights = on.date() if on else timezone.localdate(), answers.people_weights()
    low = replace(weights, thresholds={**weights.thresholds, "match": curve.THRESHOLDS[0]})
    answers.use(low)
    seen = [one for file in declarations for one in curve.seen_in(pl.read_parquet(file, n_rows=most), day)]
    points = curve.curve(seen)
    best = curve.chosen(points)
    _show(points, best)
    if out:
        curve.drawing(points, out)
    if save and best:
        measured = {
            **asdict(best),
            "declarations": len(seen),
            "people": people_about(),
            "on": str(day),
            "files": [file.stem for file in declarations],
        }
        replace(weights, thresholds={**weights.thresholds, "match": best.threshold}, measured=measured).save(
            answers.WEIGHTS
        )


def _with_thresholds_of(path: Path, weights):
    try:
        return replace(weights, thresholds=load_weights(path, answers.people_model()).thresholds)
    except NotItsWeights:
        return weights


def _show(points: list[curve.Point], best: curve.Point | None) -> None:
    table = Table("threshold", "matches", "wrong", "precision", "recall", "recall with a commune", "")
    for point in points:
        table.add_row(
            f"{point.threshold:g}", f"{point.matches:,}", f"{point.wrong:,}", f"{point.precision:.4%}", f"{point.recall:.2%}",
            f"{point.recall_with_commune:.2%}", "chosen" if point is best else "",
        )  # fmt: skip
    Console().print(table)


def _tell(weights) -> None:
    table = Table("field", "level", "m", "u", "bits")
    for field, levels in weights.levels.items():
        for level, (m, u) in levels.items():
            table.add_row(field, level, f"{m:.5f}", f"{u:.2e}", f"{weights.bits(field, level):+.1f}")
    Console().print(table)

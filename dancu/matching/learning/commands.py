"""`dancu match learn` and `dancu match curve`: the register's own weights, and the thresholds that they
are used with.
"""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import click
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from dancu.errors import DancuError
from dancu.linkage.model.weights import NotItsWeights, load_weights
from dancu.matching import answers
from dancu.matching.learning import curve, learning
from dancu.register.candidates import people_about
from dancu.review.lookups import labels

_FILES = click.Path(exists=True, path_type=Path)
_DAY = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the declarations. Default: today."
)


@click.command()
@click.argument("declarations", nargs=-1, required=True, type=_FILES)
@click.option(
    "--people",
    multiple=True,
    required=True,
    type=_FILES,
    help="The population file, or directory of parts, they were made from.",
)
@click.option(
    "--out",
    default=answers.WEIGHTS,
    show_default="the engine's own",
    type=click.Path(dir_okay=False, path_type=Path),
)
@click.option(
    "--most",
    default=80_000,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many declarations to learn from, drawn at random.",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0))
@_DAY
def learn(
    declarations: tuple[Path, ...],
    people: tuple[Path, ...],
    out: Path,
    most: int,
    seed: int,
    on: dt.datetime | None,
) -> None:
    """Learn the register’s weights from DECLARATIONS (from `dancu match noise`, or real ones) with
    Splink’s EM, and from clerks’ decisions.
    """
    day = on.date() if on else timezone.localdate()
    with _told_in_a_sentence():
        _may_be_written(out)
        rows, population = learning.read_declarations(declarations), learning.read_people(people)
        drawn = rows.sample(min(most, len(rows)), seed=seed)
        weights = learning.learn(answers.people_model(), drawn, population, day, seed, labels())
        if out.exists():
            weights = _with_thresholds_of(out, weights)
        weights.save(out)
    _tell(weights)


@click.command(name="curve")
@click.argument("declarations", nargs=-1, required=True, type=_FILES)
@click.option(
    "--most",
    default=20_000,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many declarations from each file to use.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file for a picture of the curve (.svg).",
)
@click.option(
    "--save", is_flag=True, help="Save the chosen threshold and the measurements in the weights file."
)
@_DAY
def draw(
    declarations: tuple[Path, ...], most: int, out: Path | None, save: bool, on: dt.datetime | None
) -> None:
    """Draw precision and recall at every threshold, for DECLARATIONS whose right answers are known,
    against the register.
    """
    day = on.date() if on else timezone.localdate()
    with _told_in_a_sentence():
        for target in ([out] if out else []) + ([answers.WEIGHTS] if save else []):
            _may_be_written(target)
        rows, weights = curve.read(declarations, most), answers.people_weights()
        answers.use(replace(weights, thresholds={**weights.thresholds, "match": curve.THRESHOLDS[0]}))
        seen = list(curve.seen_in(rows, day))
        points = curve.curve(seen)
        best = curve.chosen(points)
        _show(points, best)
        if out:
            curve.drawing(points, out)
        if save and best:
            files = [file.stem for file in declarations]
            told = {"declarations": len(seen), "people": people_about(), "on": str(day), "files": files}
            thresholds = {**weights.thresholds, "match": best.threshold}
            replace(weights, thresholds=thresholds, measured=asdict(best) | told).save(answers.WEIGHTS)


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except DancuError as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as error:  # a full disk
        raise click.ClickException(
            f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")
        ) from error


def _may_be_written(path: Path) -> None:
    """Before the long work. Raises ClickException."""
    try:
        with tempfile.TemporaryFile(dir=path.resolve().parent):
            pass
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error


def _with_thresholds_of(path: Path, weights):
    try:
        return replace(weights, thresholds=load_weights(path, answers.people_model()).thresholds)
    except NotItsWeights:
        return weights


def _show(points: list[curve.Point], best: curve.Point | None) -> None:
    table = Table("threshold", "matches", "wrong", "precision", "recall", "recall with a commune", "")
    for point in points:
        table.add_row(
            f"{point.threshold:g}",
            f"{point.matches:,}",
            f"{point.wrong:,}",
            f"{point.precision:.4%}",
            f"{point.recall:.2%}",
            f"{point.recall_with_commune:.2%}",
            "chosen" if point is best else "",
        )
    Console().print(table)


def _tell(weights) -> None:
    table = Table("field", "level", "m", "u", "bits")
    for field, levels in weights.levels.items():
        for level, (m, u) in levels.items():
            table.add_row(field, level, f"{m:.5f}", f"{u:.2e}", f"{weights.bits(field, level):+.1f}")
    Console().print(table)

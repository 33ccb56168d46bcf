"""`dancu match dedupe`, `dancu match link`, `dancu match train`: any files, by a mapping of their columns."""

import json
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
import duckdb
from duckdb import DuckDBPyConnection

import dancu.matching.vietnamese_kinds  # noqa: F401 (adds the Vietnamese kinds that a mapping may name)
from dancu.errors import DancuError
from dancu.linkage.errors import BadMapping
from dancu.linkage.finding import SHARE, LinkOptions, LinkResult, find, summary, working_database
from dancu.linkage.mapping import load_mapping
from dancu.linkage.model.model import load_model
from dancu.linkage.model.toml import as_toml
from dancu.linkage.model.weights import load_weights
from dancu.linkage.results import table, write_clusters, write_links, write_pairs, write_rejects
from dancu.matching.duplicates.in_register import find_in_register
from dancu.matching.duplicates.proposing import propose

_FILE = click.Path(path_type=Path, dir_okay=False)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all three commands take."""
    for option in reversed(
        [
            click.option(
                "--mapping", type=_FILE, help="What each column holds: TOML or JSON (see docs/matching.md)."
            ),
            click.option(
                "--labels",
                type=_FILE,
                help="The known answers, for the report: pairs (id_l, id_r[, match]) or clusters (id, "
                "cluster).",
            ),
            click.option(
                "--rejects",
                type=_FILE,
                help="The file for rows left out and values changed on reading, with the reasons.",
            ),
            click.option(
                "--json",
                "as_json",
                is_flag=True,
                help="Print one JSON object on standard output, and everything else on standard error.",
            ),
            click.option(
                "--pairs-limit",
                type=click.IntRange(1000),
                help="Roughly how many pairs to compare at most. Default: 200 per record, between 2 and 60 "
                "million.",
            ),
            click.option(
                "--memory",
                default="4GB",
                show_default=True,
                help="Memory for DuckDB. Anything more goes to disk.",
            ),
            click.option(
                "--near/--no-near",
                default=None,
                help="Whether many records are similar but different, like albums by one artist. Default: "
                "detected.",
            ),
            click.option(
                "--seed",
                default=1,
                show_default=True,
                help="Seed for drawing pairs at random. The same seed gives the same weights.",
            ),
        ]
    ):
        command = option(command)
    return command


def _scoring_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        [
            click.option("--out", type=_FILE, help="The file for the result: .csv or .parquet."),
            click.option(
                "--pairs",
                "pairs_file",
                type=_FILE,
                help="The file for all scored pairs, with their waterfalls.",
            ),
            click.option(
                "--threshold",
                type=float,
                help="How many bits make a match; 0 means even odds. Default: chosen without labels.",
            ),
            click.option(
                "--model",
                "model_file",
                type=_FILE,
                help="A model file from `dancu match train`. Needs --weights.",
            ),
            click.option("--weights", "weights_file", type=_FILE, help="The weights of that model."),
            click.option(
                "--spark",
                is_flag=True,
                help="Score on Spark (Splink’s backend) instead of DuckDB. Needs pyspark.",
            ),
        ]
    ):
        command = option(command)
    return command


@click.command
@click.argument("file", type=_FILE, required=False)
@_options
@_scoring_options
@click.option(
    "--chains", is_flag=True, help="Use plain connected components: one wrong pair can join two clusters."
)
@click.option(
    "--register",
    "in_register",
    is_flag=True,
    help="Search the register itself, with its own model. Takes no FILE.",
)
@click.option(
    "--review",
    is_flag=True,
    help="With --register: send every pair that may be one person to the data stewards for review.",
)
@click.option(
    "--share",
    type=click.IntRange(min=1),
    default=SHARE,
    show_default=True,
    help="With --register: people compared at a time. Fewer need less memory.",
)
def dedupe(
    file: Path | None, chains: bool, in_register: bool, review: bool, share: int, **given: Any
) -> None:
    """Find records in FILE of the same person, place or thing, and group them."""
    if in_register == bool(file):
        raise click.UsageError("give either a FILE or --register")
    if review and not in_register:
        raise click.UsageError(
            "--review needs --register: only people in the register are sent to the stewards"
        )
    if in_register and (given["mapping"] or given["labels"] or given["spark"] or given["model_file"]):
        raise click.UsageError(
            "--register uses its own model, so it takes no --mapping, --labels, --model or --spark"
        )
    _find([file] if file else [], given, review=review, chains=chains, share=share)


@click.command
@click.argument("left", type=_FILE)
@click.argument("right", type=_FILE)
@_options
@_scoring_options
@click.option(
    "--once/--many",
    default=None,
    help="Whether a record is linked at most once. Default: detected for each file.",
)
def link(left: Path, right: Path, once: bool | None, **given: Any) -> None:
    """Find records in LEFT and RIGHT of the same person, place or thing."""
    _find([left, right], given, once=once)


@click.command
@click.argument("file", type=_FILE)
@click.argument("right", type=_FILE, required=False)
@_options
@click.option(
    "--model-out", type=_FILE, required=True, help="The file for the model: fields, levels and keys, in TOML."
)
@click.option("--weights-out", type=_FILE, required=True, help="The file for the weights, in JSON.")
def train(file: Path, right: Path | None, model_out: Path, weights_out: Path, **given: Any) -> None:
    """Learn a model and its weights from FILE, or from FILE and RIGHT together. Also learns from
    --labels, if given.
    """
    labels = given["labels"] is not None
    paths = [file, right] if right else [file]
    _find(
        paths,
        given | {"out": None, "pairs_file": None},
        learn_from_labels=labels,
        save=(model_out, weights_out),
    )


def _find(
    paths: Sequence[Path],
    given: dict[str, Any],
    save: tuple[Path, Path] | None = None,
    review: bool = False,
    **wishes: Any,
) -> None:
    two_files = len(paths) == 2
    if paths and not given["mapping"]:
        raise click.UsageError("--mapping is missing: it says what each column holds")

    def tell(line: str) -> None:
        click.echo(line, err=True)

    try:
        mapping = load_mapping(given["mapping"]) if paths else None
        if given.get("threshold") is not None and not math.isfinite(given["threshold"]):
            raise click.UsageError("--threshold must be a number of bits, such as 5")
        options = LinkOptions(
            labels=given["labels"],
            threshold=given.get("threshold"),
            limit=given["pairs_limit"],
            memory=given["memory"],
            seed=given["seed"],
            near=given["near"],
            spark=given.get("spark", False),
            **_model(given),
            **wishes,
        )
        if mapping and options.model and (lacks := sorted(set(options.model.fields) - set(mapping.names(0)))):
            raise BadMapping(
                given["mapping"], f"it has no column for {', '.join(lacks)}, which the model needs"
            )
        for target in (given["out"], given["pairs_file"], given["rejects"], *(save or ())):
            if target and not target.absolute().parent.is_dir():
                _stop(f"{target}: there is no directory {target.absolute().parent}")
            read = [*paths, given["mapping"], given["labels"]]
            if target and any(path and path.resolve() == target.resolve() for path in read):
                _stop(f"{target} is one of the files being read. Give the result another name")
        with working_database(options.memory) as db:
            found = find(db, paths, mapping, options, tell) if mapping else _in_register(db, options, tell)
            _write(found, paths or [Path("register")], given, save, two_files)
            report = summary(found, two_files) | (_propose(found) if review else {})
    except DancuError as error:
        _stop(str(error))
    except duckdb.Error as error:  # not enough memory or disk, or --memory is not a size
        _stop(str(error).splitlines()[0])
    except OSError as error:
        _stop(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    for warning in report.get("warnings", ()):
        tell(f"WARNING: {warning}")
    if given["as_json"]:
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        click.echo(_report(report, two_files))


def _in_register(db: DuckDBPyConnection, options: LinkOptions, tell: Callable[[str], None]) -> LinkResult:
    return find_in_register(db, options, tell)


def _propose(result: LinkResult) -> dict[str, Any]:
    return {"review": propose(result)._asdict()}


def _model(given: dict[str, Any]) -> dict[str, Any]:
    if not given.get("model_file") and not given.get("weights_file"):
        return {}
    if not (given["model_file"] and given["weights_file"]):
        raise click.UsageError("--model and --weights must be given together")
    model = load_model(given["model_file"])
    return {"model": model, "weights": load_weights(given["weights_file"], model)}


def _write(
    result: LinkResult,
    paths: Sequence[Path],
    given: dict[str, Any],
    save: tuple[Path, Path] | None,
    two_files: bool,
) -> None:
    if given["out"]:
        (write_links if two_files else write_clusters)(result, given["out"])
    if given["pairs_file"]:
        write_pairs(result, given["pairs_file"], two_files)
    if given["rejects"]:
        write_rejects(result.troubles, [path.name for path in paths], given["rejects"])
    if save:
        save[0].write_text(as_toml(result.model.source or {}), encoding="utf-8")
        result.weights.save(save[1])


def _report(report: dict[str, Any], two_files: bool) -> str:
    lines = [
        f"records         "
        f"{' + '.join(f'{n:,}' for n in report['records']) if two_files else format(report['records'], ',')}",
        f"left out        {report['rejected']:,}"
        + (f"; {report['read_otherwise']:,} values changed on reading" if report["read_otherwise"] else ""),
        f"pairs compared  {report['pairs']:,}",
        f"threshold       {report['threshold']} bits",
    ]
    if two_files:
        lines.append(f"links           {report['links']:,}")
    else:
        lines.append(
            f"clusters        {report['clusters']:,} with {report['in_clusters']:,} records, the largest "
            f"with {report['largest']:,}; {report['people']:,} distinct people or things in all"
        )
        lines += [f"WARNING         {warning}" for warning in report["warnings"]]
    if counts := report.get("review"):
        lines.append(
            f"for review      {counts['new']:,} new pairs, {counts['existing']:,} already waiting or "
            f"answered; left out: {counts['settled']:,} that reviewers have compared, "
            f"{counts['certain']:,} that are certainly two people"
        )
    if report["f1"] is not None:
        lines += [
            "",
            f"precision {report['precision']:.4f}   recall {report['recall']:.4f}   F1 {report['f1']:.4f}   "
            f"(against {report['labels']['pairs']:,} labelled pairs)",
            "",
            "Scored pairs alone, by threshold:",
        ]
        lines.append(
            table(
                [
                    ("bits", "precision", "recall", "F1"),
                    *(
                        (each["threshold"], each["precision"], each["recall"], each["f1"])
                        for each in report["labels"]["curve"]
                    ),
                ]
            )
        )
        lines.append(
            f"Best threshold for these labels: {report['labels']['best_threshold']} bits. The labels were "
            f"not used to choose the threshold above."
        )
    return "\n".join([*lines, "", f"{report['seconds']} seconds"])


def _stop(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(1)


__all__ = ["dedupe", "link", "train"]

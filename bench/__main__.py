"""The measured figures, each as a ratio against a limit or a peer in the same run."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
# A home of its own, so that a bench never touches the demo's data.
os.environ.setdefault("DANCU_HOME", str(ROOT / "var" / "bench"))
os.environ.setdefault("DANCU_TOKEN_NUMBERS_A_DAY", "2000000000")  # it asks for as many as it can

from bench.figures import Figure  # noqa: E402

BENCHES = {
    "importing": "rows a second into an empty register, beside a bare COPY",
    "identify": "identification by number over HTTP, beside pgbench running the same select",
    "passes": "passes signed and verified, beside bare ES256",
    "scan": "the officer's scan page, p50 and p99",
    "register": "a register of any size: loaded, its bytes, lookups beside pgbench, search, statistics",
    "search": "the officials' search, p50 and p99",
    "rules": "rules as documents, beside the same as code and as SQL by hand",
    "rollups": "sums kept: changes written and added up, beside a bare insert of the same rows",
    "devices": "what devices bring in, beside the same decisions pressed at the desk, and what they carry",
    "checkpoints": "a bus of forty beside forty single travellers, and a device without the network whose "
    "processor is slowed six times",
    "stations": "how stations stand in a shift, one and sixty, and what the desk asks besides",
    "communes": "type-ahead for a commune",
    "batch": "a million declarations in one file compared with the register, beside the bare join of their "
    "numbers",
    "load": "fifty travellers and officers at once, beside a hundred slow clients, and what is killed "
    "meanwhile",
    "matching": "who is meant: precision, recall and time, on FEBRL 4 beside Splink and rapidfuzz, and on "
    "declarations with faults",
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)), metavar="[NAME]…")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object per figure: name, value, unit, limit, ratio, n."
)
@click.option(
    "--people",
    default=1_000_000,
    show_default=True,
    help="The register's size; a register already made is kept.",
)
@click.option(
    "--parts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="For register: a population already generated.",
)
@click.option("--fresh", is_flag=True, help="For register: load anew what is there already.")
@click.option(
    "--table",
    type=click.Path(dir_okay=False, path_type=Path),
    help="For register: a Markdown table to put the figures into.",
)
@click.option("--seconds", default=10, show_default=True, help="How long each load lasts.")
@click.option(
    "--clients", default=50, show_default=True, help="For load: travellers at once, each with an officer."
)
@click.option("--slow", default=100, show_default=True, help="For load: slow clients beside them.")
def bench(
    names: tuple[str, ...],
    as_json: bool,
    people: int,
    parts: Path | None,
    fresh: bool,
    table: Path | None,
    seconds: int,
    clients: int,
    slow: int,
) -> None:
    """The measured figures, each as a ratio against a limit or a peer in the same run. NAMEs:

    \b
    importing  rows a second into an empty register, beside a bare COPY
    identify   identification by number over HTTP, beside pgbench
    passes     passes signed and verified, beside bare ES256
    scan       the officer's scan page, p50 and p99
    register   a register of any size: loaded, its bytes, lookups beside pgbench
    search     the officials' search, p50 and p99
    rules      rules as documents, beside the same as code and as SQL by hand
    rollups    sums kept: written, added up and read, beside bare statements
    devices    what devices bring in, beside the same decisions pressed at the desk
    checkpoints  a bus of forty, and a slow device without the network
    stations   how stations stand in a shift, one and sixty
    communes   type-ahead for a commune
    batch      a million declarations in one file, beside the bare join of their numbers
    matching   who is meant: precision, recall and time, beside Splink and rapidfuzz
    load       fifty travellers and officers at once, beside slow clients (--seconds 60)
    """
    from dancu.installation import set_up

    set_up()
    from bench import country, growth

    wanted = [name for name in BENCHES if not names or name in names]
    country.tables()
    if set(wanted) - {"register", "rules", "rollups", "devices", "stations"}:
        country.prepare(people, fresh="importing" in wanted)
    more = {"register": (people, parts, fresh), "load": (clients, slow)}
    for name in wanted:
        measure: Callable[..., Iterator[Figure]] = import_module(f"bench.{name}").measure
        figures: list[Figure] = []
        for figure in measure(seconds, *more.get(name, ())):
            click.echo(json.dumps(figure.as_dict()) if as_json else str(figure))
            sys.stdout.flush()
            figures.append(figure)
        if name == "register" and table:
            growth.note(table, f"{people:,}", figures)


bench(prog_name="bin/bench")

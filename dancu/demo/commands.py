"""`dancu demo`: from nothing to a running country."""

import inspect
import os
import shutil
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import click
import psutil
from rich.console import Console

from dancu.db import embedded

if TYPE_CHECKING:
    from dancu.work.process import WorkerProcess

console = Console(highlight=False, soft_wrap=True)


@click.command()
@click.option(
    "--people",
    default=100_000,
    show_default=True,
    type=click.IntRange(2_000),
    help="The number of people in the register.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Delete the last demo and start again.")
@click.option(
    "--once", is_flag=True, help="Run the main story over HTTP on a free port, print each step, and stop."
)
@click.option(
    "--reload",
    is_flag=True,
    help="Restart whenever a source file changes, for development.",
)
def demo(people: int, port: int, fresh: bool, once: bool, reload: bool) -> None:
    """Run a country on this machine. Run it again and it starts in seconds with its data. Ctrl-C stops
    everything it started.
    """
    from dancu.serving import server as serving

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)  # also where a shell started us with Ctrl-C ignored
    os.environ["DANCU_DEMO"] = "1"
    if once:
        port = serving.free_port()
    elif serving.is_taken(port):
        raise click.ClickException(
            f"Port {port} is in use, perhaps by another demo. Choose another: bin/demo --port {port + 1}"
        )
    if fresh:
        _forget()
    try:
        _run(people, port, once, reload)
    except KeyboardInterrupt:
        console.print("\nStopped. Run bin/demo to continue from here.")
        sys.exit(130)
    except OSError as problem:
        if problem.errno == 28:
            raise click.ClickException(
                "The disk is full. Free some space, or set DANCU_HOME to a larger disk, and run this again."
            ) from problem
        raise


def _run(people: int, port: int, once: bool, reload: bool) -> None:
    from dancu.installation import set_up

    try:
        with console.status("Starting the database"):
            set_up()
    except embedded.NoPlace as problem:
        raise click.ClickException(str(problem)) from problem
    # Only now is Django set up, and may the rest be imported.
    from dancu.demo import changes, preparing, story
    from dancu.serving import server as serving
    from dancu.work import process as working

    try:
        cast = preparing.prepare(people, console)
    except (preparing.MadeBefore, preparing.PeopleOfAnother) as refused:
        raise click.ClickException(inspect.cleandoc(str(refused.__doc__))) from refused
    with serving.server(port) as started, working.worker() as beside:
        address = f"http://{serving.HOST}:{port}"
        if once:
            sys.exit(0 if story.play(address, cast, console) else 1)
        preparing.introduce(cast, address, console)
        try:
            started.watch(_changed(beside, changes.Changes().any if reload else None))
        except KeyboardInterrupt:
            console.print("\nStopped. Run bin/demo to start it again with its data.")


def _changed(beside: "WorkerProcess", any_file: Callable[[], bool] | None) -> Callable[[], bool]:
    """Whether a file changed; the worker beside the server is looked after meanwhile."""

    def changed() -> bool:
        beside.look()
        is_changed = any_file is not None and any_file()
        if is_changed:
            beside.restart()
        return is_changed

    return changed


def _forget() -> None:
    if os.environ.get("DANCU_DATABASE_URL"):
        raise click.ClickException(
            "--fresh deletes only dancu’s own embedded database, but DANCU_DATABASE_URL names another. "
            "Empty that one yourself."
        )
    data = embedded.HOME / "postgres"
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] == "postgres" and str(data) in (process.info["cmdline"] or []):
            raise click.ClickException(
                "A demo is running on this data. Stop it first (Ctrl-C in its window)."
            )
    shutil.rmtree(data, ignore_errors=True)
    for left in (
        embedded.HOME / "demo.json",
        *embedded.HOME.glob("demo-*.parquet"),
        *embedded.HOME.glob("demo-*.partial"),
    ):
        left.unlink(missing_ok=True)


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt

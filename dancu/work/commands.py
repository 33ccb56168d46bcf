"""`dancu work`: what nobody waits for is done."""

import os
import signal
import sys
import threading
from datetime import datetime

import click
from django.utils.timezone import localtime

from dancu.work import actions, lookups
from dancu.work.errors import NoSuchJob
from dancu.work.kinds import kinds
from dancu.work.worker import Worker


@click.group(invoke_without_command=True)
@click.option("--only", multiple=True, metavar="KIND", help="Do only this kind of work. Repeat for more.")
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
@click.option("--with-starter", is_flag=True, hidden=True)
@click.pass_context
def work(context: click.Context, only: tuple[str, ...], once: bool, with_starter: bool) -> None:
    """Do what nobody waits for, such as sending messages, adding up statistics and the nightly work, until
    you press Ctrl-C. Any number of workers may run, on any number of machines. Run it as the tables’ owner.
    """
    if context.invoked_subcommand:
        return
    if unknown := set(only) - set(kinds()):
        raise click.BadParameter(
            f"there is no {', '.join(sorted(unknown))}; there are {', '.join(kinds())}.", param_hint="--only"
        )
    worker = Worker(only or None)
    if once:
        worker.once()
        return
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    if with_starter:
        threading.Thread(target=_end_with_starter, args=(stop,), daemon=True).start()
    else:
        click.echo(f"Working as {worker.name}.", err=True)
    if not worker.run(stop):
        os._exit(0)  # what goes on is begun again elsewhere, and its transaction ends with us


@work.command()
def status() -> None:
    """Show each kind of work: when it was done, when it is due, and what is wrong."""
    for each in lookups.standing():
        row = each.row
        when = each.job.when or f"every {each.job.every}"
        click.echo(f"{each.kind:14} {when:14} {each.trouble or 'well':8} {each.job.what}")
        if row:
            said = [f"last done {_time(row['ended_at'])}", f"due {_time(row['due_at'])}"]
            said += [f"took {row['took']}"] if row["took"] else []
            said += [f"with {row['worker']}"] if row["worker"] else []
            said += [f"{each.waits} waiting"] if each.waits is not None else []
            said += [f"went wrong {row['attempts']} times: {row['error']}"] if row["error"] else []
            click.echo(f"{'':14} {', '.join(said)}")


@work.command()
@click.argument("kind")
def now(kind: str) -> None:
    """Let a worker do KIND as soon as one looks."""
    try:
        is_free = actions.due_now(kind)
    except NoSuchJob as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("A worker begins it within seconds." if is_free else "A worker is doing it already.")


def _time(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M:%S}" if at else "never"


def _end_with_starter(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop.set()

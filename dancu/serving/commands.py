"""`dancu serve`."""

import os
import signal
from ipaddress import ip_address

import click
from django.conf import settings
from django.db import Error

from dancu.accounts import errors, sign_in
from dancu.register import lookups as register
from dancu.serving import server


@click.command()
@click.option("--host", default=server.HOST, show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option(
    "--workers",
    default=max(2, os.cpu_count() or 2),
    show_default=True,
    help="The number of processes, about one per core.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and endpoints until you press Ctrl-C. A worker, server or embedded database that
    stops is restarted.
    """
    if settings.DEMO and not ip_address("127.0.0.1" if host == "localhost" else host).is_loopback:
        raise click.ClickException(
            "DANCU_DEMO=1 shows everyone’s codes and messages. Serve it to this machine only, or remove it."
        )
    if settings.DEMO and not _is_a_demos():
        raise click.ClickException(
            "DANCU_DEMO=1 shows everyone’s codes and messages, and this register was not created as a demo. "
            "Remove it."
        )
    if settings.HTTPS and not settings.CLIENT_ADDRESS_HEADER:
        raise click.ClickException(
            "With DANCU_HTTPS=1 a proxy is in front, and without DANCU_CLIENT_ADDRESS_HEADER everyone in "
            "the country has its address, so one person"
            " trying codes locks everyone out. Name the header in which your proxy puts the caller’s "
            "address, such as HTTP_X_REAL_IP."
        )
    _refuse_another_passphrase()
    if server.is_taken(port):
        raise click.ClickException(
            f"Port {port} is in use. Stop the program that uses it, or choose another port with --port."
        )
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # whoever supervises us says it so; our processes end with us
    with server.server(port, host, workers) as started:
        click.echo(f"dancu is running on http://{host}:{port}. Press Ctrl-C to stop it.")
        try:
            started.watch()
        except KeyboardInterrupt:
            click.echo("\nStopped.")


def _refuse_another_passphrase() -> None:
    """A server that could check nobody's code, and would seal new ones with what nobody knows, does not
    begin.
    """
    try:
        sign_in.check_passphrase()
    except errors.SecondFactorsClosed as closed:
        raise click.ClickException(str(closed.__doc__)) from None
    except Error:  # no database yet, or no tables: pages say so, and it may come
        return


def _is_a_demos() -> bool:
    try:
        return register.is_a_demos()
    except Error:
        raise click.ClickException(
            "DANCU_DEMO=1 shows everyone’s codes and messages, and the database does not answer, so it is "
            "not known whether it is a demo. Start the database first."
        ) from None

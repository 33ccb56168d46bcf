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
    "--workers", default=max(2, os.cpu_count() or 2), show_default=True, help="Processes; about one a core."
)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and endpoints until Ctrl-C. Whatever dies is started again: a worker, the server, the embedded database."""
    if settings.DEMO and not ip_address("127.0.0.1" if host == "localhost" else host).is_loopback:
        raise click.ClickException(
            "DANCU_DEMO=1 shows everybody's codes and messages: serve it to this machine alone, or leave it out."
        )
    if settings.DEMO and not _is_a_demos():
        raise click.ClickException(
            "DANCU_DEMO=1 shows everybody's codes and messages, and this register did not begin as a demo: leave it out."
        )
    if settings.HTTPS and not settings.CLIENT_ADDRESS_HEADER:
        raise click.ClickException(
            "With DANCU_HTTPS=1 a proxy stands in front, and without DANCU_CLIENT_ADDRESS_HEADER all the country has its address: whoever tries codes keeps"
            " everybody out. Name the header in which your proxy puts the caller's address, such as HTTP_X_REAL_IP."
        )
    _refuse_another_passphrase()
    if server.is_taken(port):
        raise click.ClickException(
            f"Port {port} is taken. Stop what listens there, or choose another with --port."
        )
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # whoever supervises us says it so; our processes end with us
    with server.server(port, host, workers) as started:
        click.echo(f"dancu serves on http://{host}:{port}; Ctrl-C stops it.")
        try:
            started.watch()
        except KeyboardInterrupt:
            click.echo("\nStopped.")


def _refuse_another_passphrase() -> None:
    """A server that could check nobody's code, and would seal new ones with what nobody knows, does not begin."""
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
            "DANCU_DEMO=1 shows everybody's codes and messages, and the database does not answer, so that nobody knows whose it is. Start it first."
        ) from None

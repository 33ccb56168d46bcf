"""`dancu keys …`: the keys that credentials are signed with."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import click
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dancu.accounts.errors import SecondFactorsClosed
from dancu.credentials import actions, lookups
from dancu.credentials.errors import CredentialError

_SHORTEST = 16


def _says_what_is_wrong(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(**options: Any) -> None:
        try:
            command(**options)
        except (CredentialError, SecondFactorsClosed) as error:
            raise click.ClickException(str(error)) from None

    return run


_usage = click.option(
    "--usage", default="pass", show_default=True, help="What the key signs: pass, certificate."
)


@click.group()
def keys() -> None:
    """Manage the keys that sign passes and certificates."""


@keys.command()
@_usage
@_says_what_is_wrong
def create(usage: str) -> None:
    """Make the first key. If there is one already, it stays."""
    click.echo(
        _("The newest key for “{usage}”: {kid}").format(usage=usage, kid=actions.create_key(usage).hex())
    )


@keys.command()
@_usage
@click.option(
    "--overlap-hours", default=0, type=click.IntRange(0), help="Publish the old key for at least this long."
)
@click.option(
    "--ahead-hours", default=0, type=click.IntRange(0), help="Publish the new key this long before it signs."
)
@_says_what_is_wrong
def rotate(usage: str, overlap_hours: int, ahead_hours: int) -> None:
    """Make a new key. The old one stays valid for as long as anything it signed can be.

    A device without a network does not know keys created since it was last connected. Use --ahead-hours 24 to
    give it a day.
    """
    kid = actions.rotate_key(usage, timedelta(hours=overlap_hours), timedelta(hours=ahead_hours))
    click.echo(_("The newest key for “{usage}”: {kid}").format(usage=usage, kid=kid.hex()))


@keys.command()
@click.argument("kid")
@click.confirmation_option(prompt="Everything this key signed will stop being valid. Withdraw it?")
@_says_what_is_wrong
def retire(kid: str) -> None:
    """Withdraw the key KID at once, because it fell into the wrong hands."""
    try:
        actions.retire_key(bytes.fromhex(kid))
    except ValueError:
        raise click.BadParameter(
            _("A key's id has 16 characters, 0–9 and a–f. See: dancu keys list")
        ) from None
    click.echo(_("Withdrawn: {kid}").format(kid=kid))


@keys.command()
@click.option(
    "--new",
    envvar="DANCU_NEW_KEY_PASSPHRASE",
    prompt="New passphrase",
    hide_input=True,
    confirmation_prompt=True,
)
@_says_what_is_wrong
def passphrase(new: str) -> None:
    """Encrypt signing keys and officials’ second factors with another passphrase. DANCU_KEY_PASSPHRASE must
    be the old one.

    The command asks for the new one, or takes it from DANCU_NEW_KEY_PASSPHRASE. Afterwards, set
    DANCU_KEY_PASSPHRASE to it (or change it in DANCU_HOME/secrets.env) and restart the servers.
    """
    if len(new) < _SHORTEST:
        raise click.BadParameter(
            _("A passphrase must have at least {least} characters.").format(least=_SHORTEST)
        )
    keys, factors = actions.change_passphrase(new)
    click.echo(
        _(
            "Re-encrypted: {keys} signing keys, {factors} second factors. Set DANCU_KEY_PASSPHRASE to the "
            "new passphrase and restart the servers."
        ).format(keys=keys, factors=factors)
    )


@keys.command(name="list")
def list_keys() -> None:
    """List all keys, newest first."""
    for key in lookups.all_keys():
        click.echo(
            f"{key.kid.hex()}  {key.usage:<12} {key.algorithm}  {_when(key.not_before)} – "
            f"{_when(key.retired_at) if key.retired_at else ''}".rstrip()
        )


@keys.command()
def public() -> None:
    """Print the public keys as a JWK set."""
    click.echo(json.dumps(lookups.published_keys(), indent=2))


def _when(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M:%S%z}"

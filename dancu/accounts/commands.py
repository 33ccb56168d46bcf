"""`dancu officials …`: the first accounts of a country, and the way back in when nobody else can open the door."""

from datetime import datetime

import click
from django.db import transaction
from django.utils import translation

from dancu.accounts import actions, errors, lookups, tokens
from dancu.accounts.duties import JURISDICTIONS, ROLES

_username = click.argument("username")


@click.group()
def officials() -> None:
    """Officials' accounts. What is done here is written to the audit as done by the system."""
    click.get_current_context().with_resource(translation.override(None))  # operators' commands speak English


@officials.command()
@_username
@click.option("--name", required=True, help="Full name.")
@click.option("--role", required=True, type=click.Choice(list(ROLES)))
@click.option("--jurisdiction", default="nation", show_default=True, type=click.Choice(list(JURISDICTIONS)))
@click.option("--jurisdiction-id", default=0, help="The number of the area, station or facility; 0 for the nation.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The first day the role no longer holds.")
def create(
    username: str, name: str, role: str, jurisdiction: str, jurisdiction_id: int, until: datetime | None
) -> None:
    """Make an account with one role. Its password and authenticator are shown once."""
    last = until.date() if until else None
    try:
        with transaction.atomic():
            new = actions.create_official(None, username, name, with_second_factor=True)
            actions.grant_role(None, new.official_id, role, jurisdiction, jurisdiction_id, valid_to=last)
    except errors.AccountError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"official            {new.official_id} {new.username}")
    click.echo(f"one-time password   {new.password}")
    click.echo(f"authenticator       {new.totp_uri}")


@officials.command("list")
@click.argument("text", default="")
@click.option("--role", default="", type=click.Choice(["", *ROLES]))
def list_officials(text: str, role: str) -> None:
    """List officials whose name holds TEXT."""
    after = ""
    while page := lookups.officials(text, role, after):
        for official in page:
            state = "" if official.is_active else "locked"
            click.echo(f"{official.official_id:>8}  {official.username:20}  {', '.join(official.roles):30}  {state}")
        after = page[-1].username


@officials.command()
@_username
def unlock(username: str) -> None:
    """Open an account that wrong passwords or an administrator locked."""
    actions.unlock(None, _named(username))
    click.echo(f"{username} is unlocked.")


@officials.command()
@_username
@click.option("--second-factor", is_flag=True, help="Forget the authenticator too; another is enrolled at sign-in.")
def reset(username: str, second_factor: bool) -> None:
    """Give an official a new one-time password, shown once."""
    official_id = _named(username)
    password = actions.reset_password(None, official_id)
    if second_factor:
        actions.reset_second_factor(None, official_id)
    click.echo(f"one-time password   {password}")


@officials.command()
@_username
@click.argument("system")
def token(username: str, system: str) -> None:
    """Print, once, a token by which SYSTEM may call the endpoints in this official's one role."""
    official_id = _named(username)
    grants = lookups.grants(official_id)
    if len(grants) != 1:
        raise click.ClickException(f"{username} has {len(grants)} roles today; a system's account has one.")
    click.echo(tokens.create_token(official_id, grants[0].grant_id, system))


@officials.command()
@_username
@click.argument("system")
def end_token(username: str, system: str) -> None:
    """The token of SYSTEM no longer counts, after half a minute at the latest."""
    if not tokens.revoke_token(_named(username), system):
        raise click.ClickException(f"{username} has no token for {system}.")
    click.echo(f"The token of {system} no longer counts.")


def _named(username: str) -> int:
    try:
        return lookups.official_named(username).pk
    except errors.NoSuchOfficial as wrong:
        raise click.ClickException(str(wrong)) from wrong

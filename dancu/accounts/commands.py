"""`dancu officials …`: the first accounts of a country, and the way back in when there are no two
administrators to open the door.

Whoever reaches the machine's command line needs no second administrator. All administrators and the official
concerned are told, and with which reason.
"""

from collections.abc import Callable
from datetime import datetime
from functools import reduce

import click
from django.db import transaction
from django.utils import translation

from dancu.accounts import actions, errors, lookups, proposals, tokens, waiting
from dancu.accounts.duties import JURISDICTIONS, ROLES

_username = click.argument("username")
_why = click.option(
    "--why",
    required=True,
    help="The reason for acting without a second administrator. All administrators can see it.",
)
_ROLE = (
    click.option("--role", required=True, type=click.Choice(list(ROLES))),
    click.option(
        "--jurisdiction", default="nation", show_default=True, type=click.Choice(list(JURISDICTIONS))
    ),
    click.option(
        "--jurisdiction-id",
        default=0,
        help="The number of the area, checkpoint or facility. 0 for the whole country.",
    ),
    click.option(
        "--until",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The first day on which the role is no longer in force.",
    ),
)


def _role(command: Callable) -> Callable:
    return reduce(lambda made, option: option(made), reversed(_ROLE), command)


@click.group()
def officials() -> None:
    """Manage officials’ accounts. The audit log records what you do here as done by the system."""
    click.get_current_context().with_resource(translation.override(None))  # operators' commands speak English


@officials.command()
@_username
@click.option("--name", required=True, help="Full name.")
@_role
@click.option(
    "--why",
    default="",
    help="The reason for doing this here and not on the pages. All administrators can see it.",
)
def create(
    username: str,
    name: str,
    role: str,
    jurisdiction: str,
    jurisdiction_id: int,
    until: datetime | None,
    why: str,
) -> None:
    """Create an account with one role. Its password and authenticator key are shown only once."""
    last = until.date() if until else None
    try:
        with transaction.atomic():
            new = actions.create_official(None, username, name, with_second_factor=True)
            actions.grant_role(
                None, new.official_id, role, jurisdiction, jurisdiction_id, valid_to=last, why=why
            )
    except errors.AccountError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"official            {new.official_id} {new.username}")
    click.echo(f"one-time password   {new.password}")
    click.echo(f"authenticator       {new.totp_uri}")


@officials.command()
@_username
@_role
@_why
def grant(
    username: str, role: str, jurisdiction: str, jurisdiction_id: int, until: datetime | None, why: str
) -> None:
    """Give an existing account another role, when there are no two administrators to do it."""
    last = until.date() if until else None
    try:
        actions.grant_role(
            None, _named(username), role, jurisdiction, jurisdiction_id, valid_to=last, why=_said(why)
        )
    except errors.AccountError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"{username} now has the role.")


@officials.command("proposals")
def list_proposals() -> None:
    """List proposals waiting for a second administrator, and expire those that have waited too long."""
    proposals.expire()
    for each in waiting.waiting():
        what = f"{each.kind} {each.role} {each.jurisdiction_kind} {each.jurisdiction_id or ''}".strip()
        click.echo(
            f"{each.proposal_id:>8}  {each.username:20}  {what:40}  by {each.proposed_by_username}: "
            f"{each.why}"
        )


@officials.command("list")
@click.argument("text", default="")
@click.option("--role", default="", type=click.Choice(["", *ROLES]))
def list_officials(text: str, role: str) -> None:
    """List officials whose name contains TEXT."""
    after = ""
    while page := lookups.officials(text, role, after):
        for official in page:
            state = "" if official.is_active else "locked"
            click.echo(
                f"{official.official_id:>8}  {official.username:20}  {', '.join(official.roles):30}  {state}"
            )
        after = page[-1].username


@officials.command()
@_username
@_why
def unlock(username: str, why: str) -> None:
    """Unlock an account that was locked by failed attempts or by an administrator."""
    try:
        actions.unlock(None, _named(username), _said(why))
    except errors.AccountError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"{username} has been unlocked.")


@officials.command()
@_username
@click.option(
    "--second-factor",
    is_flag=True,
    help="Reset the authenticator app too. The official sets one up again at sign-in.",
)
@_why
def reset(username: str, second_factor: bool, why: str) -> None:
    """Give an official a new one-time password. It is shown only once."""
    official_id, why = _named(username), _said(why)
    try:
        with transaction.atomic():
            password = actions.reset_password(None, official_id, why)
            if second_factor:
                actions.reset_second_factor(None, official_id, why)
    except errors.AccountError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"one-time password   {password}")


@officials.command()
@_username
@click.argument("system")
def token(username: str, system: str) -> None:
    """Print a token that lets SYSTEM call the endpoints in this official’s only role. It is shown only
    once.
    """
    official_id = _named(username)
    grants = lookups.grants(official_id)
    if len(grants) != 1:
        raise click.ClickException(
            f"{username} has {len(grants)} roles today. A system’s account must have exactly one."
        )
    click.echo(tokens.create_token(official_id, grants[0].grant_id, system))


@officials.command()
@_username
@click.argument("system")
def end_token(username: str, system: str) -> None:
    """End the token of SYSTEM. It stops working within 30 seconds."""
    if not tokens.revoke_token(_named(username), system):
        raise click.ClickException(f"{username} has no token for {system}.")
    click.echo(f"The token of {system} has been ended.")


def _named(username: str) -> int:
    try:
        return lookups.official_named(username).pk
    except errors.NoSuchOfficial as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _said(why: str) -> str:
    if not why.strip():
        raise click.BadParameter(str(errors.WhyMissing()), param_hint="--why")
    return why

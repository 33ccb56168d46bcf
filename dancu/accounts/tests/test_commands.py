import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from dancu.accounts import actions, errors, lookups, proposals, sign_in, tokens, waiting
from dancu.accounts.commands import officials
from dancu.accounts.models import Official
from dancu.audit import lookups as audit
from dancu.testing.officials import acting_as

pytestmark = pytest.mark.django_db
HERE = "10.0.0.1"


def run(*words: str):
    return CliRunner().invoke(officials, words)


def created(output: str) -> tuple[str, str]:
    """The password and the authenticator's URI in what the command printed."""
    return re.search(r"password +(\S+)", output)[1], re.search(r"otpauth://\S+", output)[0]


def test_the_first_administrator_is_made_at_the_command_line():
    result = run("create", "giang", "--name", "Hoàng Giang", "--role", "administrator")
    password, uri = created(result.output)
    giang = sign_in.check_password("giang", password, HERE)
    assert giang is not None
    assert "secret=" in uri
    assert [grant.role for grant in lookups.grants(giang.pk)] == ["administrator"]


def test_a_role_in_an_area_needs_the_areas_number():
    refused = run(
        "create", "chi", "--name", "Lê Thị Chi", "--role", "commune_officer", "--jurisdiction", "area"
    )
    assert refused.exit_code == 1
    assert "which area" in refused.output
    assert not Official.objects.exists()
    made = run(
        "create", "chi", "--name", "Chi", "--role", "commune_officer", "--jurisdiction", "area",
        "--jurisdiction-id", "42", "--until", "2031-01-01",
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    assert lookups.grants(lookups.official_named("chi").pk)[0].jurisdiction_id == 42


def test_officials_are_listed_with_their_roles():
    run("create", "giang", "--name", "Hoàng Giang", "--role", "administrator")
    run("create", "dung", "--name", "Phạm Thùy Dung", "--role", "vaccinator")
    assert run("list", "thuy").output.split()[1:] == ["dung", "vaccinator"]
    assert len(run("list").output.splitlines()) == 2
    assert len(run("list", "--role", "administrator").output.splitlines()) == 1


def test_a_locked_official_is_unlocked():
    run("create", "giang", "--name", "Hoàng Giang", "--role", "administrator")
    run("create", "dung", "--name", "Phạm Thùy Dung", "--role", "vaccinator")
    actions.lock(None, lookups.official_named("dung").pk)
    assert "locked" in run("list", "dung").output
    assert run("unlock", "dung", "--why", "back from leave").exit_code == 0
    assert lookups.official_named("dung").is_active


def test_a_reset_shows_a_password_that_works():
    run("create", "dung", "--name", "Phạm Thùy Dung", "--role", "vaccinator")
    output = run("reset", "dung", "--second-factor", "--why", "lost the telephone").output
    dung = sign_in.check_password("dung", re.search(r"password +(\S+)", output)[1], HERE)
    assert dung is not None
    assert not sign_in.has_device(dung)


@pytest.mark.parametrize("command", ["unlock", "reset"])
def test_an_unknown_name_is_said_so(command):
    result = run(command, "nobody", "--why", "asked")
    assert result.exit_code == 1
    assert "no official" in result.output


def test_a_systems_token_is_shown_once_and_can_be_ended():
    run("create", "dung", "--name", "Phạm Thùy Dung", "--role", "vaccinator")
    token = run("token", "dung", "hospital").output.strip()
    assert tokens.acting_by_token(token, HERE).role == "vaccinator"
    assert "has been ended" in run("end-token", "dung", "hospital").output
    tokens._kept.clear()
    with pytest.raises(errors.NotGranted):
        tokens.acting_by_token(token, HERE)
    assert run("end-token", "dung", "hospital").exit_code == 1


@pytest.mark.parametrize("command", ["unlock", "reset", "grant"])
def test_the_door_of_the_machine_asks_why_and_leaves_it_on_the_record(command):
    run("create", "dung", "--name", "Phạm Thùy Dung", "--role", "vaccinator")
    more = ["--role", "data_steward"] if command == "grant" else []
    assert run(command, "dung", *more).exit_code == 2
    assert run(command, "dung", *more, "--why", "  ").exit_code == 2
    done = run(command, "dung", *more, "--why", "both others are ill")
    assert done.exit_code == 0, done.output
    [last, *_before] = waiting.of_official(lookups.official_named("dung").pk)
    assert (last.state, last.proposed_by_id, last.why) == ("confirmed", None, "both others are ill")
    now = timezone.now()
    entry = audit.search(now - timedelta(hours=1), now + timedelta(hours=1))[0]
    assert entry.actor_kind == "system"
    assert "of the machine" in entry.detail


def test_what_waits_is_listed():
    run("create", "giang", "--name", "Hoàng Giang", "--role", "administrator")
    run("create", "dung", "--name", "Phạm Thùy Dung", "--role", "vaccinator")
    giang, dung = (lookups.official_named(name) for name in ("giang", "dung"))
    proposals.propose(acting_as(giang), dung.pk, "password", "forgot it")
    assert "dung" in run("proposals").output
    assert "by giang: forgot it" in run("proposals").output

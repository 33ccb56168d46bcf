"""Whoever is in the server alone, as the database user that serves (dancu.db.grants): no role, password
or second factor without two who agreed.
"""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from dancu.accounts import proposals, waiting
from dancu.accounts.models import Grant
from dancu.db import grants
from dancu.testing.officials import acting_as, make_official

WHY = "an order of the day"
NEW = (
    "INSERT INTO account_proposal (official_id, kind, role, jurisdiction_kind, expires_at{more})"
    " VALUES (%s, 'role', 'administrator', 'nation', now(){values})"
)


@pytest.fixture
def serving():
    """From now on the connection is that of the user that serves."""
    run("CREATE ROLE serves_accounts")
    grants.grant("serves_accounts")
    run("SET LOCAL ROLE serves_accounts")
    yield
    run("SET LOCAL ROLE NONE")


def run(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("more", "values"),
    [
        (
            ", state, decided_at, known_at",
            ", 'confirmed', now(), now()",
        ),  # as the command line of the machine does
        (", state, decided_at", ", 'confirmed', now()"),
        (", state", ", DEFAULT"),
        (", decided_at", ", now()"),
        (", decided_by_id", ", NULL"),
        (", known_at", ", now()"),
        (", gave_password", ", true"),
        (", answer", ", ''"),
        (", proposed_at", ", now()"),
    ],
)
def test_whoever_serves_writes_no_proposal_that_is_decided_already(chi, serving, more, values):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(NEW.format(more=more, values=values), chi.pk)


def test_whoever_serves_proposes_nothing_as_nobody(chi, serving):
    with pytest.raises(IntegrityError):
        run(NEW.format(more="", values=""), chi.pk)
    with pytest.raises(IntegrityError):
        run(NEW.format(more=", proposed_by_id", values=", NULL"), chi.pk)


def test_whoever_serves_gives_no_role_without_what_two_agreed_on(giang, khanh, chi, serving):
    done = proposals.propose_role(acting_as(giang), chi.pk, "vaccinator", "nation", why=WHY)
    with pytest.raises(IntegrityError):
        run("SELECT decide_proposal(%s, 'confirmed', %s, '')", done, giang.pk)
    for nobody_s in (None, chi.pk, make_official("dung", "data_steward").pk):
        run("SELECT decide_proposal(%s, 'confirmed', %s, '')", done, nobody_s)
        assert waiting.of_official(chi.pk)[0].state == "open"
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("UPDATE account_proposal SET proposed_by_id = NULL WHERE proposal_id = %s", done)
    proposals.confirm(acting_as(khanh), done)
    assert Grant.objects.filter(official=chi, role="vaccinator").exists()


def test_a_role_that_has_ended_is_not_revived_nor_made_longer(chi, serving):
    run("SELECT end_role(id, NULL) FROM official_grant WHERE official_id = %s", chi.pk)
    ended = Grant.objects.get(official=chi).ended_at
    run("SELECT end_role(id, NULL) FROM official_grant WHERE official_id = %s", chi.pk)
    assert ended is not None
    assert Grant.objects.get(official=chi).ended_at == ended
    for column in (
        "ended_at",
        "ended_by_id",
        "valid_from",
        "valid_to",
        "role",
        "jurisdiction_id",
        "purpose",
        "official_id",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(f"UPDATE official_grant SET {column} = NULL")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("DELETE FROM official_grant")


def test_a_proposal_is_decided_once(giang, khanh, chi, serving):
    refused = proposals.propose_role(acting_as(giang), chi.pk, "vaccinator", "nation", why=WHY)
    proposals.refuse(acting_as(khanh), refused, "nobody asked for it")
    run("SELECT decide_proposal(%s, 'confirmed', %s, '')", refused, khanh.pk)
    for column in ("state", "decided_at", "decided_by_id", "answer"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(f"UPDATE account_proposal SET {column} = NULL")
    told = waiting.of_official(chi.pk)[0]
    assert (told.state, told.answer) == ("refused", "nobody asked for it")

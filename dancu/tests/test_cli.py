"""What every command says of a database that is not made yet."""

import click
import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection

from dancu import cli

pytestmark = pytest.mark.django_db


def asking(statement: str) -> click.Group:
    group = cli.DancuCommands("dancu", at={"ask": ("", "", "")})

    @click.command("ask")
    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    group.get_command = lambda ctx, name: ask  # type: ignore[method-assign]
    return group


def test_a_database_without_tables_is_told_in_a_sentence():
    told = CliRunner().invoke(asking("SELECT FROM no_such_table"), ["ask"])
    assert (told.exit_code, told.stderr) == (
        1,
        "Error: Some tables are missing from the database. Create them with dancu db migrate.\n",
    )


def test_any_other_fault_of_a_statement_stays_what_it_is():
    assert isinstance(CliRunner().invoke(asking("SELECT 1 / 0"), ["ask"]).exception, DatabaseError)

"""What the user that serves may do: all that pages do, and nothing to what watches them.

The audit and the past of a record are added to and never rewritten; when a row came is the database's word. Rights are given on whole
tables alone: those of a partitioned table do not hold for its parts, so on the parts there are none.
"""

from typing import NamedTuple

from django.db import connection
from psycopg import sql

from dancu.db.queries import Queries

_queries = Queries(__file__, "grants.sql")


class Kept(NamedTuple):
    """A table that is not rewritten. `made_by_the_database`: columns that nobody fills in; `changed`: the only ones that change later."""

    made_by_the_database: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    carried: bool = (
        False  # merging holds a person's rows, for which PostgreSQL wants one column, and writes them under the other
    )


KEPT = {
    "audit_entry": Kept(("at",)),
    "account_proposal": Kept(
        ("proposed_at",), ("state", "decided_by_id", "decided_at", "answer", "gave_password", "known_at")
    ),
    "person_history": Kept(changed=("superseded_at",)),
    "life_event": Kept(changed=("undone_by",), carried=True),
    "crossing": Kept(carried=True),
    "release": Kept(carried=True),
    "retraction": Kept(carried=True),
    "revocation": Kept(carried=True),
}


def grant(role: str) -> None:
    """Give a database user what serving needs, and take whatever else it was given. Run by who owns the tables; again after each migration."""
    who = sql.Identifier(role)
    statements = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {who}"),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {who}"),
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(who=who).as_string())
        for row in _queries.all("tables"):
            for rights in _rights(row["name"], row["columns"]):
                on = sql.Identifier(row["name"])
                cursor.execute(
                    sql.SQL("GRANT {rights} ON {on} TO {who}").format(rights=rights, on=on, who=who).as_string()
                )


def close_part(name: str) -> None:
    """No user but the owner has a right on this part of a table: what holds for the whole is said on the whole."""
    for row in _queries.all("grantees", part=name):
        who = sql.SQL("PUBLIC") if row["grantee"] is None else sql.Identifier(row["grantee"])
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("REVOKE ALL ON {on} FROM {who}").format(on=sql.Identifier(name), who=who).as_string()
            )


def _rights(table: str, columns: list[str]) -> list[sql.Composable]:
    kept = KEPT.get(table)
    if kept is None:
        return [sql.SQL("SELECT, INSERT, UPDATE, DELETE")]
    filled = [column for column in columns if column not in kept.made_by_the_database]
    rights: list[sql.Composable] = [sql.SQL("SELECT"), sql.SQL("INSERT ({})").format(_listed(filled))]
    if changed := kept.changed + (("person_id",) if kept.carried else ()):
        rights.append(sql.SQL("UPDATE ({})").format(_listed(changed)))
    if kept.carried:
        rights.append(sql.SQL("DELETE"))
    return rights


def _listed(columns: list[str] | tuple[str, ...]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))

"""What the user that serves may do: all that pages do, and nothing to what watches them.

The audit, the past of a record and what was decided at a station are added to and never rewritten; when a row
came is the database's word. What is kept follows its person by the owner's functions
(docs/decisions/0007-merging.md). Rights are given on whole tables alone: those of a partitioned table do not
hold for its parts, so on the parts there are none.
"""

from collections.abc import Mapping

from django.db import connection
from psycopg import sql

from dancu import modules
from dancu.db.queries import Queries
from dancu.modules import ColumnGrants

_queries = Queries(__file__, "grants.sql")


KEPT: Mapping[str, ColumnGrants] = modules.brought(lambda module: module.kept_tables)


def grant(role: str) -> None:
    """Give a database user what serving needs, and take whatever else it was given. Run by who owns the
    tables; again after each migration.
    """
    who = sql.Identifier(role)
    statements = [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {who}"),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {who}"),
    ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(who=who).as_string())
        for row in _queries.all("owners_functions"):
            cursor.execute(
                sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}")
                .format(sql.SQL(row["function"]), who)
                .as_string()
            )
        for row in _queries.all("tables"):
            for rights in _rights(row["name"], row["columns"]):
                on = sql.Identifier(row["name"])
                cursor.execute(
                    sql.SQL("GRANT {rights} ON {on} TO {who}")
                    .format(rights=rights, on=on, who=who)
                    .as_string()
                )


def close_part(name: str) -> None:
    """No user but the owner has a right on this part of a table: what holds for the whole is said on the
    whole.
    """
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
    later = {*kept.made_by_the_database, *kept.changed, *kept.by_the_owner} - {*kept.said_at_once}
    filled = [column for column in columns if column not in later]
    rights: list[sql.Composable] = [sql.SQL("SELECT")]
    if filled:
        rights.append(sql.SQL("INSERT ({})").format(_listed(filled)))
    if kept.changed:
        rights.append(sql.SQL("UPDATE ({})").format(_listed(kept.changed)))
    return rights


def _listed(columns: list[str] | tuple[str, ...]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))

"""Whether anything is written under a record that is gone, in any table there is, and whether what goes
together stands together.
"""

from dancu.register.merging import catalogue
from dancu.testing.database import rows

STAYS = {*catalogue.STAYS, ("person_merge", "merged_by"), ("person_merge", "undone_by")}


def left_under(person_id: int) -> set[str]:
    """Columns of any table that hold this id, by the standard's own catalogue."""
    columns = rows(
        "SELECT c.table_name, c.column_name, c.data_type = 'ARRAY' FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " JOIN pg_class p ON p.oid = format('%%I.%%I', table_schema, table_name)::regclass"
        " WHERE t.table_type = 'BASE TABLE' AND table_schema = current_schema() AND NOT p.relispartition"
        " AND (c.data_type = 'bigint' OR c.udt_name = '_int8')"
    )
    return {
        f"{table}.{column}"
        for table, column, is_array in columns
        if (table, column) not in STAYS
        and rows(
            f'SELECT 1 FROM "{table}" WHERE %s = '
            f"{f'ANY ({_quoted(column)})' if is_array else _quoted(column)} LIMIT 1",
            person_id,
        )
    }


def parted_from_its_own() -> set[str]:
    """Tables of which a row goes with another one that stands under somebody else."""
    links = rows(
        "SELECT c.relname, a.attname, substr(d.description, length('goes with ') + 1)"
        " FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_attribute a ON a.attrelid = "
        "c.oid AND a.attnum = d.objsubid"
        " WHERE d.classoid = 'pg_class'::regclass AND starts_with(d.description, 'goes with ') AND NOT "
        "c.relispartition"
    )
    return {
        table
        for table, column, of in links
        if rows(
            f"SELECT 1 FROM {table} b JOIN {of} o USING ({column}) WHERE b.person_id <> o.person_id LIMIT 1"
        )
    }


def _quoted(column: str) -> str:
    return f'"{column}"'

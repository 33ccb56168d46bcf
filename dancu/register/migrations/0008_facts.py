from django.db import IntegrityError, migrations, transaction

from dancu.db.migrations import sql_file

_ADDED = (
    "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint WHERE contype = 'c' AND NOT "
    "convalidated"
    " AND conrelid IN ('person'::regclass, 'residence'::regclass) ORDER BY 1, 2"
)


def validate(_apps, schema_editor) -> None:
    """Each in a transaction of its own, under which everybody goes on working; one that old rows break
    stays as it is.
    """
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(_ADDED)
        for table, name in cursor.fetchall():
            try:
                with transaction.atomic(using=connection.alias):
                    cursor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
            except IntegrityError:
                print(f"\n  {name}: old rows break it; `dancu population recount` says which")  # noqa: T201


class Migration(migrations.Migration):
    atomic = False  # the long reading of VALIDATE is not to hold the lock of ADD
    dependencies = [("register", "0007_merged_names")]
    operations = [sql_file(__file__), migrations.RunPython(validate, migrations.RunPython.noop)]

from typing import Any

from django.db import migrations

from dancu.db.rewriting import Column, rewrite
from dancu.values.phones import PLAIN_PHONE, phones_column


def migrate(_apps: Any, _schema_editor: Any) -> None:
    """The traveller's, and that of whoever declared for them. What is no telephone stays as it is."""
    for column in ("phone", "declarer_phone"):
        rewrite(Column("arrival", column, PLAIN_PHONE, ("person_id", "declaration_id")), phones_column)


class Migration(migrations.Migration):
    """Telephones that were declared before there was one form stand in it, and are looked for in no other.

    The communes call by it, too.
    """

    atomic = False  # in steps: who works beside it waits for one of them at most
    dependencies = [("isolation", "0013_known")]
    operations = [migrations.RunPython(migrate, migrations.RunPython.noop)]

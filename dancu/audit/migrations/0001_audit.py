from django.db import migrations

from dancu.db.migrations import sql_file
from dancu.db.partitions import make_this_year


def months_of_this_year(apps, schema_editor):
    make_this_year("audit_entry")


class Migration(migrations.Migration):
    dependencies = []
    operations = [sql_file(__file__), migrations.RunPython(months_of_this_year, migrations.RunPython.noop)]

from django.db import migrations

from dancu.audit.partitions import make_this_year
from dancu.db.migrations import sql_file


def months_of_this_year(apps, schema_editor):
    make_this_year()


class Migration(migrations.Migration):
    dependencies = []
    operations = [sql_file(__file__), migrations.RunPython(months_of_this_year, migrations.RunPython.noop)]

"""See the SQL file of the same name."""

from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_to_merge")]
    operations = [sql_file(__file__)]

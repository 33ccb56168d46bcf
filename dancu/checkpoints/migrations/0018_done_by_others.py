"""See the SQL file of the same name."""

from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("checkpoints", "0017_release_counts")]
    operations = [sql_file(__file__)]

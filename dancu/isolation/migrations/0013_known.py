"""See the SQL file of the same name."""

from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("isolation", "0012_each_sign"), ("checkpoints", "0012_tells")]
    operations = [sql_file(__file__)]

"""See the SQL file of the same name."""

from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("isolation", "0011_sex"), ("checkpoints", "0009_belongings")]
    operations = [sql_file(__file__)]

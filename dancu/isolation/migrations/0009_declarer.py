"""See the SQL file of the same name."""

from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("isolation", "0008_belongings"), ("checkpoints", "0003_doubtful")]
    operations = [sql_file(__file__)]

from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_throttle")]
    operations = [sql_file(__file__)]

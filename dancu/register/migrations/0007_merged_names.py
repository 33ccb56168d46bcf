from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("register", "0006_residing")]
    operations = [sql_file(__file__)]

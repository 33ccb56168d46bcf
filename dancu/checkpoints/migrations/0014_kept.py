from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("checkpoints", "0013_phone_agrees"), ("register", "0009_carrying")]
    operations = [sql_file(__file__)]

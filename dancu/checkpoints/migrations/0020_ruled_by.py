from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("checkpoints", "0019_one_telephone")]
    operations = [sql_file(__file__)]

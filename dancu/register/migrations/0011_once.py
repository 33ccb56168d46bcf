from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("register", "0010_one_home")]
    operations = [sql_file(__file__)]

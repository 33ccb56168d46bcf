from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [sql_file(__file__)]

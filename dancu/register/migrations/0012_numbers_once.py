from django.db import migrations

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("register", "0011_once"), ("audit", "0001_audit")]
    operations = [sql_file(__file__)]

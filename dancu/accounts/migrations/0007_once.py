from django.db import migrations, models
from django.db.models.functions import Now

from dancu.db.migrations import sql_file


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_sealed")]
    operations = [
        migrations.SeparateDatabaseAndState(
            [sql_file(__file__)],
            [migrations.AlterField("grant", "granted_at", models.DateTimeField(db_default=Now()))],
        )
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dancu.db.migrations import sql_file

_made_by = models.ForeignKey(
    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
)
_PROPOSAL = [
    ("proposal_id", models.BigAutoField(primary_key=True, serialize=False)),
    (
        "official",
        models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to=settings.AUTH_USER_MODEL
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_api_token"), ("audit", "0001_audit")]
    operations = [
        migrations.SeparateDatabaseAndState(
            [sql_file(__file__)],
            [
                migrations.CreateModel("Proposal", _PROPOSAL, {"db_table": "account_proposal"}),
                migrations.AddField("official", "made_by", _made_by),
                migrations.AddField("grant", "proposal_id", models.BigIntegerField(unique=True)),
            ],
        )
    ]

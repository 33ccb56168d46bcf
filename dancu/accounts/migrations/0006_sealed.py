from django.conf import settings
from django.db import migrations, models

from dancu.accounts.models import sealed_key
from dancu.db.migrations import sql_file

IN_THE_CLEAR = 40  # hexadecimal digits of a secret that is not sealed


def seal(apps, _schema_editor):
    """Second factors of before: asks for the passphrase only where there are any."""
    devices = apps.get_model("otp_totp", "TOTPDevice").objects
    for device in devices.only("user_id", "key"):
        if len(device.key) == IN_THE_CLEAR:
            devices.filter(pk=device.pk).update(
                key=sealed_key(settings.KEY_PASSPHRASE, device.user_id, device.key)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_four_eyes"),
        ("otp_totp", "0003_add_timestamps"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="Authenticator",
            fields=[],
            options={"proxy": True, "indexes": [], "constraints": []},
            bases=("otp_totp.totpdevice",),
        ),
        migrations.CreateModel(
            name="BrowserSession",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("session_data", models.TextField()),
                ("expire_date", models.DateTimeField(db_index=True)),
                ("typed", models.TextField(default="")),
                ("typed_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "django_session", "managed": False},
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        sql_file(__file__),
    ]

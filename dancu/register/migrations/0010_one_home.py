from django.db import migrations


class Migration(migrations.Migration):
    """Of permanent homes only those that ended stand in `residence`; the one that lasts stands in the
    person's row: so nobody has two that last.
    """

    atomic = False  # reading the table is not to hold the lock of ADD
    dependencies = [("register", "0009_carrying")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE residence ADD CONSTRAINT residence_permanent_ended CHECK (kind <> 1 OR valid_to IS "
            "NOT NULL) NOT VALID"
        ),
        migrations.RunSQL("ALTER TABLE residence VALIDATE CONSTRAINT residence_permanent_ended"),
    ]

from django.db import migrations

from dancu.messaging.contents import sealed


def seal(_apps, schema_editor):
    """Telephones and texts of before; of what was sent or given up no text is kept."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("UPDATE outbox SET text = '' WHERE due_at IS NULL")
        cursor.execute("SELECT message_id, recipient, text FROM outbox")
        for message_id, recipient, text in cursor.fetchall():
            cursor.execute(
                "UPDATE outbox SET recipient = %s, text = %s WHERE message_id = %s",
                [
                    sealed(message_id, "recipient", recipient),
                    sealed(message_id, "text", text) if text else "",
                    message_id,
                ],
            )


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_outbox")]
    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunSQL(
            "COMMENT ON COLUMN outbox.recipient IS 'sealed: dancu.messaging.contents';"
            "COMMENT ON COLUMN outbox.text IS 'sealed; empty once it was sent or given up and the night is "
            "over';"
        ),
    ]

from typing import Any

from django.db import migrations

from dancu.db.rewriting import Column, Kept, rewrite, rewrite_kept
from dancu.register import changed_people
from dancu.values.phones import PLAIN_PHONE, clean_phone, is_phone, phones_column

_OTHERWISE = f"!~ '{PLAIN_PHONE}'"


def migrate(_apps: Any, _schema_editor: Any) -> None:
    """Telephones that were written down before there was one form (84912345678, 01682345678): the person's,
    and those that may come back into the row, or that it is compared with: of the past, of merges and of
    events that can be undone. What is no telephone stays as it is.
    """
    rewrite(Column("person", "phone", PLAIN_PHONE), phones_column, changed_people.note)
    rewrite_kept(
        Kept("person_history", "version_id", "record", f"record ->> 'phone' {_OTHERWISE}"), _of_record
    )
    rewrite_kept(Kept("person_merge", "merge_id", "other", f"other ->> 'phone' {_OTHERWISE}"), _of_record)
    rewrite_kept(Kept("person_merge", "merge_id", "taken", "taken ? 'phone'"), _of_fields)
    told = f"before -> 'fields' ? 'phone' OR before -> 'new' ->> 'phone' {_OTHERWISE}"
    rewrite_kept(Kept("life_event", "event_id", "before", told), _of_event)


def _of_event(before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _of_record(part) if name == "new" else _of_fields(part) if name == "fields" else part
        for name, part in before.items()
    }


def _of_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Field: its `value` now, and those `before`, each since its day."""
    if not (phone := fields.get("phone")):
        return fields
    before = [[day, _meant(was)] for day, was in phone["before"]]
    return {**fields, "phone": {**phone, "value": _meant(phone["value"]), "before": before}}


def _of_record(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "phone": _meant(record["phone"])} if record.get("phone") else record


def _meant(text: str | None) -> str | None:
    number = clean_phone(text)
    return number if is_phone(number) else text


class Migration(migrations.Migration):
    """A person's telephone is stored in one form, and looked for in no other.

    No event is recorded, no version kept, and since when the register says so stays: written otherwise, it is
    the same telephone, of which nobody knows more than before. What an event changed is told as it was
    written then (`life_event.changes`). Copies in columns hear of it, since people are looked for in them.
    """

    atomic = False  # in steps: who works beside it waits for one of them at most
    dependencies = [("register", "0012_numbers_once")]
    operations = [migrations.RunPython(migrate, migrations.RunPython.noop)]

from django.db import migrations

from dancu.rollups.tables import rollup_tables


class Migration(migrations.Migration):
    dependencies = [("example", "0001_notes")]
    operations = [rollup_tables("example_notes", {"area_id": "integer"}, ["notes"])]

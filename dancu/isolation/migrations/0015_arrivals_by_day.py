from django.db import migrations

from dancu.db.migrations import sql_file
from dancu.rollups.tables import rollup_tables


class Migration(migrations.Migration):
    dependencies = [("isolation", "0014_one_telephone")]
    operations = [
        rollup_tables(
            "arrivals",
            {"area_id": "integer", "leaving": "smallint", "arrives_on": "date", "state": "smallint"},
            ["journeys"],
            wider="province_id",
        ),
        sql_file(__file__),
    ]

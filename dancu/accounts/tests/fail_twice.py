"""A process of its own, for a race: it records two failures of an official. `fail_twice.py DATABASE
OFFICIAL`
"""

import os
import sys

import django
from psycopg.conninfo import make_conninfo

if __name__ == "__main__":
    database, official_id = sys.argv[1:]
    os.environ["DANCU_DATABASE_URL"] = make_conninfo(os.environ["DANCU_DATABASE_URL"], dbname=database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dancu.settings")
    django.setup()
    from dancu.accounts import sign_in

    for _ in range(2):
        sign_in.record_failure(int(official_id), "10.0.0.1")

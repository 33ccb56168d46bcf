"""A process of its own, for a race: a steward who answers all that is left. `work_through.py DATABASE
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
    from dancu.accounts.models import Official
    from dancu.review import actions, lookups
    from dancu.testing.officials import acting_as

    acting = acting_as(Official.objects.get(pk=int(official_id)))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while case := lookups.next_case(acting):
        actions.decide(acting, case.case_id, "different")
        sys.stdout.write(f"{case.case_id}\n")

"""A merge and its undoing, as the database user that serves (dancu.db.grants)."""

import pytest
from django.db import connection

from dancu.db import grants
from dancu.register.merging.tests.merged import merge, undo
from dancu.register.tests.factories import someone
from dancu.register.tests.hangings import KINDS, database, hang

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
OF_OURS = set(KINDS) - {"dose", "contact"}


@pytest.fixture
def serving():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE serves_merges")
        grants.grant("serves_merges")
        cursor.execute("SET LOCAL ROLE serves_merges")
        yield
        cursor.execute("SET LOCAL ROLE NONE")


def test_two_records_become_one_and_two_again(acting, serving):
    keep, other = someone(), someone()
    rows = [(table, {name: values[0] for name, values in KINDS[table].items()}) for table in sorted(OF_OURS)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        hang(keep, rows[:4])
        hang(other, rows)
        cursor.execute("SET LOCAL ROLE serves_merges")
    before = database()
    merge_id = merge(acting, keep, other)
    assert database() != before
    undo(acting, merge_id)
    assert database() == before

import pytest

from dancu.accounts.lookups import Acting
from dancu.audit import actions
from dancu.db.queries import Queries

CHI = Acting(7, "commune_officer", "area", 42, "residence", "10.1.2.3", "request-1")


@pytest.mark.django_db
def test_one_statement_writes_an_entry_for_each_person(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.record(CHI, "person_seen", [3, 1, 2])

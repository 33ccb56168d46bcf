import pytest

from dancu.rollups.tests import visits as of_tests


@pytest.fixture
def visits(transactional_db):
    """Tables of sums that no module announces, gone after the test."""
    of_tests.make_tables()
    yield of_tests
    of_tests.drop_tables()

"""For all tests of arrivals."""

import pytest

from dancu.accounts.lookups import Acting
from dancu.accounts.tests.factories import acting_as
from dancu.isolation.tests.factories import chi


@pytest.fixture
def acting() -> Acting:
    """Chi, of the ward Cầu Giấy."""
    return acting_as(chi())

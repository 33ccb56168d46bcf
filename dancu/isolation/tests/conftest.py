"""For all tests of arrivals."""

import pytest

from dancu.accounts.lookups import Acting
from dancu.testing.officials import acting_as
from dancu.testing.people import chi


@pytest.fixture
def acting() -> Acting:
    """Chi, of the ward Cầu Giấy."""
    return acting_as(chi())

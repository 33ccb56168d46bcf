import pytest

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.testing.officials import acting_as


@pytest.fixture
def acting(binh: Official) -> Acting:
    return acting_as(binh)

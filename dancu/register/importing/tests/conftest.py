"""For all tests of files."""

import pytest

from dancu.accounts.lookups import Acting
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone


@pytest.fixture
def acting() -> Acting:
    someone()  # so that the register is not empty
    return acting_as(ha())


@pytest.fixture(params=["first", "later"])
def way(request) -> str:
    """Into an empty register, or into one that holds people."""
    if request.param == "later":
        someone()
    return request.param

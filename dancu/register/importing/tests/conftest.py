"""For all tests of files."""

import pytest

from dancu.accounts.lookups import Acting
from dancu.accounts.tests.factories import acting_as
from dancu.register.tests.factories import ha, someone


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

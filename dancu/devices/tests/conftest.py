import pytest

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.testing.devices import Telephone, enrolled, shift_of
from dancu.testing.officials import acting_as


@pytest.fixture
def acting(binh: Official) -> Acting:
    return acting_as(binh)


@pytest.fixture
def telephone(station: int, acting: Acting) -> Telephone:
    """Of Bình's station."""
    return enrolled(acting, station)


@pytest.fixture
def shift(telephone: Telephone, acting: Acting, station: int) -> str:
    """Bình works with it."""
    return shift_of(telephone, acting, station)

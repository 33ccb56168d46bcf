from collections.abc import Iterator

import pytest

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.accounts.tests.factories import acting_as, make_official
from dancu.checkpoints.tests.factories import add_an, hai_van, my_thuan
from dancu.credentials import actions as credentials
from dancu.credentials import keyring


@pytest.fixture
def country(published_areas: None, db: None) -> Iterator[None]:
    """The communes of today, and a key that signs passes."""
    keyring.forget()
    credentials.create_key("pass")
    yield
    keyring.forget()


@pytest.fixture
def an(country: None) -> int:
    return add_an()


@pytest.fixture
def station(country: None) -> int:
    return my_thuan()


@pytest.fixture
def far_station(country: None) -> int:
    return hai_van()


@pytest.fixture
def binh(db: None) -> Official:
    return make_official("binh", "checkpoint_officer")


@pytest.fixture
def acting(binh: Official) -> Acting:
    return acting_as(binh)

import pytest
from django.test import Client

from dancu.accounts.models import Official
from dancu.testing.officials import signed_in
from dancu.testing.people import HA_NOI, YEN_HOA, chi


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def officer(published_areas, db) -> Official:
    """Chi, of the ward Cầu Giấy."""
    return chi()


@pytest.fixture
def desk(officer) -> Client:
    """A browser in which Chi is signed in."""
    return signed_in(Client(), officer)


@pytest.fixture
def neighbours_desk(published_areas, db) -> Client:
    """The officer of the ward next door."""
    return signed_in(Client(), chi(YEN_HOA, "neighbour"))


@pytest.fixture
def provinces_desk(published_areas, db) -> Client:
    """The officer of Hà Nội."""
    return signed_in(Client(), chi(HA_NOI, "hanoi"))

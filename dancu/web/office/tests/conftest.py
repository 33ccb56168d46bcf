import pytest
from django.test import Client

from dancu.accounts.models import Official
from dancu.accounts.tests.factories import CAST, make_official, signed_in


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def chi(db) -> Official:
    return make_official("chi", CAST["chi"][1])


@pytest.fixture
def giang(db) -> Official:
    return make_official("giang", "administrator")


@pytest.fixture
def at_giangs_desk(giang) -> Client:
    """A browser in which Giang, the administrator, is signed in."""
    return signed_in(Client(), giang)

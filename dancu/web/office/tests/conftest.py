import pytest
from django.test import Client

from dancu.accounts.models import Official
from dancu.testing import people as register
from dancu.testing.officials import CAST, make_official, signed_in


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def chi(db) -> Official:
    return make_official("chi", CAST["chi"][1])


@pytest.fixture
def at_giangs_desk(giang) -> Client:
    """A browser in which Giang, the administrator, is signed in."""
    return signed_in(Client(), giang)


@pytest.fixture
def at_khanhs_desk(khanh) -> Client:
    """A browser in which Khánh, another administrator, is signed in."""
    return signed_in(Client(), khanh)


@pytest.fixture
def at_yens_desk(db) -> Client:
    """A browser in which Yến, the auditor, is signed in."""
    return signed_in(Client(), make_official("yen", "auditor"))


@pytest.fixture
def desk():
    """A browser in which Chi, of the ward Cầu Giấy, is signed in."""
    return signed_in(Client(), register.chi())


@pytest.fixture
def stewards_desk():
    """A browser in which Hà, the nation's data steward, is signed in."""
    return signed_in(Client(), register.ha())

"""Hà, the nation's data steward, and ids that are found wherever they are written."""

import pytest
from django.utils import translation

from dancu.testing.database import rows
from dancu.testing.hangings import NEW_TABLES
from dancu.testing.officials import acting_as
from dancu.testing.people import ha


@pytest.fixture
def acting():
    return acting_as(ha())


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _telling_ids(db):
    """Ids that are found wherever they are written."""
    rows("ALTER SEQUENCE person_id_seq RESTART WITH 700000000001")


@pytest.fixture
def new_tables():
    rows(NEW_TABLES)

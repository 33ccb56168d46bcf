"""Hà, the nation's data steward, and ids that are found wherever they are written."""

import pytest
from django.utils import translation

from dancu.accounts.tests.factories import acting_as
from dancu.register.tests.factories import ha
from dancu.register.tests.hangings import (
    NEW_TABLES,
    rows,
)


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

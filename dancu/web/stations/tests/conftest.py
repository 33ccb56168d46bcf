import pytest
from django.test import Client

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.testing.officials import acting_as, make_official, signed_in


@pytest.fixture
def acting(binh: Official) -> Acting:
    return acting_as(binh)


@pytest.fixture
def long(db: None) -> Official:
    """The leader of all checkpoints."""
    return make_official("long", "checkpoint_leader")


@pytest.fixture
def at_longs_desk(client: Client, long: Official) -> Client:
    """His browser, in English."""
    signed_in(client, long)
    client.cookies["language"] = "en"
    return client

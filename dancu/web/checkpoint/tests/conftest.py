import pytest
from django.test import Client

from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.testing.officials import acting_as, signed_in


@pytest.fixture
def acting(binh: Official) -> Acting:
    return acting_as(binh)


@pytest.fixture
def desk(client: Client, binh: Official, station: int) -> Client:
    """Bình's browser, in English, at the station of Mỹ Thuận on the lane that leads in."""
    signed_in(client, binh)
    client.cookies["language"] = "en"
    client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    return client

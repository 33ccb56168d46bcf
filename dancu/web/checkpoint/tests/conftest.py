import pytest
from django.test import Client

from dancu.accounts.models import Official
from dancu.accounts.tests.factories import signed_in
from dancu.checkpoints.tests.conftest import acting, an, binh, country, far_station, station  # noqa: F401 (fixtures)


@pytest.fixture
def desk(client: Client, binh: Official, station: int) -> Client:
    """Bình's browser, in English, at the station of Mỹ Thuận on the lane that leads in."""
    signed_in(client, binh)
    client.cookies["language"] = "en"
    client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    return client

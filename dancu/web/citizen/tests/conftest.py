from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from dancu.testing.travellers import add_an
from dancu.web.citizen.tests.factories import PHONE


@pytest.fixture
def an(country: None) -> int:
    return add_an(phone=PHONE)


@pytest.fixture
def phone(country: None) -> Client:
    """A phone that reads English."""
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield

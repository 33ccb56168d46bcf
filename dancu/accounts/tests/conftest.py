from collections.abc import Iterator

import pytest
from django.utils import translation

from dancu.accounts.models import Official
from dancu.testing.officials import CAST, make_official


@pytest.fixture
def chi(db) -> Official:
    return make_official("chi", CAST["chi"][1])


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield

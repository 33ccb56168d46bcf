from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import translation

from dancu.accounts.models import Official
from dancu.accounts.tests.factories import CAST, make_official


@pytest.fixture
def chi(db) -> Official:
    return make_official("chi", CAST["chi"][1])


@pytest.fixture
def giang(db) -> Official:
    return make_official("giang", "administrator")


@pytest.fixture
def khanh(db) -> Official:
    return make_official("khanh", "administrator")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def at_once() -> Callable:
    """Run a function `times` times at once, each on a connection of its own. Returns what each returned.

    For tests marked `django_db(transaction=True)`: what they write has to be there for the other connections.
    """

    def run(times: int, function: Callable, *args):
        ready = Barrier(times)

        def one(_):
            try:
                connection.ensure_connection()
                ready.wait(20)
                return function(*args)
            finally:
                connection.close()

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    return run

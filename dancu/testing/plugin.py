"""The fixtures of every room, loaded by server.py. A room's own of the same name comes first."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dancu.accounts.models import Official
from dancu.areas import actions as areas
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.testing import at_once as together
from dancu.testing.officials import make_official
from dancu.testing.travellers import add_an, hai_van, my_thuan


@pytest.fixture(scope="session")
def published_areas(django_db_setup: None, django_db_blocker: Any) -> None:
    """Both eras and all links are in the database, for every test from here on. Takes about two seconds,
    once.

    Ask for it as an argument or with `usefixtures`, never by `getfixturevalue` inside a test: that test's
    rollback would take the list away again.
    """
    with django_db_blocker.unblock():
        areas.import_published()


@pytest.fixture
def country(published_areas: None, db: None) -> Iterator[None]:
    """The communes of today, and a key that signs passes."""
    keyring.forget()
    credentials.create_key("pass")
    yield
    keyring.forget()


@pytest.fixture
def an(country: None) -> int:
    """An, in the register."""
    return add_an()


@pytest.fixture
def station(country: None) -> int:
    """Where Bình stands."""
    return my_thuan()


@pytest.fixture
def far_station(country: None) -> int:
    """Where he cannot be within the hour."""
    return hai_van()


@pytest.fixture
def binh(db: None) -> Official:
    """The checkpoint officer."""
    return make_official("binh", "checkpoint_officer")


@pytest.fixture
def giang(db: None) -> Official:
    """An administrator."""
    return make_official("giang", "administrator")


@pytest.fixture
def khanh(db: None) -> Official:
    """The other administrator, who confirms what Giang proposes."""
    return make_official("khanh", "administrator")


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Run a function so many times at once; see `dancu.testing.at_once`."""
    return together.at_once

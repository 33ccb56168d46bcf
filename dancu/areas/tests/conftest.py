import pytest
from django.db import connection

from . import factories


@pytest.fixture
def no_areas(db: None) -> None:
    """A database without a single unit, until the test's rollback."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE area, area_successor, area_edition CASCADE")


@pytest.fixture
def small_country(no_areas: None) -> None:
    """The country of factories.small_country, and no other."""
    factories.small_country()

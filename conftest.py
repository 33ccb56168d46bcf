"""Every test runs on a real PostgreSQL: the embedded one, or the one DANCU_DATABASE_URL names. `bin/test
--fast` runs those alone that ask no database.
"""

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# The same examples at every run, so that a run that passed passes again; `--hypothesis-profile=explore` looks
# for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.register_profile("fast", derandomize=True, deadline=None, max_examples=10)

FAST = os.environ.get("DANCU_TESTS") == "fast"
_ASKS_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}

hypothesis.settings.load_profile("fast" if FAST else "same")

_KEPT = ("area", "area_successor", "area_edition", "django_migrations", "django_content_type")
_PATIENCE = 10  # seconds for what a closed page had asked


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The fast ones are those in the rooms themselves that ask no database."""
    if FAST:
        left_out = {item for item in items if _is_slow(item)}
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_slow(item: pytest.Item) -> bool:
    if "dancu" not in item.path.relative_to(item.config.rootpath).parts:
        return True  # stories and whole programs
    asks = item.get_closest_marker("django_db") or _ASKS_A_DATABASE.intersection(
        getattr(item, "fixturenames", ())
    )
    return bool(asks or item.get_closest_marker("slow"))


@pytest.fixture(autouse=True)
def _clean_up_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that really commits leaves its rows in tables that Django has no models of; empty them, but
    the areas.
    """
    mark = request.node.get_closest_marker("django_db")
    commits = (mark and mark.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
        request.fixturenames
    )
    if commits and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        _empty_all_tables()


@pytest.fixture(autouse=True)
def _forget_keys() -> None:
    """Keys of a test that was rolled back are not to be signed with in the next."""
    from dancu.accounts import tokens
    from dancu.credentials import keyring

    keyring.forget()
    tokens._kept.clear()


def _empty_all_tables() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        _wait_for_others(cursor)
        cursor.execute(
            "SELECT string_agg(quote_ident(relname), ', ') FROM pg_class WHERE relkind IN ('r', 'p') AND "
            "NOT relispartition"
            " AND relnamespace = current_schema()::regnamespace AND relname <> ALL(%s)",
            [list(_KEPT)],
        )
        (tables,) = cursor.fetchone()
        cursor.execute(f"TRUNCATE {tables}")


def _wait_for_others(cursor: "CursorWrapper") -> None:
    """A page that was closed may have asked for something that is being answered still: whoever empties
    tables meanwhile, one after another, and whoever reads them wait for each other for ever.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL"
        )
        if cursor.fetchone() == (0,):
            return
        time.sleep(0.02)

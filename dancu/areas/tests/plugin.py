"""For the root conftest's `pytest_plugins`: the published list, loaded once a run by the first test that
asks.
"""

import pytest


@pytest.fixture(scope="session")
def published_areas(django_db_setup: None, django_db_blocker: object) -> None:
    """Both eras and all links are in the database, for every test from here on. Takes about two seconds,
    once.

    Ask for it as an argument or with `usefixtures`, never by `getfixturevalue` inside a test: that test's
    rollback would take the list away again.
    """
    from dancu.areas import actions

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        actions.import_published()

"""For pytest's `-p` (pyproject.toml): the database is up and named before pytest-django reads the
settings, and the fixtures of every room are there, for tests in any folder.
"""

import os

import pytest

from dancu.db import embedded

os.environ.setdefault("DANCU_SECRET_KEY", "only for tests, never for a country")
os.environ.setdefault("DANCU_KEY_PASSPHRASE", "only for tests, never for a country")
os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
)  # Playwright's sync API runs an event loop in the test's own thread
os.environ["DANCU_RULES_KEPT_SECONDS"] = "never"  # the fixture `rules` lets a test sign some
os.environ["DANCU_AREAS_KEPT_SECONDS"] = "0"  # a test's own areas are gone with its rollback
if os.environ.get("DANCU_TESTS") == "fast":  # a test that asks a database all the same fails
    os.environ["DANCU_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
else:
    embedded.start()


@pytest.hookimpl(trylast=True)  # once Django is set up, which the fixtures need
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("dancu.testing.plugin")

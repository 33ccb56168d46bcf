from collections.abc import Callable

import pytest

from dancu.modules import BackgroundJob
from dancu.work import kinds, lookups, worker

DONE: list[str] = []  # what was done, in its order
HOW: dict[str, Callable[[], object]] = {}


@pytest.fixture
def jobs(monkeypatch):
    """These kinds of work instead of the house's: `jobs(nightly=(function, {"when": …}))`."""

    def announce(**given):
        found = {}
        for name, (function, how) in given.items():
            HOW[name] = function
            found[name] = BackgroundJob(f"dancu.work.tests.doing:{name}", name, **how)
        for reader in (kinds, worker, lookups):
            monkeypatch.setattr(reader, "kinds", lambda: found)

    DONE.clear()
    HOW.clear()
    return announce

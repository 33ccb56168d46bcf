"""What a test's kinds of work do: `dancu.work.tests.doing:NAME` is what the test said."""

from typing import Any

from dancu.work.tests.conftest import DONE, HOW


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)

    def do() -> object:
        DONE.append(name)
        return HOW[name]()

    return do

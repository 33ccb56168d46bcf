"""Measures every page and every piece of one as it appears, by a script that runs in the page before any
other.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

_SCRIPT = Path(__file__).with_suffix(".js")


@dataclass
class Measured:
    """`faults`: what does not fit, and on which page; `pages`: what was measured, by path and by title."""

    faults: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)

    def hear(self, message: ConsoleMessage) -> None:
        if not message.text.startswith("measured "):
            return
        told = json.loads(message.text.removeprefix("measured "))
        self.pages.add(told["page"])
        self.titles.add(told["title"])
        self.faults |= {f"{told['page']} ({told['title']}): {fault}" for fault in told["faults"]}


def measure(page: Page) -> Measured:
    """Begin to measure whatever this page shows from now on."""
    measured = Measured()
    page.add_init_script(path=_SCRIPT)
    page.on("console", measured.hear)
    return measured


def fits(measured: Measured) -> bool:
    """Whether all that was measured fits a phone."""
    assert not measured.faults, "\n".join(sorted(measured.faults))
    return True

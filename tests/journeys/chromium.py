"""Chromium, as Debian packages it: found on the PATH, started by Playwright, watched for anything it
complains of.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK = {"viewport": {"width": 1280, "height": 900}}
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
PATIENCE = 15_000  # ms until something that is waited for counts as missing; the machine may be busy

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright, camera: Path | None = None) -> Browser:
    """One Chromium. `camera`: the film (.y4m) that its camera shows; without one it has no camera."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("The journeys need Chromium; on Debian: apt install chromium")
    filming = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
    return playwright.chromium.launch(executable_path=found, args=_FLAGS + (filming if camera else []))


@dataclass
class Watched:
    """Contexts whose every page is listened to; what the browser complains of fails the test."""

    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    expected: tuple[
        str, ...
    ] = ()  # how complaints begin that belong to the story: a network that is cut, a session that ends

    def open(self, browser: Browser, language: str, **how: Any) -> Page:
        """A page in a browser profile of its own, in this language. `how`: PHONE, DESK, and what else
        Playwright takes.
        """
        context = browser.new_context(
            locale=LOCALES[language], base_url=self.address, timezone_id="Asia/Ho_Chi_Minh", **how
        )
        context.set_default_timeout(PATIENCE)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.troubles.append(f"uncaught: {error.error}"))
        context.on("response", self._see)
        self.contexts.append(context)
        return context.new_page()

    def picture(self, folder: Path) -> list[Path]:
        """A screenshot of every page that is still open."""
        taken = []
        for page in (page for context in self.contexts for page in context.pages):
            path = folder / f"{len(taken) + 1}.png"
            page.screenshot(path=path, full_page=True)
            taken.append(path)
        return taken

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _hear(self, message: ConsoleMessage) -> None:
        """Errors of scripts and breaches of the security policy. That an answer was 4xx or 5xx is judged
        in _see.
        """
        if message.type == "error" and not message.text.startswith(
            ("Failed to load resource", *self.expected)
        ):
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _see(self, response: Response) -> None:
        """422 says that an answer was not right, 403 and 429 refuse; a story that expects them sees their
        words on the page.
        """
        if response.status >= 400 and response.status not in (403, 422, 429):
            self.troubles.append(f"{response.status} from {response.request.method} {response.url}")


@contextmanager
def watching(address: str) -> Iterator[Watched]:
    """Contexts that are closed at the end."""
    watched = Watched(address)
    try:
        yield watched
    finally:
        watched.close()

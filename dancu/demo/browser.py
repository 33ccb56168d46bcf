"""A browser without a window, for playing through our own pages over HTTP: opens, fills in, presses,
reads.
"""

from collections.abc import Mapping
from typing import Any

import mechanicalsoup

Answers = Mapping[str, str | bool | tuple[str, ...]]  # by a field's name: a text, a tick, several choices


class StepFailed(Exception):
    """What was expected did not come."""


def expect(is_so: object, otherwise: str) -> None:
    """Raises StepFailed with what came instead."""
    if not is_so:
        raise StepFailed(otherwise)


class Browser:
    """One person's browser, in Vietnamese."""

    def __init__(self, address: str) -> None:
        self._home = address
        self._browser: Any = mechanicalsoup.StatefulBrowser(
            soup_config={"features": "lxml"}, raise_on_404=True
        )
        self._browser.session.headers["Accept-Language"] = "vi"
        self._browser.session.trust_env = (
            False  # our own server on this machine, whatever proxy the environment names
        )

    @property
    def address(self) -> str:
        """Where it is now."""
        return str(self._browser.url)

    def open(self, path: str) -> None:
        """Go to a page of ours."""
        self._browser.open(f"{self._home}{path}", timeout=30)

    def download(self, address: str) -> bytes:
        """A file's content. Raises StepFailed."""
        answer = self._browser.session.get(address, timeout=30)
        expect(answer.ok, f"{address} answered {answer.status_code}")
        return answer.content

    def send(self, form: str, answers: Answers, press: Mapping[str, str] | None = None) -> None:
        """Fill in the form that the CSS selector `form` finds and send it, by the button with the
        attributes `press`. Raises StepFailed.
        """
        chosen = self._browser.select_form(form)
        for name, value in answers.items():
            self._browser[name] = value
        if press:
            button = self._browser.page.find("button", press)
            chosen.choose_submit(button)
            if where := button.get("formaction"):
                chosen.form["action"] = where
        answer = self._browser.submit_selected(timeout=30)
        expect(answer.ok, f"{self.address} answered {answer.status_code}")

    def words(self, where: str = "main") -> str:
        """What stands at the first place that the CSS selector finds; empty where there is none."""
        found = self._browser.page.select_one(where)
        return " ".join(found.get_text(" ").split()) if found else ""

    def problem(self) -> str:
        """What the page complains of."""
        return self.words(".govuk-error-summary, .govuk-error-message") or self.words()[:200]

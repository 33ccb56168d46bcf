"""Looks each page over with axe-core, at the widths of a phone and of a desk, and keeps what breaks WCAG 2.2
AA or good practice, and what does not fit its screen.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from dancu.web.build import ROOT

from .person import Person

_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_WIDTHS = ((360, 740), (1280, 800))
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK = f"""async () => {{
  const options = {{ runOnly: {{ type: "tag", values: {json.dumps(_TAGS)} }}, resultTypes: ["violations"] }};
  const {{ violations }} = await axe.run(document, options);
  return violations.flatMap(({{ id, nodes }}) => nodes.map(({{ target, html }}) => [id, target.join(" "), html]));
}}"""
_TOO_WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return "";
  const beyond = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
  return `is ${scrollWidth} px wide: ` + beyond.slice(0, 3).map(({ tagName, className, innerText }) =>
    `${tagName}.${className} “${(innerText || "").trim().slice(0, 30)}”`).join("; ");
}"""
# Pages that differ only in words are one: what stands on it, and what it is called.
_WHAT_STANDS_HERE = """() => location.pathname + [...document.querySelectorAll("body *")]
  .filter((element) => !element.closest("svg")).map(({ tagName, className }) => tagName + className).join()"""


def too_wide(page: Page) -> str:
    """How wide the page is, and what makes it so, where it does not fit its screen."""
    return page.evaluate(_TOO_WIDE)


@dataclass
class Seen:
    """`faults`: page, width, rule and the place on the page; `pages`: which were looked at."""

    faults: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)

    def look(self, page: Page) -> None:
        """Look at this page as it stands, unless one like it was seen."""
        shown = page.evaluate(_WHAT_STANDS_HERE)
        if shown in self.known:
            return
        self.known.add(shown)
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(_axe())
        path, title, size = page.evaluate("location.pathname"), page.title(), page.viewport_size
        self.pages.add(path)
        for width, height in _WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            if wider := too_wide(page):
                self.faults.append(f"{path} ({title}), {width} px: {wider}")
            for rule, where, html in page.evaluate(_ASK):
                self.faults.append(f"{path} ({title}), {width} px: {rule}: {where}: {html[:160]}")
        if size:
            page.set_viewport_size(size)


class Looking(Person):
    """Somebody whose every page is looked over before they press anything on it."""

    def __init__(self, page: Page, language: str, seen: Seen) -> None:
        super().__init__(page, language)
        self.seen = seen

    def press(self, thing: Locator) -> None:
        self.look()
        super().press(thing)

    def opens(self, path: str) -> None:
        super().opens(path)
        self.look()

    def look(self) -> None:
        """At the page as it is now."""
        self.seen.look(self.page)


_source: list[str] = []


def _axe() -> str:
    if not _source:
        _source.append(Path(_AXE).read_text("utf-8"))
    return _source[0]


def all_well(seen: Seen, *paths: str) -> bool:
    """No fault on any page, and these pages were among them."""
    unseen: Any = set(paths) - seen.pages
    assert not unseen, f"not looked at: {sorted(unseen)}"
    assert not seen.faults, f"{len(seen.faults)} faults:\n" + "\n".join(sorted(set(seen.faults)))
    return True

"""Somebody in front of a browser, who reads and presses. Tests name things by their English words; the person
reads them in the language of their browser, and finds things by what they are called there, as people and
screen readers do.
"""

import re
from typing import Any

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, Page, expect

from .chromium import PATIENCE

expect.set_options(timeout=PATIENCE)


class Person:
    """`language`: vi or en."""

    def __init__(self, page: Page, language: str, *, touches: bool = False) -> None:
        self.page = page
        self.language = language
        self._touches = touches

    def words(self, english: str, context: str = "", **values: Any) -> str:
        """What stands on the page where the sources say `english`. Every word that a test names has its
        Vietnamese.
        """
        with override(self.language):
            said = pgettext(context, english) if context else gettext(english)
        assert self.language == "en" or said != english or english.isdigit(), f"“{english}” has no Vietnamese"
        return said % values if values else said

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def sees(self, english: str, context: str = "", **values: str) -> None:
        """Somewhere in the middle of the page, in so many words."""
        expect(self.main).to_contain_text(self.pattern(english, context, **values), use_inner_text=True)

    def pattern(self, english: str, context: str = "", **values: str) -> re.Pattern[str]:
        """The words of a sentence with gaps, such as “Passed %(station)s at %(time)s”; what is not in
        `values` may be anything.
        """
        parts = re.split(r"%\((\w+)\)[sd]", self.words(english, context))
        filled = [re.escape(values[part]) if part in values else ".+" for part in parts[1::2]]
        text = [re.escape(part) for part in parts[::2]]
        return re.compile("".join(a + b for a, b in zip(text, [*filled, ""], strict=True)))

    def reads(self, text: str) -> None:
        """The same for what is no text of the sources, such as a name."""
        expect(self.main).to_contain_text(text, use_inner_text=True)

    def does_not_read(self, text: str) -> None:
        expect(self.main).not_to_contain_text(text, use_inner_text=True)

    def has_title(self, english: str) -> None:
        """The page's largest heading."""
        self.has_heading(self.words(english))

    def has_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def presses(self, english: str, context: str = "", *, within: Locator | None = None) -> None:
        """A button or a link of these words, with or without its key beside them."""
        self.press(self.button(english, context, within=within))

    def unfolds(self, english: str) -> None:
        """What is folded away below these words."""
        self.press(self.page.locator("summary", has_text=self.words(english)))

    def button(self, english: str, context: str = "", *, within: Locator | None = None) -> Locator:
        begins = re.compile(rf"^\s*{re.escape(self.words(english, context))}")
        place = within or self.page
        return place.get_by_role("button", name=begins).or_(place.get_by_role("link", name=begins)).first

    def fills(self, label: str, text: str) -> None:
        self.fill(self.field(label), text)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(self.words(label), exact=True)

    def fills_date(self, question: str, day: int, month: int, year: int) -> None:
        boxes = self.group(question).get_by_role("textbox")
        expect(boxes).to_have_count(3)
        for part, box in zip((day, month, year), boxes.all(), strict=True):
            self.fill(box, str(part))

    def chooses(self, answer: str, question: str) -> None:
        """One of the answers to a question, or one of several."""
        self.press(self.group(question).get_by_text(self.words(answer), exact=True))

    def ticks(self, label: str) -> None:
        """A box."""
        self.press(self.page.get_by_text(self.words(label), exact=True))

    def group(self, question: str) -> Locator:
        return self.page.get_by_role("group", name=self.words(question))

    def picks_commune(self, label: str, typed: str, suggestion: str) -> None:
        """Types the beginning of a commune's name, and takes one of the suggestions."""
        box = self.commune_box(label)
        box.fill("")
        box.press_sequentially(typed)
        self.press(self.page.get_by_role("option", name=suggestion).first)
        expect(box).to_have_value(suggestion)

    def commune_box(self, label: str) -> Locator:
        return self.page.get_by_role("combobox", name=self.words(label), exact=True)

    def fill(self, box: Locator, text: str) -> None:
        box.fill(text)

    def keys(self, *keys: str) -> None:
        """Strikes one after another, when the page is there as a whole: before that, its scripts hear no
        key.
        """
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        """Where the cursor stands."""
        self.page.wait_for_load_state()
        self.page.keyboard.type(text)

    def press(self, thing: Locator) -> None:
        """With a finger or with the mouse."""
        self.page.wait_for_load_state()
        if self._touches:
            thing.tap()
        else:
            thing.click()

    @property
    def main(self) -> Locator:
        """All but the frame: messages and the page's own content."""
        return self.page.locator(".dancu-main")

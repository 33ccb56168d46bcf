"""Somebody who has no mouse and cannot touch: Tab, Space, Enter and the arrows reach everything, and the
eye can follow.
"""

from playwright.sync_api import Locator, expect

from .person import Person

_FARTHEST = 60  # presses of Tab on one page
_IS_FOCUSED = "element => element === document.activeElement"
# How it looks, and what is drawn for it, as for radio buttons.
_LOOK = """element => [[element], element.labels?.[0] && [element.labels[0], "::before"]].filter(Boolean).map(([of, part]) => {
  const style = getComputedStyle(of, part);
  return [style.outline, style.boxShadow, style.borderColor, style.borderWidth, style.backgroundColor].join(" ");
}).join(" ")"""


class KeyboardPerson(Person):
    """The same person, at the keys only. Whatever the focus comes to is in view and can be told from what
    has it not.
    """

    def chooses(self, answer: str, question: str) -> None:
        words, group = self.words(answer), self.group(question)
        thing = group.get_by_role("radio", name=words, exact=True).or_(
            group.get_by_role("checkbox", name=words, exact=True)
        )
        if thing.get_attribute("type") == "checkbox":
            return self.press(thing)
        self._come_to(group.get_by_role("radio"))
        if not thing.is_checked():
            self.keys("Space")  # the first of a group that has no answer yet
        for _radio in range(group.get_by_role("radio").count()):
            if thing.is_checked():
                break
            self.keys("ArrowDown")
        self._sees_focus(thing)
        return expect(thing).to_be_checked()

    def ticks(self, label: str) -> None:
        box = self.field(label)
        self.press(box)
        expect(box).to_be_checked()

    def picks_commune(self, label: str, typed: str, suggestion: str) -> None:
        box = self.commune_box(label)
        self.fill(box, typed)
        expect(self.page.get_by_role("option", name=suggestion).first).to_be_visible()
        self.keys("ArrowDown")
        expect(self.page.get_by_role("option", selected=True)).to_contain_text(suggestion)
        self.keys("Enter")
        expect(box).to_have_value(suggestion)

    def fill(self, box: Locator, text: str) -> None:
        self._come_to(box)
        self.keys("Control+A")
        self.types(text)

    def press(self, thing: Locator) -> None:
        self._come_to(thing)
        self.keys("Space" if thing.get_attribute("type") == "checkbox" else "Enter")

    def _come_to(self, things: Locator) -> None:
        """Tab until one of these has the focus."""
        expect(things.first).to_be_attached()
        before: dict[int, str] = {}
        for _press in range(_FARTHEST):
            for number, thing in enumerate(things.all()):
                if thing.evaluate(_IS_FOCUSED):
                    return self._sees_focus(thing, before.get(number, ""))
                before[number] = thing.evaluate(_LOOK)
            self.keys("Tab")
        raise AssertionError(f"{_FARTHEST} presses of Tab do not lead to {things}")

    def _sees_focus(self, thing: Locator, before: str = "") -> None:
        """In view, and looking otherwise than without the focus."""
        expect(thing).to_be_focused()
        expect(thing).to_be_in_viewport()
        assert thing.evaluate(_LOOK) != before, f"one cannot see that the focus is on {thing}"

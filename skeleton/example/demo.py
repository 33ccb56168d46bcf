"""What has happened in the demo's country, and the step of its story."""

from random import Random

from dancu.accounts import lookups as accounts
from dancu.areas import lookups as areas
from dancu.demo.browser import expect
from dancu.demo.preparing import Cast
from dancu.demo.story import Story
from dancu.register import lookups as register

from . import actions

_OFFICIAL, _TEXT = "phuong", "Sống một mình, cần gọi điện mỗi ngày."


def note(cast: Cast, _chance: Random) -> None:
    """The province's officer has noted something about somebody who lives there."""
    official = accounts.official_named(_OFFICIAL)
    acting = accounts.acting(official, accounts.grants(official.pk)[0].grant_id, "127.0.0.1")
    province = areas.get(cast.destination_area).province_id
    someone = register.get(register.example_person(areas.ids_below(province)))
    actions.note(acting, someone["pin"] or "", _TEXT)


def see(story: Story) -> str:
    """She opens the page of notes."""
    browser = story.official(_OFFICIAL)
    browser.open("/example/")
    expect(_TEXT in browser.words(), f"the note is not shown: {browser.words()[:200]}")
    return f"an officer reads “{_TEXT}”"

"""A small country before each story, a Chromium for it, and the rule that nothing in the browser may go
wrong unseen.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, Route, sync_playwright

from . import country
from .at_work import take_station
from .camera import film
from .chromium import DESK, PHONE, Watched, launch, watching
from .country import Country
from .offline import OFFLINE, code_for_a_device, enrol, says
from .person import Person

_WATCHED = pytest.StashKey[Watched]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """A story that fails says where the pictures of its pages are."""
    outcome = yield
    report = outcome.get_result()
    if call.when == "call" and report.failed and (watched := item.stash.get(_WATCHED, None)):
        folder = Path(tempfile.mkdtemp(prefix="dancu-journey-"))
        pictures = "\n".join(map(str, watched.picture(folder)))
        report.sections.append(("What the people saw last", pictures))
        report.sections.append(("What the browser complained of", "\n".join(watched.troubles) or "nothing"))


@pytest.fixture(scope="session")
def playwright_started() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright_started: Playwright) -> Iterator[Browser]:
    """One for all stories that need no camera; each person has a profile of their own in it."""
    browser = launch(playwright_started)
    yield browser
    browser.close()


@pytest.fixture
def small_country(published_areas: None, transactional_db: None) -> Country:
    """The communes of today, a key that signs passes, a station, An and his family in the register, Bình
    and Chi at work.
    """
    return country.found()


@pytest.fixture
def watched(live_server: Any, small_country: Country, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """What the browsers of this story complained of fails it."""
    with watching(live_server.url) as watched:
        request.node.stash[_WATCHED] = watched
        yield watched
        troubles = watched.troubles
    assert not troubles, "the browser complained:\n" + "\n".join(troubles)


@pytest.fixture
def phone(watched: Watched, chromium: Browser) -> Callable[..., Person]:
    """`phone("vi")`: somebody with a phone of 360 × 740 points, in that language."""
    return lambda language="vi", **how: Person(
        watched.open(chromium, language, **PHONE | how), language, touches=True
    )


@pytest.fixture
def desk(watched: Watched, chromium: Browser) -> Callable[..., Person]:
    """`desk("vi")`: somebody at a computer."""
    return lambda language="vi", **how: Person(watched.open(chromium, language, **DESK | how), language)


@pytest.fixture
def camera(
    watched: Watched, playwright_started: Playwright, tmp_path: Path
) -> Iterator[Callable[..., Person]]:
    """`camera(picture)`: somebody with a phone whose camera sees that picture all the time."""
    browsers: list[Browser] = []

    def hold(picture: bytes, language: str = "vi") -> Person:
        browsers.append(launch(playwright_started, film(picture, tmp_path / f"{len(browsers)}.y4m")))
        return Person(
            watched.open(browsers[-1], language, permissions=["camera"], **PHONE), language, touches=True
        )

    yield hold
    watched.close()
    for browser in browsers:
        browser.close()


@pytest.fixture
def enrolled(
    desk: Callable[..., Person], phone: Callable[..., Person], small_country: Country, watched: Watched
) -> Callable[..., Person]:
    """`enrolled("vi")`: Bình at a desk (`is_phone`: with a telephone) that is enrolled to his station, with
    the list of now; `tampers` changes what comes as its bundle.
    """
    watched.expected = OFFLINE

    def begin(
        language: str = "vi", *, is_phone: bool = False, tampers: Callable[[Route], None] | None = None
    ) -> Person:
        binh = phone(language) if is_phone else desk(language)
        if tampers:
            binh.page.context.route("**/api/devices/bundle*", tampers)
        take_station(binh, small_country.binh)
        enrol(binh, code_for_a_device(small_country))
        says(binh, "Everything is sent")
        says(binh, "no list on this device" if tampers else "list of {time}")
        return binh

    return begin

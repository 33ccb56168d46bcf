"""The page that shows the page kit in a demo: in both languages, at the keys, without a fault that axe finds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from .chromium import DESK, Watched
from .looking import Looking, Seen, all_well

PATHS = ("/kit/", "/kit/paper/", "/kit/question/", "/kit/person/")


@pytest.fixture
def looking(watched: Watched, chromium: Any, settings: Any) -> Callable[[str], Looking]:
    """Somebody who looks at the pages of a demo in this language."""
    settings.DEMO = True
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO import_run VALUES (gen_random_uuid(), 'demo-2000.parquet', '', clock_timestamp(), "
            "clock_timestamp(), 1, 1, 0, 0)"
        )
    return lambda language: Looking(watched.open(chromium, language, **DESK), language, Seen())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_piece_of_the_kit_is_without_fault(looking: Callable[[str], Looking], language: str):
    an = looking(language)
    for path in PATHS:
        an.opens(path)

    assert all_well(an.seen, *PATHS)


def test_the_list_the_map_and_the_bar_are_worked_with_the_keyboard(looking: Callable[[str], Looking]):
    an = looking("en")
    an.opens("/kit/")
    an.page.locator("[data-row]").first.focus()
    an.keys("j")
    an.keys("j")
    an.keys("k")
    assert an.page.evaluate("document.activeElement.id") == "invented-health-posts-2"
    an.page.locator(".dancu-chart--map [data-row]").nth(2).focus()
    assert an.page.locator("[data-map] .dancu-is-meant").count() == 1
    an.page.locator("[data-tick]").first.check()
    assert an.page.locator("[data-bulk-send]").inner_text() == "Count 1 again"
    an.page.locator("[data-row] a").first.focus()
    an.keys("Enter")
    an.page.wait_for_url("**/kit/?post=*")

"""What modules name by where it stands is there: commands, words of places, scenes, steps, pages."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from dancu import modules


def places() -> Iterator[str]:
    for module in modules.installed().values():
        yield from (each.words_of for each in module.jurisdictions.values())
        yield from (each.at for each in module.commands.values())
        yield from (each.play for each in (*module.demo_scenes, *module.demo_steps))
        yield from (each.counted for each in module.rollups.values())
        yield from (each.at for each in (*module.jobs.values(), *module.metrics.values()))
        yield from (each.waiting for each in module.jobs.values() if each.waiting)


@pytest.mark.parametrize("place", list(places()))
def test_what_a_module_names_is_there(place: str) -> None:
    assert callable(modules.at(place))


@pytest.mark.parametrize("page", modules.listed(lambda module: module.pages), ids=lambda page: page.url_name)
def test_the_page_that_a_module_names_has_an_address(page: modules.WorkPage) -> None:
    assert reverse(page.url_name)


def test_the_demos_officials_have_roles_that_are_named() -> None:
    roles = modules.brought(lambda module: module.roles)
    assert {
        one.role for one in modules.brought(lambda module: module.demo_officials).values()
    } <= roles.keys()

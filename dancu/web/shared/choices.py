"""What a field offers to choose from."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


def choices(words: Mapping[Any, Words], *more: tuple[str, Words]) -> list[Any]:
    """What a field offers: each code with its words, then `more`."""
    return [*words.items(), *more]

"""The four levels of Resolution 128/NQ-CP (11 October 2021), which are assessed from the commune up."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dancu.modules import Words

LOWEST, HIGHEST = 1, 4
LEVELS: Mapping[int, Words] = {
    1: _("green: low risk"),
    2: _("yellow: medium risk"),
    3: _("orange: high risk"),
    4: _("red: very high risk"),
}
NOT_DECIDED = _("not decided")


def in_words(level: int | None) -> str:
    """“4, red: very high risk”."""
    return f"{level}, {LEVELS[level]}" if level else str(NOT_DECIDED)

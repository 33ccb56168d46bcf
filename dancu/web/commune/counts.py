"""The counts above the list, each a link that filters it. Every person is in one state, so those add up;
what to look at is apart.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dancu.isolation.lookups import Filters
from dancu.web.commune.wording import Words

FLAGS: dict[str, Words] = {"attention": _("to check first"), "overdue": _("overdue")}
_STATES: dict[str, Words] = {
    "declared": _("declared"),
    "told_to_stay": _("advised to stay"),
    "on_the_way": _("on the way"),
    "held": pgettext_lazy("number of people", "held"),
    "turned_back": pgettext_lazy("number of people", "turned back"),
    "met": _("met"),
    "withdrawn": _("cancelled"),
    "all": _("in total"),
}
_ALWAYS = ("attention", "declared", "on_the_way", "met", "all")


@dataclass(frozen=True)
class Count:
    """How many people there are of a kind, and the address of the list of just those. `is_flag`: not one
    of the states.
    """

    kind: str
    people: int
    words: Words
    url: str
    is_current: bool
    is_flag: bool


def counted(query: QueryDict, filters: Filters, counts: dict[str, int]) -> list[Count]:
    """The counts that stand above the list that `query` asks for."""
    there = {"met": _("met at destination")} if filters.leaving else {}
    return [
        Count(kind, counts[kind], words, _address(query, kind), is_current, kind in FLAGS)
        for kind, words in (FLAGS | _STATES | there).items()
        if (is_current := _is_current(kind, filters)) or counts[kind] or kind in _ALWAYS
    ]


def _address(query: QueryDict, kind: str) -> str:
    """The same period and area, with nothing but this kind asked for."""
    asked = QueryDict(mutable=True)
    for kept in ("list", "area", "days", "from", "to", "sort"):
        if query.get(kept):
            asked[kept] = query[kept]
    if kind in FLAGS:
        asked[kind] = "1"
    elif kind != "all":
        asked["state"] = kind
    return f"{reverse('commune:home')}?{asked.urlencode()}" if asked else reverse("commune:home")


def _is_current(kind: str, filters: Filters) -> bool:
    refined = (filters.outcomes, filters.warned, filters.text, filters.companions, filters.other_area_id)
    flags = {flag for flag in FLAGS if getattr(filters, flag)}
    if any(refined):
        return False
    if kind in FLAGS:
        return flags == {kind} and not filters.states
    return not flags and filters.states == (() if kind == "all" else (kind,))

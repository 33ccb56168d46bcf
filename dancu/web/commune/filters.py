"""Reading what of the list is asked for from a page's address, so that it can be kept, linked and refreshed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from dancu.isolation.lookups import STATES, Filters
from dancu.web.commune.wording import OUTCOMES, PERIODS

PAGE = 100
LONGEST_TEXT = 60


@dataclass(frozen=True)
class Asked:
    """The filters, and which page of the list, counted from 1."""

    filters: Filters
    page: int

    @property
    def skip(self) -> int:
        return (self.page - 1) * PAGE

    @property
    def is_filtered(self) -> bool:
        asked = self.filters
        return bool(asked.states or asked.outcomes or asked.attention or asked.warned or asked.text or asked.area_id)


def read(query: QueryDict) -> Asked:
    """What an address asks for. Whatever means nothing there is passed over."""
    filters = Filters(
        leaving=query.get("list") == "left",
        states=_known(query.getlist("state"), STATES),
        outcomes=_known(query.getlist("outcome"), OUTCOMES),
        attention=query.get("attention") == "1",
        warned=query.get("warned") == "1",
        text=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_TEXT],
        days=_number(query.get("days", ""), PERIODS) or 7,
        area_id=_number(query.get("area", "")),
    )
    return Asked(filters, _number(query.get("page", "")) or 1)


def _known(values: list[str], known: Mapping[str, object] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in known if value in values)


def _number(text: str, known: Mapping[int, object] | None = None) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        return None
    number = int(text)
    return number if known is None or number in known else None
